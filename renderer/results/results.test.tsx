import i18next from 'i18next'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import type { Measurement } from '#core/model/measurement.ts'
import { FLOWS_TABLE, UNITS_TABLE } from '#core/tables/fixture-tables.ts'
import { tableAsRows } from '#core/tables/shown-table.ts'
import { LANGS, type Lang } from '#core/text.ts'
import { fakeMeasurements } from '../api/fake/fake-data.ts'
import { nothing, markup as show, textOf as text, startWords } from '../api/fake/show.tsx'
import { FigureFeatures } from './figure-features.tsx'
import { QualityBadges } from './quality-badges.tsx'
import { ResultGrid } from './result-grid.tsx'
import type { OpenFigure } from './use-figure.ts'

beforeAll(async () => {
  await startWords()
})

describe.each(LANGS)('results in %s', (lang: Lang) => {
  beforeEach(() => i18next.changeLanguage(lang).then(nothing))
  const either = (zh: string, en: string) => (lang === 'zh' ? zh : en)
  const reader = { lang, areaUnit: 'ha' } as const
  const place = { table: 'transition', row: '01', column: '07' }
  const features = (figure: OpenFigure) =>
    text(
      show(
        <FigureFeatures
          name="01 → 07"
          figure={figure}
          areaUnit="ha"
          actions={{ open: nothing, close: nothing, stop: nothing }}
        />,
      ),
    )

  it('a grid has one cell in the way of the tab key, its sums below, and the order of each head', () => {
    const html = show(<ResultGrid table={tableAsRows(FLOWS_TABLE, reader)} opened={null} onOpen={nothing} />)
    expect(html.match(/tabindex="0"/gi)).toHaveLength(1)
    expect(html.match(/aria-sort="none"/g)).toHaveLength(FLOWS_TABLE.columns.length + 1)
    expect(text(html)).toContain(either('差值 0.00 0.00 -0.50', 'Difference 0.00 0.00 -0.50'))
    expect(text(show(<ResultGrid table={tableAsRows(UNITS_TABLE, reader)} opened={null} onOpen={nothing} />))).toContain('—')
  })
  it('a figure is being looked for, found, without features, stopped, or failed: always in words', () => {
    const of = { indicator: 'S02', place }
    expect(features({ ...of, state: 'finding', progress: null })).toContain(either('正在查找图斑', 'Finding features'))
    expect(features({ ...of, state: 'stopped' })).toContain(either('已停止查找', 'The search was stopped'))
    expect(features({ ...of, state: 'found', answer: { features: [], total: 0 } })).toContain(
      either('没有对应的图斑', 'No features stand behind'),
    )
    const answer = { features: [{ layer: 'landuse_plan', fid: 12, value: 30_000 }], total: 7 }
    expect(features({ ...of, state: 'found', answer })).toMatch(either('3.00 公顷', '3.00 ha'))
    const error = new AppError('tables.no-features', { indicator: 'S02', table: 'transition' })
    expect(features({ ...of, state: 'failed', error })).toContain(
      either('这个数没有对应的图斑', 'No features stand behind this figure'),
    )
  })
  it('says how good a figure is', () => {
    const [first] = fakeMeasurements
    const measurement: Measurement = {
      ...(first as Measurement),
      basis: 'planar',
      quality: {
        distance: 'detour',
        seenShare: 0.78,
        proxies: [{ zh: '土地面积代替建筑面积', en: 'land for floor area' }],
        range: { low: 10_000, high: 20_000, why: { zh: '两套系数', en: 'two sets' } },
      },
    }
    const words = text(show(<QualityBadges measurement={measurement} unit="ha" areaUnit="ha" />))
    for (const said of [
      either('平面', 'planar'),
      either('绕行系数', 'detour'),
      '78.0%',
      either('土地面积代替建筑面积', 'land for floor area'),
      either('1.00 公顷 – 2.00 公顷', '1.00 ha – 2.00 ha'),
    ])
      expect(words).toContain(said)
  })
})
