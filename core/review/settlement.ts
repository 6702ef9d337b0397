import type { ItemEntry } from '../checklist/result.ts'

/** What is given of an entry; author and time are added when it is written. */
type Draft = Omit<ItemEntry, 'by' | 'at'>

/**
 * An entry as it is to be written over an earlier one. What a panel settled stays settled while the level is the one that it
 * settled on, whatever else is put better; another level, or taking the item out, is the lead's own decision and says so.
 */
export function overSettled<T extends Draft>(draft: T, before: ItemEntry | undefined): T {
  if (draft.settled !== undefined || before?.settled === undefined) return draft
  return keepsSettlement(draft, before) ? { ...draft, settled: before.settled } : draft
}

/** Whether an entry still says what the panel settled. */
export const keepsSettlement = (draft: Pick<Draft, 'level' | 'notApplicable'>, before: ItemEntry): boolean =>
  before.settled !== undefined && !draft.notApplicable && draft.level === before.level
