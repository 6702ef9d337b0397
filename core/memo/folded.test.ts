import { expect, it } from 'vitest'
import type { ResultTable } from '../model/result-table.ts'
import { composeMemo } from './compose.ts'
import { exampleInput } from './fixture.ts'
import { memoText } from './memo-text.ts'

const rows = (count: number): ResultTable => ({
  id: 'parks',
  kind: 'list',
  title: { zh: '各公园', en: 'By park' },
  rowTitle: { zh: '公园', en: 'Park' },
  columns: [{ key: 'areaM2', title: { zh: '面积', en: 'Area' }, unit: 'm2' }],
  rows: Array.from({ length: count }, (_, at) => {
    return { key: String(at), title: { zh: `公园${at}`, en: `Park ${at}` }, cells: [10_000 * (at + 1)] }
  }),
})

/** The example memo with a table of parks behind park access (measured at level 4). */
function input(finding: boolean) {
  const made = exampleInput()
  const [first] = made.result.findings
  const indicators = made.result.indicators.map((one) => (one.id === 'park-access' ? { ...one, tables: [rows(3)] } : one))
  const findings = finding && first ? [...made.result.findings, { ...first, item: 'A03' }] : made.result.findings
  return { ...made, result: { ...made.result, indicators, findings } }
}

it('what is good as measured is named with its tables in one table, and printed once a finding is about it', () => {
  const folded = memoText(composeMemo(input(false), 'en'))
  expect(folded).toContain('Items at a good level or better')
  expect(folded).toContain('By park (3)')
  expect(folded).not.toContain('Park 2')
  const printed = memoText(composeMemo(input(true), 'en'))
  expect(printed).toMatch(/Park 2 \| 3/)
  expect(printed).not.toContain('By park (3)')
})

it('every indicator of the run stands in the memo, whether it is told in full or named', () => {
  const made = exampleInput()
  for (const lang of ['zh', 'en'] as const) {
    const text = memoText(composeMemo(made, lang))
    for (const { id } of made.result.indicators) expect(text, id).toContain(id)
  }
})

it('counts levels by name in English', () => {
  const made = exampleInput()
  const indicators = made.result.indicators.map((one) =>
    one.id === 'intensity' ? { ...one, outcome: { kind: 'value' as const, value: 2, unit: 'level' as const } } : one,
  )
  expect(memoText(composeMemo({ ...made, result: { ...made.result, indicators } }, 'en'))).toContain('| level 2')
})
