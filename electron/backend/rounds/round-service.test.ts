import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cancelSource } from '#core/contract/cancel.ts'
import type { FindingId, PlanId, ReviewId } from '#core/model/ids.ts'
import type { Finding } from '#core/review/finding.ts'
import type { Mark } from '#core/review/mark.ts'
import { openCatalogue, type Catalogue } from '#db/catalogue.ts'
import { sampleMeasurement } from '#db/testing/fixtures.ts'
import { createAnalysisService } from '../analysis/analysis-service.ts'
import { createFileTokens } from '../file-tokens.ts'
import { box, importBench, manifestOf, quietCall, writeGeoJson } from '../import/fixture-files.ts'
import { createChecklists } from '../review/checklists.ts'
import { createReviewService, type ReviewService } from '../review/review-service.ts'
import { createOrientationService } from './orientation-service.ts'
import { createRoundService, type RoundService } from './round-service.ts'

const bench = importBench()
const catalogueDir = path.join(bench.dir, 'catalogue')
const actor = () => ({ name: '林青', office: '' })
const checklists = createChecklists(path.resolve('resources'))
const CHECKLIST = 'green-low-carbon'
const tokens = createFileTokens(path.join(bench.dir, 'staged'))
const analyses = createAnalysisService({
  version: 'test',
  gpkgPath: (sha256) => path.join(bench.plansDir, `${sha256}.gpkg`),
  cacheDir: path.join(bench.dir, 'cache'),
})

let catalogue: Catalogue
let reviews: ReviewService
let rounds: RoundService
let before: PlanId
let after: PlanId
let reviewId: ReviewId

type Parcel = { number: string; ring: ReturnType<typeof box>; code: string }
const parcelAt = (i: number, code = '0701'): Parcel => ({
  number: `P${i}`,
  ring: box(500_000 + 200 * (i % 3), 3_400_000 + 200 * Math.floor(i / 3), 100),
  code,
})

async function submitted(name: string, parcels: readonly Parcel[]): Promise<PlanId> {
  const features = parcels.map(({ number, ring, code }) => ({ polygon: [ring], properties: { DKBH: number, YDYHFLDM: code } }))
  writeGeoJson(bench.source(`${name}.geojson`), features, 4547)
  const layer = { role: 'landuse_plan' as const, path: `${name}.geojson`, fields: { parcel: 'DKBH', class: 'YDYHFLDM' } }
  const { plan, layers } = await bench.run(manifestOf([layer], { name }))
  catalogue.commands.addPlan(plan, layers, actor())
  return plan.id
}

const fidOf = (index: number) => index + 1
const add = (index: number | null, mark?: Mark, item: string | null = 'A04'): Finding =>
  reviews.addFinding({
    reviewId,
    item,
    severity: 'must',
    text: `意见 ${index ?? '图上'}`,
    action: '',
    evidence: index === null ? [] : [{ layer: 'landuse_plan', fid: fidOf(index) }],
    mark,
  })

/** An area drawn over a parcel, in the frame of the older plan. */
function over(index: number): Mark {
  const [minX, minY] = catalogue.plans.get(before).extent
  const [x, y] = [minX + 200 * (index % 3) + 20, minY + 200 * Math.floor(index / 3) + 20]
  return { kind: 'area', xyM: [x, y, x + 60, y, x + 60, y + 60, x, y + 60] }
}

beforeAll(async () => {
  fs.mkdirSync(catalogueDir, { recursive: true })
  catalogue = openCatalogue(catalogueDir, {
    ballastBytes: 0,
    automaticBackups: false,
    onFault: (fault) => {
      throw fault
    },
  })
  reviews = createReviewService(catalogue, checklists, actor)
  rounds = createRoundService({ catalogue, checklists, reviews, analyses, tokens, actor })
  const first = Array.from({ length: 9 }, (_, i) => parcelAt(i))
  before = await submitted('first', first)
  const second = first.flatMap((parcel, i): Parcel[] => {
    if (i === 1) return [{ ...parcel, ring: parcel.ring.map(([x, y]) => [x + 5000, y] as [number, number]) }]
    if (i === 2) return []
    if (i === 3) return [{ ...parcel, ring: box(500_000, 3_400_200, 100, 60) }]
    return [i === 4 ? { ...parcel, code: '1401' } : parcel]
  })
  after = await submitted('second', second)
  reviewId = reviews.open(before, CHECKLIST).review.id
}, 120_000)
afterAll(async () => {
  tokens.close()
  await catalogue.close()
  bench.remove()
})

