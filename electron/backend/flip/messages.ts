import type { Level } from '#core/checklist/result.ts'
import type { Checklist } from '#core/checklist/schema.ts'
import type { FlipResult } from '#core/flip/result.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { AnalysisTask } from '../analysis/messages.ts'

/** Asks the worker for the smallest change found that lifts one item. */
export interface FlipTask extends AnalysisTask {
  task: 'flip'
  checklist: Checklist
  item: string
  to?: Level | undefined
  /** Of exactly this plan. */
  measurements: Measurement[]
  evaluations: number
  seconds: number
}

/** What the worker answers. */
export interface FlipFound {
  kind: 'flip'
  result: FlipResult
}
