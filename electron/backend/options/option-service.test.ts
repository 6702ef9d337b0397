import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cancelSource } from '#core/contract/cancel.ts'
import type { LayerId, OptionId } from '#core/model/ids.ts'
import { openCatalogue, type Catalogue } from '#db/catalogue.ts'
import { gpkgIn, writePlan } from '../analysis/fixture-plan.ts'
import { createSessionService } from '../analysis/session-service.ts'
import { createChecklists } from '../review/checklists.ts'
import { createOptionService } from './option-service.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-options-'))
const actor = () => ({ name: '林青', office: '' })
const quiet = { signal: cancelSource().signal, progress: () => {} }
const PARCELS = 'landuse_plan' as LayerId
const farming = (fid: number) => ({ change: 'attributes' as const, layerId: PARCELS, fid, attributes: { class: '0101' } })
const title = { zh: '改为耕地', en: 'To cropland' }
const sessions = createSessionService({ gpkgPath: gpkgIn(dir), cacheDir: path.join(dir, 'cache'), version: 'test' })
let catalogue: Catalogue

const openIt = () =>
  openCatalogue(path.join(dir, 'catalogue'), {
    ballastBytes: 0,
    automaticBackups: false,
    onFault: (fault) => {
      throw fault
    },
  })
const serviceOf = (of: Catalogue) =>
  createOptionService({ catalogue: of, checklists: createChecklists(path.resolve('resources')), sessions, actor })

beforeAll(() => {
  fs.mkdirSync(path.join(dir, 'catalogue'))
  catalogue = openIt()
})
afterAll(async () => {
  await sessions.closeAll()
  await catalogue.close()
  fs.rmSync(dir, { recursive: true })
})

