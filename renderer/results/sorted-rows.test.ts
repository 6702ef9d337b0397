import { describe, expect, it } from 'vitest'
import { UNITS_TABLE } from '#core/tables/fixture-tables.ts'
import { tableAsRows } from '#core/tables/shown-table.ts'
import { nextSorting, sortedRows } from './sorted-rows.ts'

const { rows } = tableAsRows(UNITS_TABLE, { lang: 'zh', areaUnit: 'ha' })
const keys = (column: number, down: boolean) => sortedRows(rows, { column, down }, 'zh').map(({ key }) => key)

describe('order of a table', () => {
  it('sorts figures by size, not by how they are written, and keeps the unknown last both ways', () => {
    expect(keys(1, true)).toEqual(['1', '2', '3', '4'])
    expect(keys(1, false)).toEqual(['3', '2', '1', '4'])
  })
  it('sorts words by the language', () => {
    expect(keys(2, false)).toEqual(['1', '2', '3', '4'])
    expect(keys(-1, false).map((key) => rows.find((row) => row.key === key)?.title)).toEqual(['北山', '东城', '南城', '西城'])
  })
  it('goes round: largest, smallest, the table’s own order', () => {
    const first = nextSorting(null, 0, true)
    const second = nextSorting(first, 0, true)
    expect([first, second, nextSorting(second, 0, true), nextSorting(second, 2, false)]).toEqual([
      { column: 0, down: true },
      { column: 0, down: false },
      null,
      { column: 2, down: false },
    ])
    expect(sortedRows(rows, null, 'zh')).toBe(rows)
  })
})
