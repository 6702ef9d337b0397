import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import i18next from 'i18next'
import type { OptionView } from '#core/contract/option-procedures.ts'
import type { LayerId, OptionId } from '#core/model/ids.ts'
import { LANGS, type Lang } from '#core/text.ts'
import { fakeClient } from '../api/fake/fake-client.ts'
import { FAKE_PLAN, FAKE_REVIEW, fakeMeasurements } from '../api/fake/fake-data.ts'
import { fakeChecklist, fakeView } from '../api/fake/fake-handlers.ts'
import { words, startWords } from '../api/fake/show.tsx'
import { changedFeatures } from './changed-features.ts'
import { ComparisonTable, WaitingOptions } from './compare-dialog.tsx'
import { drawnIn, editSources } from './edit-sources.ts'
import { drawingValues, readIds, readPair } from './edit-values.ts'
import { hitsShape } from './hit-shape.ts'
import { directionOf } from './item-values.ts'
import { LiveResult } from './live-result.tsx'
import { partsOfShape, shapeOfParts } from './option-shapes.ts'
import { useOptions } from './option-store.ts'
import { LoadingOption, OptionsPanel } from './options-panel.tsx'
import { stepTitles } from './step-titles.ts'
import { StepList } from './steps.tsx'
import { drawingTitle } from './use-edit-actions.ts'

const review = { checklist: fakeChecklist, view: fakeView({ measurements: fakeMeasurements, entries: [], findings: [] }) }
const PARCELS = 'landuse_plan' as LayerId
let view: OptionView

beforeAll(async () => {
  await startWords()
  view = await fakeClient().call('options.open', { optionId: 'option-1' as OptionId })
})

describe.each(LANGS)('what-if options in %s', (lang: Lang) => {
  beforeEach(async () => {
    await i18next.changeLanguage(lang)
  })
  const either = (zh: string, en: string) => (lang === 'zh' ? zh : en)

  it('say first that the submitted plan is never altered', () => {
    expect(words(<OptionsPanel review={review} />)).toContain(either('提交方案不会被改动', 'The submitted plan is never altered'))
  })
  it('stand beside the submitted plan: items with level and value, better or worse in words, and what still waits', () => {
    const said = words(<LiveResult view={view} review={review} />)
    expect(said).toContain(either('提交方案', 'Submitted plan'))
    expect(said).toMatch(either('变好 A04', 'better A04'))
    expect(said).toContain('→')
    expect(said).toContain(either('还在等待测算：N03', 'Still to be measured: N03'))
    expect(said).toContain(either('一并测算', 'Measure them too'))
  })
  it('list their steps with who made them', () => {
    expect(words(<StepList steps={view.steps} />)).toMatch(either('改为公园绿地 评审员', 'To park 评审员'))
    expect(words(<StepList steps={[]} />)).toContain(either('还没有改动', 'Nothing changed yet'))
  })
  it('load with a bar and a way to stop; what was stopped can be loaded again', () => {
    const progress = { done: 3, total: 10, label: { zh: '测算叠置', en: 'Measuring overlaps' } }
    const again = () => undefined
    const bar = words(<LoadingOption loading={{ progress, cancel: again }} isStopped={false} onAgain={again} />)
    expect(bar).toContain(either('测算叠置', 'Measuring overlaps'))
    expect(bar).toMatch(/30.?%.*(取消|Cancel)/)
    expect(words(<LoadingOption loading={null} isStopped onAgain={again} />)).toContain(either('重新载入', 'Load again'))
  })
  it('are compared item by item, with totals and the recommendation', () => {
    const option = { ...view.option, recommended: '理由' }
    const { total, coverage, opinion } = view.base
    const comparison = {
      base: view.base,
      options: [{ option, total: (total ?? 0) + 2, coverage, opinion, steps: 1, waiting: ['N03'] }],
      items: [
        { item: 'B01', base: { level: 0 as const, value: 85_000 }, options: [{ level: 4 as const, value: 0, isWaiting: false }] },
        { item: 'N03', base: { level: 2 as const, value: 0.5 }, options: [{ level: 2 as const, value: 0.5, isWaiting: true }] },
      ],
    }
    const reader = { checklist: fakeChecklist, measurements: fakeMeasurements, areaUnit: 'ha' as const, lang }
    const said = words(<ComparisonTable comparison={comparison} reader={reader} />)
    expect(said).toContain(either('已推荐', 'Recommended'))
    expect(said).toMatch(/B01 .+8\.50 .+0\.00/)
    expect(said).toContain(either('4 级', 'level 4'))
    // What waits says so, and is neither better nor worse.
    expect(said).toMatch(new RegExp(either('N03 .+2 级 待测', 'N03 .+level 2 waits')))
    const notice = words(<WaitingOptions comparison={comparison} onSettle={() => undefined} />)
    expect(notice).toContain(either('方案 A 还有慢指标待测', 'Slow indicators still wait in option A'))
    expect(notice).toContain(either('一并测算', 'Measure them too'))
  })
})