describe('what-if options', () => {
  it('re-score what an edit touches, leave the plan alone, and follow undo, redo, another option and a restart', async () => {
    const { plan, layers } = writePlan(dir, 'a'.repeat(64), 6)
    const stored = layers.map((layer) => ({ ...layer, id: layer.id, planId: plan.id }))
    catalogue.commands.addPlan({ ...plan, gpkgSha256: 'a'.repeat(64) }, stored, actor())
    const draft = { planId: plan.id, checklistId: 'green-low-carbon', checklistVersion: '1.1.0' }
    const review = catalogue.commands.openReview(draft, actor()).value
    let service = serviceOf(catalogue)
    const a = service.add({ reviewId: review.id, name: '退建还耕', copyOf: null })
    expect(await service.open(a.id, quiet)).toMatchObject({ steps: [], deltas: [], ms: 0 })
    const first = await service.edit({ optionId: a.id, title, edits: [farming(1)] }, quiet)
    const b01 = first.deltas.find(({ item }) => item === 'B01')
    expect(b01).toMatchObject({ before: { value: 1000 }, after: { value: 0 } })
    expect(first.steps.map((step) => step.title)).toEqual([title])
    const second = await service.edit({ optionId: a.id, title, edits: [farming(3), farming(5)] }, quiet)
    // The plan in memory is at step 2; the log takes one step back, and memory follows.
    catalogue.commands.undo(actor())
    expect(withoutMs(await service.open(a.id, quiet))).toEqual(withoutMs(first))
    catalogue.commands.redo(actor())
    expect(withoutMs(await service.open(a.id, quiet))).toEqual(withoutMs(second))
    const b = service.add({ reviewId: review.id, name: '对照', copyOf: null })
    expect((await service.open(b.id, quiet)).deltas).toEqual([])
    const both = await service.compare({ reviewId: review.id }, quiet)
    expect(both.options.map(({ option, steps }) => [option.letter, steps])).toEqual([
      ['A', 2],
      ['B', 0],
    ])
    expect(both.items.find(({ item }) => item === 'B01')).toMatchObject({
      base: { value: 1000 },
      options: [{ value: 0 }, { value: 1000 }],
    })
    // Slow indicators wait in each option until they are asked for; then they are known of each, whichever is looked at next.
    expect(first.waiting.length).toBeGreaterThan(0)
    expect(both.options.map(({ waiting }) => waiting)).toEqual([second.waiting, []])
    const heard: number[] = []
    const told = { ...quiet, progress: ({ done }: { done: number }) => heard.push(done) }
    const whole = await service.compare({ reviewId: review.id, settle: true }, told)
    expect(heard).toEqual([1, 2])
    expect(whole.options.map(({ waiting }) => waiting)).toEqual([[], []])
    expect(whole.items.flatMap(({ options }) => options.filter(({ isWaiting }) => isWaiting))).toEqual([])
    expect(await service.compare({ reviewId: review.id }, quiet)).toEqual(whole)
    expect((await service.open(a.id, quiet)).waiting).toEqual([])
    const third = await service.edit({ optionId: a.id, title, edits: [farming(7)] }, quiet)
    expect(third.waiting).toEqual(second.waiting)
    // Measuring tells how far it is, stops between two indicators, and keeps what was measured until then.
    const stop = cancelSource()
    const steps: [number, number | undefined][] = []
    const stopping = {
      signal: stop.signal,
      progress: ({ done, total }: { done: number; total: number }) => {
        steps.push([done, total])
        if (done === 1) stop.abort()
      },
    }
    await expect(service.settle(a.id, stopping)).rejects.toMatchObject({ code: 'request.cancelled' })
    expect(steps).toEqual([0, 1].map((done) => [done, third.waiting.length]))
    expect((await service.open(a.id, quiet)).waiting).toEqual(third.waiting.slice(2))
    expect((await service.settle(a.id, quiet)).waiting).toEqual([])
    catalogue.commands.undo(actor())
    expect((await service.open(a.id, quiet)).waiting).toEqual([])
    const stopped = { ...quiet, signal: { ...quiet.signal, aborted: true } }
    await expect(service.compare({ reviewId: review.id }, stopped)).rejects.toMatchObject({ code: 'request.cancelled' })
    await service.close(plan.id)
    await catalogue.close()
    catalogue = openIt()
    service = serviceOf(catalogue)
    expect(withoutMs(await service.open(a.id, quiet))).toEqual(withoutMs(second))
  })

  it('let what they drew be changed again, also after a restart and in a copy', async () => {
    const [review] = catalogue.reviews.ofPlan(catalogue.plans.list()[0]?.id as never)
    const reviewId = review?.id as never
    let service = serviceOf(catalogue)
    const drawn = service.add({ reviewId, name: '', copyOf: null })
    const park = {
      change: 'draw' as const,
      role: 'green' as const,
      kind: 'polygon' as const,
      parts: [[[0, 0, 90, 0, 90, 90, 0, 90]]],
    }
    await service.edit({ optionId: drawn.id, title, edits: [{ ...park, attributes: { name: '东园' } }] }, quiet)
    const empty = service.add({ reviewId, name: '', copyOf: null })
    expect((await service.open(empty.id, quiet)).steps).toEqual([])
    const erase = { change: 'erase' as const, drawn: 1 }
    await expect(service.edit({ optionId: empty.id, title, edits: [erase] }, quiet)).rejects.toMatchObject({
      code: 'analysis.no-such-drawing',
    })
    const copy = service.add({ reviewId, name: '', copyOf: drawn.id })
    const larger = { change: 'redraw' as const, drawn: 1, parts: [[[0, 0, 95, 0, 95, 95, 0, 95]]] }
    expect((await service.edit({ optionId: copy.id, title, edits: [larger] }, quiet)).steps).toHaveLength(2)
    const gone = await service.edit({ optionId: copy.id, title, edits: [erase] }, quiet)
    await expect(service.edit({ optionId: copy.id, title, edits: [erase] }, quiet)).rejects.toMatchObject({
      code: 'analysis.no-such-feature',
    })
    await service.close(catalogue.plans.list()[0]?.id as never)
    service = serviceOf(catalogue)
    expect(withoutMs(await service.open(copy.id, quiet))).toEqual(withoutMs(gone))
    for (let step = 0; step < 6; step++) catalogue.commands.undo(actor())
  })

  it('keep no step that cannot be made, and go on', async () => {
    const service = serviceOf(catalogue)
    const [a] = service.list(catalogue.reviews.ofPlan(catalogue.plans.list()[0]?.id as never)[0]?.id as never)
    const id = a?.id as OptionId
    const before = await service.open(id, quiet)
    const none = { change: 'delete' as const, layerId: PARCELS, fid: 9999 }
    await expect(service.edit({ optionId: id, title, edits: [farming(7), none] }, quiet)).rejects.toMatchObject({
      code: 'analysis.no-such-feature',
    })
    expect(withoutMs(await service.open(id, quiet))).toEqual(withoutMs(before))
    const b = service.list(catalogue.records.get('option', id).reviewId).find(({ letter }) => letter === 'B')?.id as OptionId
    expect((await service.change({ optionId: b, recommended: '先看对照' }, quiet)).summary).toMatchObject({
      items: [],
      steps: [],
    })
    const chosen = await service.change({ optionId: id, recommended: '退出永久基本农田内的建设用地' }, quiet)
    expect(chosen.summary?.steps).toHaveLength(2)
    expect(chosen.summary?.items.find(({ item }) => item === 'B01')).toMatchObject({
      before: { value: 1000 },
      after: { value: 0 },
    })
    // One at most, and back in one step.
    expect(catalogue.records.get('option', b)).toEqual({ ...catalogue.records.get('option', b), recommended: null })
    expect(catalogue.records.get('option', b).summary).toBeUndefined()
    catalogue.commands.undo(actor())
    expect(catalogue.records.get('option', b).recommended).toBe('先看对照')
    catalogue.commands.redo(actor())
    expect((await service.change({ optionId: id, recommended: null }, quiet)).summary).toBeUndefined()
    service.remove(id)
    await expect(service.open(id, quiet)).rejects.toMatchObject({ code: 'catalogue.not-found' })
    catalogue.commands.undo(actor())
    expect((await service.open(id, quiet)).steps).toHaveLength(2)
  })
})

const withoutMs = <T extends { ms: number }>(view: T) => ({ ...view, ms: 0 })
