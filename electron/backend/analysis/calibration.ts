import fs from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { firstCalibration, learned, type Calibration, type RunSize } from '#core/analysis/estimate.ts'
import { layerFromSketches } from '#core/geo/build.ts'
import { overlapAreas } from '#core/geo/overlay-area.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { Log } from '../log.ts'
import { readColumnsSize } from '../store/columns-file.ts'
import { columnsFile } from '../store/layer-columns.ts'
import { layersToMeasure } from './analyse.ts'

const FILE = 'calibration.json'
const schema = z.strictObject({
  secondsPerMillionVertices: z.number().positive(),
  bytesPerVertex: z.number().positive(),
  runs: z.number().int().nonnegative(),
})

export interface Calibrations {
  /** What this machine needs; tried out the first time, which takes some milliseconds. */
  current(): Calibration
  /** Learns from a run that has ended. */
  learn(run: { vertices: number; seconds: number; peakMb: number | null }): void
  sizeOf(plan: Plan, layers: readonly Layer[], gpkg: string): RunSize
}

/** Learned coefficients in the catalogue's cache: losing them costs a trial. */
export function createCalibrations(cacheDir: string, log?: Pick<Log, 'write'>): Calibrations {
  const file = path.join(cacheDir, FILE)
  let known: Calibration | undefined
  const keep = (calibration: Calibration) => {
    known = calibration
    try {
      fs.mkdirSync(cacheDir, { recursive: true })
      fs.writeFileSync(file, JSON.stringify(calibration))
    } catch (error) {
      // where nothing may be written, this machine is tried out again next time
      log?.write('warn', 'calibration.not-written', { code: (error as NodeJS.ErrnoException).code ?? 'unknown' })
    }
    return calibration
  }
  const current = () => known ?? readCalibration(file, log) ?? keep(trial())
  return {
    current,
    learn: (run) => void keep(learned(current(), run)),
    sizeOf: (plan, layers, gpkg) => sizeOf(plan, layersToMeasure(layers), { cacheDir, gpkg }),
  }
}

function readCalibration(file: string, log: Pick<Log, 'write'> | undefined): Calibration | undefined {
  if (!fs.existsSync(file)) return undefined
  try {
    return schema.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error
    log?.write('warn', 'calibration.damaged', {})
    return undefined
  }
}

const TRIAL_SIDE = 40
const TRIAL_VERTICES = 24

/** Times the area kernel on two small layers of round parcels, after one round to warm up. */
function trial(): Calibration {
  const layer = (shift: number) =>
    layerFromSketches(
      'landuse_plan',
      Array.from({ length: TRIAL_SIDE * TRIAL_SIDE }, (_, at) => ({
        polygon: [circle(10 * (at % TRIAL_SIDE) + shift, 10 * Math.floor(at / TRIAL_SIDE) + shift)],
      })),
    )
  const [a, b] = [layer(0), layer(3)]
  const run = () => overlapAreas(a, b, () => {})
  run()
  const start = performance.now()
  run()
  return firstCalibration((performance.now() - start) / 1000, (a.xy.length + b.xy.length) / 2)
}

const circle = (x: number, y: number): [number, number][] =>
  Array.from({ length: TRIAL_VERTICES }, (_, vertex) => {
    const angle = (2 * Math.PI * vertex) / TRIAL_VERTICES
    return [x + 6 * Math.cos(angle), y + 6 * Math.sin(angle)]
  })

/** Bytes of a feature's row without its vertices, and of a vertex, in a GeoPackage. */
const ROW_BYTES = 160
const VERTEX_BYTES = 16
const FEWEST_VERTICES = 5

/** Exact where a layer's columns are cached; otherwise told from the size of the plan's file. */
function sizeOf(plan: Plan, layers: readonly Layer[], files: { cacheDir: string; gpkg: string }): RunSize {
  const features = layers.reduce((sum, layer) => sum + layer.features, 0)
  const bytes = fs.existsSync(files.gpkg) ? fs.statSync(files.gpkg).size : 0
  const perFeature = Math.max(FEWEST_VERTICES, (bytes / Math.max(1, features) - ROW_BYTES) / VERTEX_BYTES)
  const vertices = layers.map((layer) => {
    const cached = readColumnsSize(columnsFile(files.cacheDir, layer.sha256, plan))
    return cached?.vertices ?? (layer.kind === 'point' ? layer.features : layer.features * perFeature)
  })
  return { features, vertices: Math.round(vertices.reduce((sum, each) => sum + each, 0)) }
}
