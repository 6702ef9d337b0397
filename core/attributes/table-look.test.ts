import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arrangedTable,
  FRESH_TABLE,
  MOST_SORTS,
  tableLookSchema,
  withColumnAt,
  withColumnShown,
  withSort,
  withWidth,
  type TableLook,
} from './table-look.ts'

const names = ['fid', 'name', 'area', 'class', '编号', 'x y']
const fields = names.map((key) => ({ key }))
const known = fc.constantFrom(...names)
const any = fc.oneof(known, fc.constantFrom('gone', '别的图层'))

const step = fc.oneof(
  fc.record({ name: any, place: fc.integer({ min: -3, max: 12 }) }).map(
    ({ name, place }) =>
      (look: TableLook) =>
        withColumnAt(look, fields, name, place),
  ),
  fc.record({ name: known, isShown: fc.boolean() }).map(
    ({ name, isShown }) =>
      (look: TableLook) =>
        withColumnShown(look, fields, name, isShown),
  ),
  fc.record({ name: known, px: fc.double({ min: -1e4, max: 1e4, noNaN: true }) }).map(
    ({ name, px }) =>
      (look: TableLook) =>
        withWidth(look, name, px),
  ),
  fc.record({ name: known, isMore: fc.boolean() }).map(
    ({ name, isMore }) =>
      (look: TableLook) =>
        withSort(look, name, isMore),
  ),
)

describe('the look of a table', () => {
  it('loses no column and can be kept, whatever is done to it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const look = steps.reduce((now, act) => act(now), FRESH_TABLE)
        expect(tableLookSchema.parse(look)).toEqual(look)
        const { columns, sort, unknown } = arrangedTable(fields, look)
        expect(columns.map(({ field }) => field.key).toSorted()).toEqual(names.toSorted())
        for (const { field, at } of columns) expect(fields[at]).toBe(field)
        expect(columns.some(({ isShown }) => isShown)).toBe(true)
        expect(new Set(sort.map(({ field }) => field)).size).toBe(sort.length)
        expect([unknown, sort.length <= MOST_SORTS]).toEqual([[], true])
      }),
    )
  })

  it('drops and names columns of another layer, and keeps all of its own', () => {
    fc.assert(
      fc.property(fc.uniqueArray(any), fc.array(any), fc.array(any), (order, hidden, sorted) => {
        const look = { order, hidden, widthsPx: { gone: 90 }, sort: sorted.map((field) => ({ field, down: true })) }
        const { columns, sort, unknown } = arrangedTable(fields, look)
        expect(columns).toHaveLength(names.length)
        expect(unknown).toContain('gone')
        expect(unknown.some((name) => names.includes(name))).toBe(false)
        expect(sort.every(({ field }) => names.includes(field))).toBe(true)
        const own = order.filter((name) => names.includes(name))
        expect(columns.slice(0, own.length).map(({ field }) => field.key)).toEqual(own)
      }),
    )
  })

  it('moves a column to the place that was named', () => {
    fc.assert(
      fc.property(known, fc.nat({ max: names.length - 1 }), (name, place) => {
        const moved = withColumnAt(FRESH_TABLE, fields, name, place)
        expect(arrangedTable(fields, moved).columns[place]?.field.key).toBe(name)
      }),
    )
  })

  it('sorts upwards, downwards and not at all, by one column or by several', () => {
    const once = withSort(FRESH_TABLE, 'area', false)
    const twice = withSort(once, 'area', false)
    expect([once.sort, twice.sort, withSort(twice, 'area', false).sort]).toEqual([
      [{ field: 'area', down: false }],
      [{ field: 'area', down: true }],
      [],
    ])
    const both = withSort(twice, 'name', true)
    expect(both.sort).toEqual([
      { field: 'area', down: true },
      { field: 'name', down: false },
    ])
    expect(withSort(both, 'area', true).sort).toEqual([{ field: 'name', down: false }])
    expect(withSort(both, 'class', false).sort).toEqual([{ field: 'class', down: false }])
    const full = names.reduce((look, name) => withSort(look, name, true), FRESH_TABLE)
    expect([full.sort.length, full.sort.at(-1)?.field]).toEqual([MOST_SORTS, 'x y'])
  })

  it('shows one column even where a look hides them all', () => {
    expect(arrangedTable(fields, { ...FRESH_TABLE, hidden: names }).columns.filter(({ isShown }) => isShown)).toHaveLength(1)
  })
})
