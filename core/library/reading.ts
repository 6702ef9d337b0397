import type { LevelSource, Level } from '../checklist/result.ts'
import type { WireError } from '../errors.ts'
import type { MemoKindId } from '../memo/memo-kinds.ts'
import type { Adoption, FindingStatus, Quote, Severity } from '../review/finding.ts'
import type { Bilingual } from '../text.ts'

/** Forms that a review travels in. */
export const MEMO_FORMS = ['pdf', 'html', 'json', 'package'] as const
export type MemoForm = (typeof MEMO_FORMS)[number]

/** How a memo came into the library; a later one of these says more than an earlier one. */
export const MEMO_SOURCES = ['opened', 'added', 'received', 'exported'] as const
export type MemoSource = (typeof MEMO_SOURCES)[number]

/** What became of the seal: `none` where the file has none (a package), `differs` where the record was changed after it was sealed. */
export type SealState = 'match' | 'differs' | 'none'

/** Whether the file is signed, by whom, and whether that holds. */
export interface SignedState {
  state: 'unsigned' | 'signed' | 'unsound'
  /** Names of the signers as the certificates give them. */
  by: string[]
}

/** Findings that stand on one item of the checklist. */
export interface FindingsOfItem extends Record<Severity, number> {
  item: string
  title: Bilingual | null
}

/** What a card or a row of the library shows. */
export interface MemoHead {
  fileName: string
  sizeBytes: number
  form: MemoForm
  plan: { name: string; nameZh: string | null }
  reviewer: string
  checklist: { id: string; version: string }
  round: number | null
  /** 0..100; null where nothing is judged or the file does not say (a package). */
  total: number | null
  coverage: number | null
  opinion: { id: string; title: Bilingual } | null
  dimensions: { id: string; score: number | null }[]
  /** Findings that stand. */
  counts: Record<Severity, number>
  withdrawn: number
  byItem: FindingsOfItem[]
  seal: string | null
  sealState: SealState
  /** Where the record is not what its seal says. */
  differsAt: string | null
  /** Absent where nobody looked: only PDFs are signed. */
  signed?: SignedState
  /** Present for a file that could not be read; then there is nothing else to be known of it. */
  problem?: WireError
}

/** Under a finding: an answer, a change of status, the applicant's words. */
export interface ReadNote {
  text: string
  by: string
  at: string
  adoption?: Adoption
  isApplicant?: true
}

export interface ReadFinding {
  /** As people call it: "12", "12 (周岚)". */
  name: string
  item: string | null
  severity: Severity
  text: string
  action: string
  withdrawn: boolean
  status: FindingStatus
  quote?: Quote
  by: string
  at: string
  notes: ReadNote[]
}

export interface ReadItem {
  id: string
  title: Bilingual | null
  applicable: boolean
  level: Level | null
  autoLevel: Level | null
  source: LevelSource
  /** Why, in a person's words; empty where nobody wrote anything. */
  reason: string
  gap: Bilingual | null
}

/** A memo as it can be read without its file and without its plan: everything that people wrote, not what machines measured. */
export interface Reading {
  items: ReadItem[]
  findings: ReadFinding[]
  checklistTitle: Bilingual | null
  dimensionTitles: Record<string, Bilingual>
}

/** One memo on its way into the library. */
export interface ReadMemo {
  sha256: string
  /** Of a package with several reviews, which. */
  part: number
  /** What versions of one review have in common, whichever form they came in. */
  series: string
  reviewId: string | null
  /** Of the last thing that anybody did in it. */
  onDate: string
  office: string
  kind: MemoKindId | null
  head: MemoHead
  reading: Reading | null
}

/** A text that is found, and where it leads. */
export interface FoundPlace {
  place: 'title' | 'finding' | 'note' | 'reason'
  /** Name of the finding, code of the item; empty for the title. */
  ref: string
  item: string | null
  severity: Severity | null
  text: string
}

const lines = (...parts: (string | null | undefined)[]): string => parts.filter((part) => part).join('\n')

/** Every text of a memo by which it can be found, each with where it leads. */
export function placesOf({ head, reading, office }: Pick<ReadMemo, 'head' | 'reading' | 'office'>): FoundPlace[] {
  const title: FoundPlace = {
    place: 'title',
    ref: '',
    item: null,
    severity: null,
    text: lines(
      head.plan.nameZh,
      head.plan.name,
      head.reviewer,
      office,
      head.opinion?.title.zh,
      head.opinion?.title.en,
      head.fileName,
    ),
  }
  if (reading === null) return [title]
  const titles = new Map(reading.items.map((item) => [item.id, item.title]))
  const named = (item: string | null): string => {
    const words = item === null ? null : titles.get(item)
    return item === null ? '' : [item, words?.zh, words?.en].filter(Boolean).join(' ')
  }
  const findings = reading.findings.flatMap(({ name, item, severity, text, action, quote, notes }): FoundPlace[] => [
    { place: 'finding', ref: name, item, severity, text: lines(text, action, quote?.text, named(item)) },
    ...notes
      .filter((note) => note.text !== '')
      .map((note): FoundPlace => ({ place: 'note', ref: name, item, severity, text: note.text })),
  ])
  const reasons = reading.items
    .filter(({ reason }) => reason !== '')
    .map(({ id, reason }): FoundPlace => ({ place: 'reason', ref: id, item: id, severity: null, text: lines(reason, named(id)) }))
  return [title, ...findings, ...reasons]
}
