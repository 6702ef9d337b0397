import type { ItemEntry, Level } from '#core/checklist/result.ts'

/** What stands in the form: text as typed, checked only when it is saved. */
export interface EntryDraft {
  level: Level | null
  notApplicable: boolean
  reason: string
  document: string
  page: string
  quote: string
}

export type EntryProblem = 'level' | 'reason' | 'page'

export const draftOf = (entry: ItemEntry | null): EntryDraft => ({
  level: entry?.level ?? null,
  notApplicable: entry?.notApplicable ?? false,
  reason: entry?.reason ?? '',
  document: entry?.document ?? '',
  page: entry?.page === null || entry?.page === undefined ? '' : String(entry.page),
  quote: entry?.quote ?? '',
})

/** Full-width digits count as digits: input methods leave them behind. */
export const digits = (text: string): string =>
  text.trim().replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))

/** A positive whole number, null for an empty field, undefined for anything else. */
export function parsePage(text: string): number | null | undefined {
  const typed = digits(text)
  if (typed === '') return null
  return /^[1-9]\d{0,5}$/.test(typed) ? Number(typed) : undefined
}

/** What keeps the draft from being saved. */
export function draftProblems(draft: EntryDraft): EntryProblem[] {
  const problems: EntryProblem[] = []
  if (draft.level === null && !draft.notApplicable) problems.push('level')
  if (draft.reason.trim() === '') problems.push('reason')
  if (parsePage(draft.page) === undefined) problems.push('page')
  return problems
}