describe('steps', () => {
  it('are named in both languages by what they do', () => {
    expect(stepTitles.recode(3, { zh: '规划用地用海', en: 'Planned land use' }, '1401')).toEqual({
      zh: '规划用地用海 3 处改为 1401 公园绿地',
      en: expect.stringMatching(/^3 × Planned land use to 1401 /),
    })
  })
  it('of a boundary name the parcel by its number, and what was drawn by its name', () => {
    const parks = { zh: '公园与绿地', en: 'Parks' }
    expect(stepTitles.reshape(parks, { zh: ' 7 号', en: '7' })).toEqual({
      zh: '调整公园与绿地 7 号的边界',
      en: 'Reshape Parks 7',
    })
    expect(stepTitles.reshape(parks, drawingTitle({ number: 1, attributes: { name: '东园' } })).en).toBe('Reshape Parks “东园”')
  })
  it('together come to one change per feature', () => {
    const at = { layerId: PARCELS, fid: 7 }
    const { changed, drawn } = changedFeatures([
      { edits: [{ change: 'attributes', ...at, attributes: { class: '1401' } }] },
      {
        edits: [
          { change: 'attributes', ...at, attributes: { far: 2 } },
          { change: 'delete', layerId: PARCELS, fid: 8 },
        ],
      },
      { edits: [{ change: 'draw', role: 'green', parts: [[[0, 0, 1, 0, 1, 1]]], attributes: {} }] },
      { edits: [{ change: 'draw', role: 'corridor', parts: [[[0, 0, 1, 0]]], attributes: { name: '甲' } }] },
      {
        edits: [
          { change: 'erase', drawn: 1 },
          { change: 'rewrite', drawn: 2, attributes: { name: '乙' } },
        ],
      },
    ])
    expect(changed).toEqual([
      { ...at, isDeleted: false, parts: null, attributes: { class: '1401', far: 2 } },
      { layerId: PARCELS, fid: 8, isDeleted: true, parts: null, attributes: {} },
    ])
    expect(drawn).toMatchObject([{ number: 2, where: { role: 'corridor' }, parts: [[[0, 0, 1, 0]]], attributes: { name: '乙' } }])
  })
})

describe('what is selected from', () => {
  it('is each layer with what was drawn into it, and each role that has drawings only', async () => {
    const whole = await fakeClient().call('map.setup', { planId: FAKE_PLAN })
    const setup = { ...whole, layers: whole.layers.filter(({ role }) => role !== 'greenway') }
    const { drawn } = changedFeatures([
      { edits: [{ change: 'draw', role: 'landuse_plan', parts: [[[0, 0, 9, 0, 9, 9]]], attributes: { class: '1401' } }] },
      { edits: [{ change: 'draw', role: 'greenway', kind: 'line', parts: [[[0, 0, 9, 0]]], attributes: { name: '环线' } }] },
    ])
    const sources = editSources(setup, drawn)
    const [own, added] = [sources.find(({ role }) => role === 'landuse_plan'), sources.find(({ role }) => role === 'greenway')]
    expect([own?.layerId, added?.layerId]).toEqual([expect.any(String), null])
    expect(own && drawnIn(own, sources, setup, drawn).map(({ number }) => number)).toEqual([1])
    expect(added && drawnIn(added, sources, setup, drawn).map((one) => drawingTitle(one).zh)).toEqual(['“环线”'])
    expect(drawingTitle({ number: 3, attributes: {} })).toEqual({ zh: '新绘 3 号', en: 'drawing 3' })
  })
  it('is hit inside a polygon but not in its hole, and near a line', () => {
    const ring = [[[0, 0, 10, 0, 10, 10, 0, 10, 0, 0], [4, 4, 4, 6, 6, 6, 6, 4, 4, 4]]] // prettier-ignore
    expect([[1, 5], [5, 5], [5, 3.9], [11, 5]].map(([x = 0, y = 0]) => hitsShape('polygon', ring, [x, y], 0.5))).toEqual([true, false, true, false]) // prettier-ignore
    const line = [[[0, 0, 10, 0]]]
    expect([[5, 0.4], [10.4, 0], [5, 1]].map(([x = 0, y = 0]) => hitsShape('line', line, [x, y], 0.5))).toEqual([true, true, false]) // prettier-ignore
  })
})

