/** What this machine needs for a run, learned from a short trial and then from real runs. */
export interface Calibration {
  secondsPerMillionVertices: number
  bytesPerVertex: number
  /** Real runs behind it; 0 after the trial. */
  runs: number
}

export interface RunSize {
  features: number
  vertices: number
}

/** A program that does nothing yet, and starting a run. */
const IDLE_MB = 220
const START_SECONDS = 0.4
/** Growth of peak memory from 10,000 to 100,000 parcels of the sample city (212 and 569 MB), per vertex of the layers read. */
const FIRST_BYTES_PER_VERTEX = 190
/** How much longer a whole run takes than the area kernel alone on as many vertices: the sample city at 100,000 parcels. */
const RUN_PER_TRIAL = 25
/** The newest run says most about the next one. */
const NEWEST_SHARE = 0.5
/** Smaller runs say nothing about large ones: starting is most of them. */
const TELLING_VERTICES = 200_000

/** From a trial of the area kernel: how long it took over how many vertices. */
export const firstCalibration = (trialSeconds: number, trialVertices: number): Calibration => ({
  secondsPerMillionVertices: (RUN_PER_TRIAL * trialSeconds * 1e6) / trialVertices,
  bytesPerVertex: FIRST_BYTES_PER_VERTEX,
  runs: 0,
})

/** Time and memory of a run: both grow in proportion to the vertices read (exponent measured by `build/bench/review.ts`). */
export const estimateRun = ({ vertices }: RunSize, calibration: Calibration): { seconds: number; memoryMb: number } => ({
  seconds: START_SECONDS + (calibration.secondsPerMillionVertices * vertices) / 1e6,
  memoryMb: Math.ceil(IDLE_MB + (calibration.bytesPerVertex * vertices) / 2 ** 20),
})

/** Whether what a machine has free is enough for a run: `no` means that the run is refused unless a person insists. */
export function memoryFits(memoryMb: number, freeMb: number): 'yes' | 'tight' | 'no' {
  if (memoryMb > freeMb) return 'no'
  return memoryMb > (2 / 3) * freeMb ? 'tight' : 'yes'
}

/** What a run has taught; `peakMb` is null where the peak was not this run's. */
export function learned(
  before: Calibration,
  { vertices, seconds, peakMb }: { vertices: number; seconds: number; peakMb: number | null },
): Calibration {
  if (vertices < TELLING_VERTICES) return before
  const newest = before.runs === 0 ? 1 : NEWEST_SHARE
  const mixed = (old: number, observed: number) => old + newest * (observed - old)
  const perMillion = Math.max(0, seconds - START_SECONDS) / (vertices / 1e6)
  const bytes = peakMb === null ? before.bytesPerVertex : Math.max(0, (peakMb - IDLE_MB) * 2 ** 20) / vertices
  return {
    secondsPerMillionVertices: mixed(before.secondsPerMillionVertices, perMillion),
    bytesPerVertex: mixed(before.bytesPerVertex, Math.max(bytes, before.bytesPerVertex / 4)),
    runs: before.runs + 1,
  }
}
