import type { ChecklistResult } from '../checklist/result.ts'
import type { Finding } from '../review/finding.ts'
import type { Measurement } from './measurement.ts'
import type { Note } from './plan.ts'

/** One layer as it was read, so that a figure can be traced to a file. */
export interface ResultInput {
  role: string
  path: string
  sha256: string
  features: number
  areaM2: number | null
  lengthM: number | null
  crs: string
  encoding: string | null
  notes: Note[]
}

/** What `run` prints, what the memo carries as its attachment, and what `verify` recomputes (DESIGN.md §5). */
export interface ReviewResult {
  schema: 'review-result/1'
  engine: { name: 'greenprint'; version: string }
  plan: {
    name: string
    nameZh: string | null
    city: { name: string | null; kind: string | null; population: number | null; populationYear: number | null }
    planLevel: string
    baseYear: number | null
    targetYear: number | null
    crs: string
    importedAt: string
    gpkgSha256: string
  }
  review: { reviewer: string; startedAt: string }
  inputs: ResultInput[]
  indicators: Measurement[]
  checklist: ChecklistResult
  /** SHA-256 of the checklist that was judged by, words and thresholds included, as canonical JSON; absent in records of earlier versions. */
  checklistSha256?: string
  findings: Finding[]
  /** Indicators whose inputs, parameters or version changed since they were measured; absent where none did. */
  stale?: string[]
  /** SHA-256 over the canonical JSON of everything above, hex. */
  seal: string
}