describe('direction', () => {
  const lower = fakeChecklist.items.find(({ rule }) => rule?.kind === 'edges' && rule.better === 'lower')?.id ?? ''
  it.each([
    [{ level: 1, value: 5 }, { level: 2, value: 5 }, 'better'],
    [{ level: 2, value: 5 }, { level: null, value: null }, 'worse'],
    [{ level: 2, value: 5 }, { level: 2, value: 4 }, 'better'],
    [{ level: 2, value: 4 }, { level: 2, value: 5 }, 'worse'],
    [{ level: 2, value: 5 }, { level: 2, value: 5 }, 'same'],
  ] as const)('from %o to %o is %s where less is better', (before, after, direction) => {
    expect(lower).not.toBe('')
    expect(directionOf(fakeChecklist, lower, before, after)).toBe(direction)
  })
})

describe('an item whose rule is told in cases', () => {
  it('has changed where its value is another: nobody can say which way is better', () => {
    const cases = fakeChecklist.items.find(({ rule }) => rule?.kind === 'cases')?.id ?? ''
    expect(directionOf(fakeChecklist, cases, { level: 0, value: 1 }, { level: 0, value: 5 })).toBe('changed')
  })
})

describe('what is typed', () => {
  it('is read as coordinates and numbers, full-width signs too', () => {
    expect(readPair('１１６.39，39.9')).toEqual([116.39, 39.9])
    expect(readPair('116.39')).toBeNull()
    expect(readIds('12、 45,60x')).toEqual([12, 45, 60])
  })
  it('becomes attributes only where every field can be read and land has a class', () => {
    expect(drawingValues('green', { name: '东园', parkLevel: '3', isPublic: '是' }, null)).toEqual({
      name: '东园',
      parkLevel: 3,
      isPublic: true,
    })
    expect(drawingValues('green', { parkLevel: 'three' }, null)).toBeNull()
    expect(drawingValues('landuse_plan', {}, null)).toBeNull()
    expect(drawingValues('landuse_plan', {}, '1401')).toEqual({ class: '1401' })
  })
})

describe('shapes', () => {
  const square = [[[0, 0, 10, 0, 10, 10, 0, 10, 0, 0]]]
  it('go to the map and come back as they were, holes with their shells', () => {
    const withHole = [[...(square[0] ?? []), [2, 2, 2, 4, 4, 4, 4, 2, 2, 2]]]
    const [shape] = shapeOfParts('polygon', withHole)
    expect(shape && partsOfShape(shape)).toEqual(withHole)
  })
})

describe('what is chosen', () => {
  it('toggles by click, adds by drag, and is let go with the layer', () => {
    const [one, two] = [7, 8].map((fid) => ({ layerId: PARCELS, fid, title: `地块 ${fid}` }))
    if (!one || !two) throw new Error('two features are needed')
    const { choose, selectFrom } = useOptions.getState()
    choose([one, two])
    choose([one])
    expect(useOptions.getState().chosen).toEqual([one, two])
    choose([one], { toggle: true })
    expect(useOptions.getState().chosen).toEqual([two])
    selectFrom('green' as LayerId)
    expect(useOptions.getState().chosen).toEqual([])
  })
  it('is drawn point by point; the same place twice is one point', () => {
    const { addPoint, removePoint } = useOptions.getState()
    addPoint([1, 2])
    addPoint([1, 2])
    addPoint([3, 4])
    expect(useOptions.getState().draft).toEqual([[1, 2], [3, 4]]) // prettier-ignore
    removePoint()
    expect(useOptions.getState().draft).toEqual([[1, 2]])
  })
  it('belongs to the review of the plan', async () => {
    const [option] = await fakeClient().call('options.list', { reviewId: FAKE_REVIEW })
    expect(option?.letter).toBe('A')
  })
})
