import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertOwnSvg } from '../map/own-svg.ts'
import type { ResultTable } from '../model/result-table.ts'
import { CLASSES_TABLE, FIXTURE_TABLES, FLOWS_TABLE, LIST_TABLE, SERIES_TABLE, UNITS_TABLE } from '../tables/fixture-tables.ts'
import { inkOn, type ChartKind } from './chart.ts'
import { PAPER_CHARTS, PAPER_CHARTS_DATA } from './paper-charts.ts'
import { chartKinds, chartOfTable } from './chart-of-table.ts'
import { renderChart } from './render-svg.ts'

const ZH = { lang: 'zh', areaUnit: 'ha' } as const
const drawn = (table: ResultTable, kind: ChartKind, reader: Parameters<typeof chartOfTable>[2] = ZH): string => {
  const chart = chartOfTable(table, kind, reader, PAPER_CHARTS)
  if (chart === null) throw new Error(`no ${kind} of ${table.id}`)
  return renderChart(chart, 600, `${table.id}-${kind}`)
}
const cases = FIXTURE_TABLES.flatMap((table) => chartKinds(table).map((kind) => [table.id, kind, table] as const))

describe.each(cases)('%s as %s', (_, kind, table) => {
  it('draws only what the memo may print, and the same text every time, whatever came before', () => {
    const first = drawn(table, kind)
    drawn(SERIES_TABLE, 'series')
    expect(drawn(table, kind)).toBe(first)
    expect(() => assertOwnSvg(first)).not.toThrow()
    expect(first).toMatch(/<svg [^>]*viewBox=[^>]*role="img" aria-label="[^"]{10,}"/)
    expect(first).not.toMatch(/zr\d|rgb\(|<style|paint-order/)
  })
  it('says itself in both languages', () => {
    const [zh, en] = [
      chartOfTable(table, kind, ZH, PAPER_CHARTS),
      chartOfTable(table, kind, { lang: 'en', areaUnit: 'km2' }, PAPER_CHARTS),
    ]
    expect(zh?.description).toMatch(/[\u4e00-\u9fff]/)
    expect(en?.description).toMatch(/^[\x20-\x7e–→²₂“”]+$/)
  })
})

it('knows which charts say something about a table', () => {
  expect([FLOWS_TABLE, UNITS_TABLE, CLASSES_TABLE, SERIES_TABLE, LIST_TABLE].map(chartKinds)).toEqual([
    ['sankey', 'stacked'],
    ['multiples'],
    ['stacked'],
    ['series'],
    ['range'],
  ])
  const empty = FIXTURE_TABLES.map((table) => ({ ...table, rows: [] }))
  for (const table of empty) for (const kind of chartKinds(table)) expect(chartOfTable(table, kind, ZH, PAPER_CHARTS)).toBeNull()
})

it('names what small flows come to, and opens every other flow', () => {
  const chart = chartOfTable(FLOWS_TABLE, 'sankey', ZH, PAPER_CHARTS)
  expect(chart?.remark).toBe('另有 2 项较小的流向并入“其他”，合计 0.70 公顷。')
  const json = JSON.stringify(chart?.option)
  expect(json).toContain('"place":{"row":"01","column":"07"}')
  expect(json).not.toContain('"row":"other"')
})

it('lets no word of a plan out of the text', () => {
  const word = fc.oneof(
    fc.constantFrom('<script>alert(1)</script>', '"/><image href="file:///etc/passwd"/>', 'url(http://x)', '&#x0;', '</text>'),
    fc.string({ unit: 'grapheme' }),
  )
  fc.assert(
    fc.property(word, (text) => {
      const title = { zh: text, en: text }
      const table = { ...UNITS_TABLE, rows: UNITS_TABLE.rows.map((row) => ({ ...row, title })) }
      expect(() => assertOwnSvg(drawn(table, 'multiples'))).not.toThrow()
    }),
    { numRuns: 30 },
  )
})

it('says both languages in a drawing of a bilingual memo, and one in its description', () => {
  for (const [table, kind] of [
    [CLASSES_TABLE, 'stacked'],
    [FLOWS_TABLE, 'sankey'],
    [UNITS_TABLE, 'multiples'],
  ] as const) {
    const chart = chartOfTable(table, kind, { ...ZH, drawnLang: 'both' }, PAPER_CHARTS)
    expect(chart?.description).toBe(chartOfTable(table, kind, ZH, PAPER_CHARTS)?.description)
    const words = [...drawn(table, kind, { ...ZH, drawnLang: 'both' }).matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(
      ([, text]) => text,
    )
    expect(words.join('\n'), kind).toMatch(/[\u4e00-\u9fff][^]*[A-Za-z]{4}/)
  }
})

it('has colours on paper that can be read', () => {
  const { colours, leastContrast } = PAPER_CHARTS_DATA
  const luminance = (hex: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const onPaper = (hex: string) => (luminance(colours.paper) + 0.05) / (luminance(hex) + 0.05)
  for (const hex of [colours.ink, colours.soft]) expect(onPaper(hex)).toBeGreaterThanOrEqual(leastContrast.text)
  for (const hex of [colours.accent, colours.info, colours.warning, colours.danger])
    expect(onPaper(hex)).toBeGreaterThanOrEqual(leastContrast.graphics)
})

it('writes on a colour so that it can be read', () => {
  expect(['#FFFFFF', '#F8D072', '#1B5E3A', '#000000', '#FFFF00'].map(inkOn)).toEqual([
    '#16191A',
    '#16191A',
    '#FFFFFF',
    '#FFFFFF',
    '#16191A',
  ])
})
