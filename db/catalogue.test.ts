import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Catalogue } from './catalogue.ts'
import { asStored } from './json.ts'
import {
  entryDraft,
  findingDraft,
  openForTest,
  removeTempDirs,
  REVIEWER,
  sampleMeasurement,
  samplePlan,
  tempDir,
  withReview,
} from './testing/fixtures.ts'

let catalogue: Catalogue
beforeAll(() => {
  catalogue = openForTest(tempDir())
})
afterAll(async () => {
  await catalogue.close()
  removeTempDirs()
})

describe('what is stored', () => {
  it('comes back as it was given: plan, layers in order, review', () => {
    const { plan, layers, review } = withReview(catalogue)
    expect(catalogue.plans.get(plan.id)).toEqual(asStored(plan))
    expect(catalogue.layers.ofPlan(plan.id)).toEqual(layers)
    expect(catalogue.layers.get(layers[1]!.id)).toEqual(layers[1])
    expect(catalogue.reviews.get(review.id)).toEqual(review)
    expect(catalogue.reviews.ofPlan(plan.id)).toEqual([review])
  })

  it('names what it cannot find', () => {
    expect(() => catalogue.plans.get(samplePlan().id)).toThrow('catalogue.not-found')
  })

  it('keeps entries and findings of a review, numbers for life', () => {
    const { review } = withReview(catalogue)
    const { commands } = catalogue
    const entry = commands.setEntry(review.id, entryDraft('A04'), REVIEWER).value
    expect(entry).toMatchObject({ item: 'A04', level: 3, by: '林青' })
    expect(catalogue.entries.ofReview(review.id)).toEqual([entry])
    expect(commands.clearEntry(review.id, 'A04', REVIEWER).value).toBe(true)
    expect(commands.clearEntry(review.id, 'A04', REVIEWER)).toEqual({ value: false, opIds: [] })

    const first = commands.addFinding(review.id, findingDraft(), REVIEWER).value
    commands.addFinding(review.id, findingDraft('第二条'), REVIEWER)
    commands.undo(REVIEWER)
    const third = commands.addFinding(review.id, findingDraft('第三条'), REVIEWER).value
    expect([first.number, third.number]).toEqual([1, 3])
    expect(commands.updateFinding(first.id, findingDraft('改写'), REVIEWER).value.text).toBe('改写')
    expect(commands.withdrawFindings([first.id], REVIEWER).value[0]?.withdrawn).toBe(true)
    expect(catalogue.findings.ofReview(review.id).map((finding) => finding.withdrawn)).toEqual([true, false])
  })

  it('wants a reason for an entry', () => {
    const { review } = withReview(catalogue)
    const before = catalogue.history()
    const act = () => catalogue.commands.setEntry(review.id, { ...entryDraft('A04'), reason: ' ' }, REVIEWER)
    expect(act).toThrow('review.reason-required')
    expect(catalogue.history()).toEqual(before)
    expect(catalogue.audit.list(null, 1)[0]).toMatchObject({ action: 'entry.set', result: 'failed' })
  })

  it('keeps the newest version of each measurement, audited and no step of the history', () => {
    const { plan } = withReview(catalogue)
    const before = catalogue.history()
    const a = sampleMeasurement('park-access')
    catalogue.commands.saveMeasurements(plan.id, [a, sampleMeasurement('mix', 0.1)], REVIEWER)
    catalogue.commands.saveMeasurements(
      plan.id,
      [sampleMeasurement('mix', 0.2), sampleMeasurement('park-access', 0.5, 2)],
      REVIEWER,
    )
    expect(catalogue.measurements.ofPlan(plan.id)).toEqual([
      sampleMeasurement('mix', 0.2),
      sampleMeasurement('park-access', 0.5, 2),
    ])
    expect(catalogue.history()).toEqual(before)
    expect(catalogue.audit.list(null, 1)[0]).toMatchObject({ action: 'measurements.saved', object: plan.id, result: 'ok' })
  })

  it('refuses a number that is not finite', () => {
    const { plan } = withReview(catalogue)
    const bad = sampleMeasurement('mix', Number.NaN)
    expect(() => catalogue.commands.saveMeasurements(plan.id, [bad], REVIEWER)).toThrow('finite')
    expect(() => catalogue.commands.addPlan({ ...samplePlan(), population: Infinity }, [], REVIEWER)).toThrow('finite')
  })

  it('remembers exported memos after their review is gone', () => {
    const { plan, review } = withReview(catalogue)
    const hex = 'ab'.repeat(32)
    const memo = catalogue.commands.recordMemo({ reviewId: review.id, format: 'pdf', sha256: hex, seal: hex }, REVIEWER)
    catalogue.commands.removePlan(plan.id, REVIEWER)
    expect(catalogue.memos.ofReview(review.id)).toEqual([memo])
  })

  it('keeps settings, with defaults for the rest', () => {
    expect(catalogue.settings.get()).toEqual({ lang: 'zh', theme: 'system', areaUnit: 'ha', reviewer: '' })
    expect(catalogue.commands.setSettings({ areaUnit: 'mu', reviewer: '林青' }, REVIEWER)).toMatchObject({ areaUnit: 'mu' })
    expect(catalogue.settings.get()).toEqual({ lang: 'zh', theme: 'system', areaUnit: 'mu', reviewer: '林青' })
  })
})

describe('the list of plans', () => {
  it('shows sums of the layers and the latest review', async () => {
    const own = openForTest(tempDir())
    const { plan, review } = withReview(own)
    const summary = () => own.plans.list()[0]
    expect(summary()).toMatchObject({ id: plan.id, layers: 3, features: 36, areaM2: 1234.5, total: null, coverage: null })
    own.reviews.setSummary(review.id, 71.25, 0.62)
    expect(summary()).toMatchObject({ total: 71.25, coverage: 0.62 })
    expect(own.reviews.summary(review.id)).toEqual({ reviewId: review.id, total: 71.25, coverage: 0.62 })
    const draft = { planId: plan.id, checklistId: 'green-low-carbon', checklistVersion: '1.1.0' }
    const later = own.commands.openReview(draft, REVIEWER).value
    own.reviews.setSummary(later.id, null, 0)
    expect(summary()).toMatchObject({ total: null, coverage: 0 })
    await own.close()
  })

  it('is newest first and knows plans without layers', async () => {
    const own = openForTest(tempDir())
    own.commands.addPlan(samplePlan('old'), [], REVIEWER)
    own.commands.addPlan({ ...samplePlan('new'), importedAt: '2026-04-01T00:00:00.000Z' }, [], REVIEWER)
    expect(own.plans.list().map((plan) => [plan.name, plan.layers, plan.areaM2])).toEqual([
      ['new', 0, null],
      ['old', 0, null],
    ])
    await own.close()
  })

  it('keeps how text, numbers and days are shown', () => {
    const chosen = { theme: 'contrast', textSize: 200, digits: 'space', dates: 'iso' } as const
    expect(catalogue.settings.get()).not.toHaveProperty('textSize')
    expect(catalogue.commands.setSettings(chosen, REVIEWER)).toMatchObject(chosen)
    expect(catalogue.settings.get()).toMatchObject(chosen)
  })
})
