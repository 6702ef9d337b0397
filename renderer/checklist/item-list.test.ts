import { describe, expect, it } from 'vitest'
import type { ItemEntry } from '#core/checklist/result.ts'
import { fakeMeasurements } from '../api/fake/fake-data.ts'
import { fakeChecklist, fakeView } from '../api/fake/fake-handlers.ts'
import { filterCounts, itemGroups, itemRows, judgedCount, neighbours } from './item-list.ts'

const entry: ItemEntry = {
  item: 'B06',
  level: 3,
  notApplicable: false,
  reason: '第 4 章',
  document: null,
  page: null,
  by: '李审查',
  at: '2026-03-02T01:20:00.000Z',
}
const view = fakeView({ measurements: fakeMeasurements, entries: [entry], findings: [] })

describe('the list of items', () => {
  it('holds every item once, in its dimension, gates first', () => {
    const groups = itemGroups(fakeChecklist, view, 'all')
    expect(
      groups
        .flatMap(({ rows }) => rows)
        .map(({ item }) => item.id)
        .toSorted(),
    ).toEqual(fakeChecklist.items.map(({ id }) => id).toSorted())
    for (const { dimension, rows } of groups) {
      expect(rows.every(({ item }) => item.dimension === dimension.id)).toBe(true)
      const gates = rows.map(({ item }) => item.gate)
      expect(gates).toEqual(gates.toSorted((a, b) => Number(b) - Number(a)))
    }
  })
  it('joins an item with the measurement that its rule names', () => {
    const row = itemRows(fakeChecklist, view).find(({ item }) => item.id === 'B01')
    expect(row?.measurement?.id).toBe('B01')
    expect(row?.result.level).toBe(0)
  })
  it('filters: open items are applicable and without a level', () => {
    const open = itemGroups(fakeChecklist, view, 'open').flatMap(({ rows }) => rows)
    expect(open.length).toBeGreaterThan(0)
    expect(open.every(({ result }) => result.applicable && result.level === null)).toBe(true)
    const overridden = itemGroups(fakeChecklist, view, 'overridden').flatMap(({ rows }) => rows)
    expect(overridden.map(({ item }) => item.id)).toEqual(['B06'])
  })
  it('counts as many as it lists', () => {
    const counts = filterCounts(fakeChecklist, view)
    for (const filter of ['all', 'open', 'overridden', 'gates'] as const) {
      expect(itemGroups(fakeChecklist, view, filter).flatMap(({ rows }) => rows)).toHaveLength(counts[filter])
    }
    const { judged, all } = judgedCount(view.result.items)
    expect(judged + counts.open).toBe(all)
  })
  it('steps from item to item in the order of the list', () => {
    const groups = itemGroups(fakeChecklist, view, 'all')
    const ids = groups.flatMap(({ rows }) => rows.map(({ item }) => item.id))
    expect(neighbours(groups, ids[0] ?? '')).toEqual({ previous: null, next: ids[1] })
    expect(neighbours(groups, ids.at(-1) ?? '')).toEqual({ previous: ids.at(-2), next: null })
    expect(neighbours(groups, 'nowhere')).toEqual({ previous: null, next: null })
  })
})
