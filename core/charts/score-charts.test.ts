import { describe, expect, it } from 'vitest'
import json from '../../resources/checklists/green-low-carbon.json' with { type: 'json' }
import { parseChecklist } from '../checklist/load.ts'
import type { ItemEntry, Level } from '../checklist/result.ts'
import { scoreChecklist } from '../checklist/score.ts'
import { assertOwnSvg } from '../map/own-svg.ts'
import { SENSITIVITY_SHARE } from '../reference/weight-sensitivity.ts'
import { weightSensitivity } from '../review/weight-sensitivity.ts'
import { LANGS, type Lang } from '../text.ts'
import type { Chart } from './chart.ts'
import { PAPER_CHARTS } from './paper-charts.ts'
import { renderChart } from './render-svg.ts'
import { dimensionScores, scoreBars, scoreRadar, tornadoChart } from './score-charts.ts'

const checklist = parseChecklist(json, 'green-low-carbon.json')
const entry = (item: string, level: Level): ItemEntry => ({
  item,
  level,
  notApplicable: false,
  reason: '见文本',
  document: null,
  page: null,
  by: '',
  at: '2026-01-01T00:00:00Z',
})
const entries = [entry('B01', 4), entry('N02', 1), entry('Q01', 3), entry('A02', 0), entry('S02', 2), entry('F01', 3)]
const input = { measurements: [], entries, cityKind: 'large', planLevel: 'master' }
const result = scoreChecklist(checklist, input)
const reader = (lang: Lang) => ({ lang, areaUnit: 'ha' }) as const

const drawn = (chart: Chart | null): string => {
  if (chart === null) throw new Error('no chart')
  const svg = renderChart(chart, 480, chart.kind)
  assertOwnSvg(svg)
  return svg
}

describe.each(LANGS)('charts of scores in %s', (lang) => {
  const scores = dimensionScores(checklist, result, reader(lang))
  it('web and bars say the best and the worst dimension, and what is not judged', () => {
    for (const chart of [scoreRadar(scores, reader(lang), PAPER_CHARTS), scoreBars(scores, reader(lang), PAPER_CHARTS)]) {
      expect(drawn(chart)).toContain('<svg')
      expect(chart?.description).toContain('100.0')
      expect(chart?.description).toContain('0.0')
      expect(chart?.remark).toMatch(lang === 'zh' ? /碳与监测、安全韧性/ : /Carbon and monitoring, Resilience/)
    }
  })

  it('tornado puts the widest swing first and names what would change the opinion', () => {
    const sensitivity = weightSensitivity(checklist, input, 'dimension', SENSITIVITY_SHARE)
    const titles = new Map(checklist.dimensions.map(({ id, title }) => [id, title[lang]]))
    const chart = tornadoChart(sensitivity, titles, reader(lang), PAPER_CHARTS)
    expect(drawn(chart)).toContain('<svg')
    expect(chart?.description).toContain(titles.get(sensitivity.swings[0]?.id ?? '') ?? 'no swing')
    const series = chart?.option.series as { data: number[] }[]
    const widths = series[0]?.data.map((low, at) => Math.max(Math.abs(low), Math.abs(series[1]?.data[at] ?? 0))) ?? []
    expect(widths.length).toBeGreaterThan(2)
    expect(widths).toEqual(widths.toSorted((a, b) => b - a))
  })
})

it('nothing is drawn of nothing', () => {
  const none = dimensionScores(checklist, scoreChecklist(checklist, { ...input, entries: [] }), reader('zh'))
  expect([scoreRadar(none, reader('zh'), PAPER_CHARTS), scoreBars(none, reader('zh'), PAPER_CHARTS)]).toEqual([null, null])
  expect(tornadoChart({ total: null, swings: [] }, new Map(), reader('zh'), PAPER_CHARTS)).toBeNull()
})
