import type { Severity } from '#core/review/finding.ts'
import type { Mark } from '#core/review/mark.ts'
import type { DrawStep, MarkDraft } from './mark-draft.ts'

/** The mark of a finding on the map. */
export interface ShownMark {
  id: string
  number: number
  severity: Severity
  isWithdrawn: boolean
  mark: Mark
}

/** What the map knows of marks: those that are there, the one that stands out, and one that is being drawn. */
export interface MapMarks {
  shown: readonly ShownMark[]
  chosen: string | null
  /** The mark to move to; a new `request` number is a new wish. */
  focus: { id: string; request: number } | null
  draft: MarkDraft | null
  onStep: (step: DrawStep) => void
  onPicked: (id: string) => void
}
