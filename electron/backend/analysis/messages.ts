import type { WireError } from '#core/errors.ts'
import type { Progress } from '#core/contract/procedures.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { LogFields, LogLevel } from '../log.ts'

/** What the worker is started with. It only ever reads. */
export interface AnalysisTask {
  plan: Plan
  layers: Layer[]
  gpkg: string
  cacheDir: string
}

/** What the worker says. An error that is not among these is a bug and ends it. */
export type FromAnalysis =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'log'; level: LogLevel; event: string; fields?: LogFields }
  | { kind: 'measured'; measurements: Measurement[] }
  | { kind: 'refused'; error: WireError }
