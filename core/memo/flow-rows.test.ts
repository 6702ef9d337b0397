import { expect, it } from 'vitest'
import { flowsOf } from '../tables/flows.ts'
import { FLOWS_TABLE } from '../tables/fixture-tables.ts'
import { memoContext } from './context.ts'
import { exampleInput } from './fixture.ts'
import { tableBlocks } from './sections/tables.ts'

const memo = memoContext(exampleInput(), 'en', {})
const rowsOf = (table: typeof FLOWS_TABLE): string[][] => {
  const [block] = tableBlocks(table, memo)
  return block?.kind === 'table' ? block.rows.map((row) => row.map(({ runs }) => runs.map(({ text }) => text).join(''))) : []
}
/** The same changes, each so many times as large. */
const times = (factor: number, from: number) => ({
  ...FLOWS_TABLE,
  rows: FLOWS_TABLE.rows.map((row, at) =>
    at < from ? row : { ...row, cells: row.cells.map((cell) => (typeof cell === 'number' ? cell * factor : cell)) },
  ),
})

it('changes that round to nothing stand in one last line with their sum, and none is lost', () => {
  const some = times(1e-7, 1)
  const changes = flowsOf(some, true)
  const small = changes.filter(({ value }) => value < 50)
  expect(small.length).toBeGreaterThan(1)
  expect(small.length).toBeLessThan(changes.length)
  const last = rowsOf(some).at(-1)
  expect(last?.[0]).toBe(`${small.length} more, each below 0.01 ha`)
  expect(Number(last?.[2]?.replace(' ha', '')) * 1e4).toBeCloseTo(
    small.reduce((sum, { value }) => sum + value, 0),
    1,
  )
})

it('where all are small they are listed as they are; where none is, there is no such line', () => {
  for (const table of [FLOWS_TABLE, times(1e-7, 0)]) expect(JSON.stringify(rowsOf(table))).not.toContain('each below')
})
