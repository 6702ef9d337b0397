import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import i18next from 'i18next'
import { sampleFlipResult } from '#core/contract/sample-flip.ts'
import type { FlipResult, FoundChange } from '#core/flip/result.ts'
import { LANGS, type Lang } from '#core/text.ts'
import { fakeMeasurements } from '../api/fake/fake-data.ts'
import { fakeChecklist, fakeView } from '../api/fake/fake-handlers.ts'
import { words, startWords } from '../api/fake/show.tsx'
import { useUi } from '../state/ui-store.ts'
import { FlipResultView } from './flip-result.tsx'
import { FlipSection } from './flip-section.tsx'
import { shapesOfChanges } from './flip-shapes.ts'
import { useFlips } from './flip-store.ts'
import { itemRows } from './item-list.ts'

const review = { checklist: fakeChecklist, view: fakeView({ measurements: fakeMeasurements, entries: [], findings: [] }) }
const READING = { unit: 'm2_per_person', areaUnit: 'ha' } as const

const section = (id: string) => {
  const row = itemRows(review.checklist, review.view).find(({ item }) => item.id === id)
  if (!row) throw new Error(`no item ${id}`)
  return words(<FlipSection row={row} review={review} />)
}
const view = (result: FlipResult) => words(<FlipResultView result={result} reading={READING} />)

beforeAll(async () => {
  await startWords()
})

describe.each(LANGS)('what would lift an item, in %s', (lang: Lang) => {
  beforeEach(async () => {
    await i18next.changeLanguage(lang)
  })
  const either = (zh: string, en: string) => (lang === 'zh' ? zh : en)

  it('says from which level to which, what would be tried, and offers the search', () => {
    const said = section('B01')
    expect(said).toContain(either('从 0 级升到 1 级', 'From level 0 to level 1'))
    expect(said).toContain(either('规划建设地块保留现状用途', 'Keep the base-year use'))
    expect(said).toContain(either('搜索最小改动', 'Search for a small change'))
  })
  it('says why where there is nothing to search, and nothing of items that nobody measures', () => {
    expect(section('A03')).toContain(either('补齐资料后才能搜索', 'search when they are there'))
    expect(section('B06')).toBe('')
  })
  it('tells what was found as a search result with its side effects, worse before better', () => {
    const said = view(sampleFlipResult)
    expect(said).toContain(
      either('在 42 处可能的改动中搜索，找到：整块改为公园绿地 1 处，共 0.42 公顷', 'A search over 42 possible changes found'),
    )
    expect(said).toContain(either('规划用地用海 7 号', 'Planned land use 7'))
    expect(said).toContain(either('1001 工业用地 → 1401 公园绿地', '1001 Industrial land → 1401'))
    expect(said).toContain(either('这是搜索结果，不是承诺', 'A search result, not a promise'))
    expect(said).toContain(
      either('按算式，公园绿地至少须增加 0.39 公顷', 'By arithmetic, park land must rise by at least 0.39 ha'),
    )
    const [worse, better] = [said.indexOf('S01'), said.lastIndexOf('A01')]
    expect(worse).toBeGreaterThan(-1)
    expect(worse).toBeLessThan(better)
  })
  it('does not claim that every change is needed where the search was cut short', () => {
    const said = view({ ...sampleFlipResult, isMinimal: false, hitBound: true })
    expect(said).toContain(either('可能有多余的改动', 'some may not be needed'))
    expect(said).toContain(either('因次数或时间用尽而停止', 'stopped at its limit'))
  })
  it('tells how far all changes together go where they are not enough', () => {
    const nothing: FlipResult = { ...sampleFlipResult, state: 'nothing-found', farthest: 7.7 }
    expect(view(nothing)).toContain(either('全部做上为 7.70', 'with all of them made it is 7.70'))
    expect(view({ ...nothing, searched: [] })).toContain(either('没有可作此类改动的地方', 'no place where such a change'))
  })
})

describe('changes on the map', () => {
  const change: FoundChange = {
    move: 'park-on-piece',
    features: [{ layer: 'landuse_plan', fid: 7 }],
    shapes: [{ kind: 'polygon', parts: [[[0, 0, 10, 0, 10, 10, 0, 10]]] }],
    size: { unit: 'm2', value: 100 },
    from: '16',
    to: '1401',
    note: null,
  }

  it('are drawn as closed rings beside the features that are lit up', () => {
    useFlips.getState().show([change])
    expect(useUi.getState().highlights).toMatchObject([{ role: 'landuse_plan', fids: [7] }])
    const [shape] = useFlips.getState().shown?.shapes ?? []
    expect([...(shape?.shape.xyM ?? [])]).toEqual([0, 0, 10, 0, 10, 10, 0, 10, 0, 0])
    expect([...(shape?.shape.ringOff ?? [])]).toEqual([0, 5])
    expect(shapesOfChanges([{ shapes: [{ kind: 'line', parts: [[[0, 0, 1, 1]], [[2, 2, 3, 3]]] }] }])[0]?.shape.ringOff).toEqual(
      Uint32Array.of(0, 2, 4),
    )
  })
  it('are forgotten as soon as something else is lit up', () => {
    useFlips.getState().show([change])
    const { highlights } = useUi.getState()
    expect(useFlips.getState().shown?.highlights).toBe(highlights)
    useUi.getState().clearEvidence()
    expect(useFlips.getState().shown?.highlights).not.toBe(useUi.getState().highlights)
  })
})
