import i18next from 'i18next'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Client } from '#core/contract/client.ts'
import type { OverlayInfo, OverlayView } from '#core/contract/overlay-procedures.ts'
import { sampleOverlays } from '#core/contract/sample-overlays.ts'
import { AppError } from '#core/errors.ts'
import type { PlanId } from '#core/model/ids.ts'
import { LANGS, type Lang } from '#core/text.ts'
import { nothing, markup as show, textOf as text, startWords } from '../api/fake/show.tsx'
import { OverlayDetail, RunView } from './overlay-detail.tsx'
import { OverlayLegend } from './overlay-legend.tsx'
import { runKey, useOverlayRuns, type OverlayRun } from './overlay-runs.ts'
import { useOverlays } from './overlay-store.ts'

const planId = 'plan-1' as PlanId
const kept = new Map<string, string>()

const call = { signal: { aborted: false, addEventListener: () => undefined }, progress: () => undefined }
let listed: OverlayInfo[]
let view: OverlayView

beforeAll(async () => {
  await startWords(kept)
  listed = await sampleOverlays['overlays.list']({ planId }, call)
  view = await sampleOverlays['overlays.compute']({ planId, overlay: 'gaps' }, call)
})

const info = (id: string): OverlayInfo => {
  const found = listed.find((overlay) => overlay.id === id)
  if (!found) throw new Error(`the sample lists no ${id}`)
  return found
}
describe.each(LANGS)('an overlay in %s', (lang: Lang) => {
  beforeEach(() => i18next.changeLanguage(lang).then(() => undefined))
  const either = (zh: string, en: string) => (lang === 'zh' ? zh : en)
  const lacking = () => text(show(<OverlayDetail planId={planId} overlay={info('unserved')} />))
  const detail = (run: OverlayRun) =>
    text(show(<RunView planId={planId} overlay={info('gaps')} run={run} onDraw={nothing} onStop={nothing} />))

  it('that lacks layers names them, with the choice that there is', () => {
    expect(lacking()).toContain(either('方案缺少以下图层', 'The plan lacks these layers'))
    expect(lacking()).toContain(either('人口或人口格网；公园与绿地', 'Population or Population grid; Parks and green space'))
  })
  it('is being drawn, was stopped, failed: always in words', () => {
    expect(detail({ state: 'drawing', progress: null })).toContain(either('正在绘制', 'Drawing'))
    expect(detail({ state: 'stopped' })).toContain(either('已停止绘制', 'Drawing was stopped'))
    const error = new AppError('overlays.nothing-drawn', { why: '' })
    expect(detail({ state: 'failed', error })).toContain(either('没有可导出的专题图', 'No overlay to export'))
  })
  it('that is drawn shows figures, legend, method and parameters', () => {
    const words = detail({ state: 'drawn', view })
    for (const said of [
      either('断点 2 个', 'Gaps 2'),
      either('绿楔断点', 'Gap of a wedge'),
      either('沿绿楔中轴量取宽度', 'Widths were measured along the middle'),
      either('参数', 'Parameters'),
    ])
      expect(words).toContain(said)
  })
  it('that cannot be drawn says why', () => {
    const outcome = { kind: 'missing' as const, why: { zh: '没有公园。', en: 'There are no parks.' }, needs: ['green'] }
    expect(detail({ state: 'drawn', view: { ...view, outcome } })).toContain(either('没有公园。', 'There are no parks.'))
  })
  it('of which too much was found says how much of it is drawn', () => {
    const [part] = view.outcome.kind === 'drawn' ? view.outcome.parts : []
    expect(part && text(show(<OverlayLegend part={{ ...part, shapes: 30_000 }} />))).toContain('30,000')
  })
})

describe('what a person chose', () => {
  const { enter, setShown, move, setOpacity, choose } = useOverlays.getState()
  it('is remembered for each plan, and a damaged memory is none', () => {
    enter(planId)
    setShown('gaps', true)
    setShown('unserved', true)
    move('gaps', -1)
    setOpacity('gaps', 0.5)
    enter('plan-2' as PlanId)
    expect(useOverlays.getState().choices.shown).toEqual([])
    enter(planId)
    expect(useOverlays.getState().choices).toMatchObject({ shown: ['gaps', 'unserved'], opacity: { gaps: 0.5 } })
    kept.set('greenprint-overlays-plan-3', '{"shown":[7,"gaps"],"opacity":null')
    enter('plan-3' as PlanId)
    expect(useOverlays.getState().choices.shown).toEqual([])
    kept.set('greenprint-overlays-plan-4', '{"shown":[7,"gaps"],"opacity":null}')
    enter('plan-4' as PlanId)
    expect(useOverlays.getState().choices).toMatchObject({ shown: ['gaps'], opacity: {}, isNumbered: true })
  })
  it('on the map opens its list; in the list it moves the map', () => {
    choose({ overlay: 'gaps', part: 'gaps', row: 2 }, 'map')
    expect(useOverlays.getState()).toMatchObject({ opened: 'gaps', panel: 'overlays', focus: { row: 2, move: false } })
    const before = useOverlays.getState().focus?.request ?? 0
    choose({ overlay: 'gaps', part: 'gaps', row: 2 }, 'list')
    expect(useOverlays.getState().focus).toMatchObject({ move: true, request: before + 1 })
  })
})

describe('drawing', () => {
  it('happens once, can be stopped, and is let go of with its plan', async () => {
    useOverlayRuns.setState({ runs: {} })
    let calls = 0
    const client = {
      call: (_: string, __: unknown, { signal }: { signal: AbortSignal }) =>
        new Promise((_resolve, reject) => {
          calls += 1
          signal.addEventListener('abort', () => reject(new AppError('request.cancelled', { procedure: 'overlays.compute' })))
        }),
    } as unknown as Client
    const { start, stop, keepOnly } = useOverlayRuns.getState()
    start(client, planId, 'gaps', { b: 1, a: 2 })
    start(client, planId, 'gaps', { a: 2, b: 1 })
    expect(calls).toBe(1)
    const key = runKey(planId, 'gaps', { a: 2, b: 1 })
    stop(key)
    await vi.waitFor(() => expect(useOverlayRuns.getState().runs[key]?.state).toBe('stopped'))
    start(client, planId, 'gaps', { a: 2, b: 1 })
    keepOnly('plan-2' as PlanId)
    expect(useOverlayRuns.getState().runs).toEqual({})
  })
})