/** A measurement of item A04 that names these parcels. */
const proof = (fids: number[]) => ({
  ...sampleMeasurement(checklists.get(CHECKLIST).items.find(({ id }) => id === 'A04')?.rule?.indicator ?? ''),
  outcome: { kind: 'value' as const, value: 9, unit: 'm2_per_person' as const },
  evidence: fids.map((fid) => ({ layer: 'landuse_plan', fid })),
  evidenceTotal: fids.length,
})

const key = () => ({ planId: after, checklistId: CHECKLIST })
const carriedOf = (from: FindingId) => rounds.view(key()).carried.find(({ finding }) => finding.carried?.from === from)?.finding

describe('a second round', { timeout: 120_000 }, () => {
  const made: Record<string, Finding> = {}

  it('needs an earlier plan with a review', async () => {
    await expect(rounds.start(key(), quietCall())).rejects.toMatchObject({ code: 'round.no-earlier-plan' })
    expect(() => rounds.setEarlier({ planId: after, previousPlanId: after })).toThrow('round.same-plan')
    expect(rounds.setEarlier({ planId: after, previousPlanId: before })).toMatchObject({ number: 2 })
    await expect(rounds.start({ ...key(), checklistId: 'none' }, quietCall())).rejects.toMatchObject({
      code: 'round.no-earlier-review',
    })
  })

  it('brings findings over with their numbers and what became of their places, as one step', async () => {
    for (const [name, index] of Object.entries({ same: 0, moved: 1, gone: 2, reshaped: 3, fixed: 5 })) {
      made[name] = add(index, undefined, name === 'fixed' ? 'A04' : null)
    }
    made['drawn'] = add(null, over(4), null)
    made['drawnSame'] = add(null, over(8), null)
    made['verified'] = add(6, undefined, null)
    made['withdrawn'] = add(7)
    const ids = (name: string) => [made[name]?.id as FindingId]
    reviews.withdrawFindings({ findingIds: ids('withdrawn') })
    reviews.moveFindings({ findingIds: ids('verified'), to: 'resolved', reason: '' })
    reviews.moveFindings({ findingIds: ids('verified'), to: 'verified', reason: '' })
    catalogue.commands.saveMeasurements(before, [proof([fidOf(5)])], actor())
    catalogue.commands.saveMeasurements(after, [proof([1])], actor())
    const done = await rounds.start(key(), quietCall())
    expect(done).toEqual({ carried: 8, already: 0 })
    const kinds = Object.fromEntries(Object.entries(made).map(([name, { id }]) => [name, carriedOf(id)?.carried?.class]))
    expect(kinds).toEqual({
      same: 'unchanged',
      moved: 'moved',
      gone: 'deleted',
      reshaped: 'edited',
      fixed: 'perhaps-fixed',
      drawn: 'edited',
      drawnSame: 'unchanged',
      verified: 'unchanged',
      withdrawn: undefined,
    })
    expect(carriedOf(ids('moved')[0] as FindingId)?.carried?.movedM).toBeCloseTo(5000, -2)
    expect(carriedOf(ids('verified')[0] as FindingId)).toMatchObject({ status: 'verified', number: made['verified']?.number })
    const view = rounds.view(key())
    expect(view.review?.numbersAfter).toBe(9)
    expect(view.round?.changes?.find(({ role }) => role === 'landuse_plan')?.counts).toMatchObject({
      removed: 1,
      recoded: 1,
      moved: 1,
    })
    const taken = catalogue.commands.undo(actor()).value
    expect(taken.redo?.en).toContain('8 findings')
    expect(rounds.view(key())).toMatchObject({ review: null, carried: [] })
    catalogue.commands.redo(actor())
    expect(rounds.view(key()).carried).toHaveLength(8)
  })

  it('classes what came over again when a plan is measured later, and writes nothing for it', () => {
    const fixed = made['fixed']?.id as FindingId
    const steps = catalogue.past.ofFinding(carriedOf(fixed)?.id as FindingId).length
    const named = carriedOf(fixed)?.evidence[0]?.fid ?? 0
    catalogue.commands.saveMeasurements(after, [proof([1, named])], actor())
    expect(carriedOf(fixed)?.carried?.class).toBe('unchanged')
    catalogue.commands.saveMeasurements(after, [proof([1])], actor())
    expect(carriedOf(fixed)?.carried?.class).toBe('perhaps-fixed')
    expect(catalogue.past.ofFinding(carriedOf(fixed)?.id as FindingId)).toHaveLength(steps)
  })

  it('run again brings nothing twice, only what was added to the earlier review meanwhile', async () => {
    expect(await rounds.start(key(), quietCall())).toEqual({ carried: 0, already: 8 })
    expect(() => rounds.setEarlier({ planId: after, previousPlanId: null })).toThrow('round.already-carried')
  })

  it('stops when it is cancelled, and leaves everything as it was', async () => {
    const source = cancelSource()
    const call = { signal: source.signal, progress: () => source.abort() }
    const steps = catalogue.history().steps.length
    await expect(rounds.start(key(), call)).rejects.toMatchObject({ code: 'request.cancelled' })
    expect(catalogue.history().steps).toHaveLength(steps)
  })

  it('warns of what an earlier round let pass, keeps the reason, and continues the numbers', () => {
    const current = rounds.view(key()).review?.id as ReviewId
    const evidence = (fid: number) => [{ layer: 'landuse_plan', fid }]
    // Of the newer plan: P0 is 1, P1 2, then P3 3, P4 4, P5 5, P6 6 …
    const check = (fid: number, item: string | null) => rounds.check({ reviewId: current, item, evidence: evidence(fid) })
    expect(check(6, null).map(({ code, number }) => [code, number])).toEqual([['accepted-before', made['verified']?.number]])
    expect(check(1, 'N07').map(({ code }) => code)).toEqual(['could-have-been-raised'])
    expect(check(3, 'N07')).toEqual([])
    expect(check(1, null)).toEqual([])
    const late = reviews.addFinding({
      reviewId: current,
      item: 'N07',
      severity: 'should',
      text: '新',
      action: '',
      evidence: evidence(1),
    })
    expect(late.number).toBe(10)
    expect(rounds.view(key()).raised).toMatchObject([{ reason: null, notes: [{ code: 'could-have-been-raised' }] }])
    rounds.explain({ findingId: late.id, reason: '首轮图件缺失' })
    expect(rounds.view(key()).raised[0]?.reason).toBe('首轮图件缺失')
    const reopened = carriedOf(made['verified']?.id as FindingId)?.id as FindingId
    reviews.moveFindings({ findingIds: [reopened], to: 'open', reason: '又出现' })
    const row = rounds.view(key()).carried.find(({ finding }) => finding.id === reopened)
    expect(row?.notes.map(({ code }) => code)).toEqual(['accepted-before'])
  })

  it('says what was adopted, by status or by a person, and writes the table', async () => {
    const moved = carriedOf(made['moved']?.id as FindingId) as Finding
    reviews.reply({ findingId: made['moved']?.id as FindingId, text: '=已移至东侧' })
    rounds.adopt({ findingId: moved.id, adoption: 'partly', explanation: '仅移位' })
    const row = rounds.view(key()).adoption.find(({ finding }) => finding.id === moved.id)
    expect(row).toMatchObject({ answer: '=已移至东侧', adoption: 'partly', isStated: true, explanation: '仅移位' })
    expect(rounds.view(key()).adoption.map(({ finding }) => finding.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    const file = path.join(bench.dir, '采纳.csv')
    const asked = { ...key(), format: 'csv' as const, lang: 'zh' as const, target: tokens.registerSave(file) }
    await rounds.export(asked, quietCall())
    expect(fs.readFileSync(file, 'utf8')).toContain("'=已移至东侧,部分采纳,仅移位")
  })

  it('is told on the page that a plan opens with', async () => {
    const orientations = createOrientationService({ catalogue, checklists, reviews, rounds, analyses })
    const page = await orientations.get(key(), quietCall())
    expect(page.scale).toMatchObject({ parcels: 8, features: 8 })
    expect(page.scale.classes.map(({ code }) => code)).toEqual(['07', '14'])
    expect(page.scale.classes.reduce((sum, { areaM2 }) => sum + areaM2, 0)).toBeCloseTo(page.areaM2 ?? 0, 0)
    expect(page.round).toMatchObject({ number: 2, carried: 8, changedFeatures: 4 })
    const needs = new Map(page.needs.map(({ kind, names }) => [kind, names]))
    expect(needs.get('late-reasons')).toEqual([String(made['verified']?.number)])
    expect(needs.get('to-answer')).toContain('10')
    expect(page.completeness.missing.map(({ role }) => role)).toContain('green')
    // Kept: the second time no worker reads the plan.
    expect(await orientations.get(key(), quietCall())).toEqual(page)
  })
})
