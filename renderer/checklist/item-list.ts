import type { ChecklistResult, DimensionResult, ItemResult } from '#core/checklist/result.ts'
import type { Checklist, ChecklistItem } from '#core/checklist/schema.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { ReviewView } from '#core/review/review.ts'
import type { ItemFilter } from '../state/ui-store.ts'

/** One line of the checklist: the question, what came of it, and the number behind it. */
export interface ItemRow {
  item: ChecklistItem
  result: ItemResult
  measurement: Measurement | null
  /** Its measurement is out of date: shown, and never as if it were fresh. */
  isStale: boolean
}

export interface ItemGroup {
  dimension: Checklist['dimensions'][number]
  result: DimensionResult | null
  rows: ItemRow[]
}

const isOverridden = ({ entry }: ItemResult) => entry !== null

const FILTERS: Record<ItemFilter, (row: ItemRow) => boolean> = {
  all: () => true,
  open: ({ result }) => result.applicable && result.level === null,
  overridden: ({ result }) => isOverridden(result),
  gates: ({ item }) => item.gate,
}

/** Every item in checklist order, joined with its result and its measurement. */
export function itemRows(checklist: Checklist, view: ReviewView): ItemRow[] {
  const results = new Map(view.result.items.map((result) => [result.id, result]))
  const measured = new Map(view.measurements.map((measurement) => [measurement.id, measurement]))
  return checklist.items.flatMap((item) => {
    const result = results.get(item.id)
    const measurement = measured.get(item.rule?.indicator ?? '') ?? null
    return result ? [{ item, result, measurement, isStale: measurement !== null && view.stale.includes(measurement.id) }] : []
  })
}

/** Items by dimension, gates first inside each; dimensions in which nothing passes the filter are left out. */
export function itemGroups(checklist: Checklist, view: ReviewView, filter: ItemFilter): ItemGroup[] {
  const rows = itemRows(checklist, view).filter(FILTERS[filter])
  return checklist.dimensions
    .map((dimension) => ({
      dimension,
      result: view.result.dimensions.find(({ id }) => id === dimension.id) ?? null,
      rows: rows
        .filter(({ item }) => item.dimension === dimension.id)
        .toSorted((a, b) => Number(b.item.gate) - Number(a.item.gate)),
    }))
    .filter((group) => group.rows.length > 0)
}

/** How many items pass each filter, for the words on the filter itself. */
export function filterCounts(checklist: Checklist, view: ReviewView): Record<ItemFilter, number> {
  const rows = itemRows(checklist, view)
  const count = (filter: ItemFilter) => rows.filter(FILTERS[filter]).length
  return { all: count('all'), open: count('open'), overridden: count('overridden'), gates: count('gates') }
}

/** The item before and after one, in the order in which they are listed. */
export function neighbours(groups: readonly ItemGroup[], id: string): { previous: string | null; next: string | null } {
  const ids = groups.flatMap(({ rows }) => rows.map(({ item }) => item.id))
  const at = ids.indexOf(id)
  return { previous: ids[at - 1] ?? null, next: at < 0 ? null : (ids[at + 1] ?? null) }
}

/** Applicable items with a level, and applicable items in all. */
export function judgedCount(items: ChecklistResult['items']): { judged: number; all: number } {
  const applicable = items.filter((item) => item.applicable)
  return { judged: applicable.filter(({ level }) => level !== null).length, all: applicable.length }
}
