import path from 'node:path'
import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { Catalogue } from './catalogue.ts'
import { configureWriter } from './pragmas.ts'
import {
  entryDraft,
  findingDraft,
  openForTest,
  removeTempDirs,
  REVIEWER,
  sampleLayer,
  sampleMeasurement,
  samplePlan,
  tempDir,
  withReview,
} from './testing/fixtures.ts'
import { findLoss } from './testing/oracle.ts'

afterAll(removeTempDirs)

const raw = <T>(catalogue: Catalogue, ask: (database: Database.Database) => T): T => {
  const database = new Database(path.join(catalogue.dir, 'catalogue.sqlite'))
  configureWriter(database)
  try {
    return ask(database)
  } finally {
    database.close()
  }
}

const stateOf = ({ plans, layers, reviews, entries, findings, measurements }: Catalogue) =>
  plans.list().map((plan) => ({
    plan: plans.get(plan.id),
    summary: plan,
    layers: layers.ofPlan(plan.id),
    measurements: measurements.ofPlan(plan.id),
    reviews: reviews.ofPlan(plan.id).map((review) => ({
      review,
      entries: entries.ofReview(review.id),
      findings: findings.ofReview(review.id),
    })),
  }))

describe('undo and redo', () => {
  it('survive a restart', async () => {
    const dir = tempDir()
    let catalogue = openForTest(dir)
    const { review } = withReview(catalogue)
    catalogue.commands.setEntry(review.id, entryDraft('A04', 3), REVIEWER)
    catalogue.commands.setEntry(review.id, entryDraft('A04', 4), REVIEWER)
    const level = () => catalogue.entries.ofReview(review.id).map((entry) => entry.level)
    const restart = async () => {
      await catalogue.close()
      catalogue = openForTest(dir)
    }
    await restart()
    expect(catalogue.history().undo).toEqual({ zh: 'A04 的等级设为 4', en: 'Level of A04 set to 4' })
    catalogue.commands.undo(REVIEWER)
    expect(level()).toEqual([3])
    await restart()
    expect(catalogue.history().redo).toEqual({ zh: 'A04 的等级设为 4', en: 'Level of A04 set to 4' })
    expect(catalogue.history().steps.map((step) => step.undone)).toEqual([true, false, false, false])
    catalogue.commands.redo(REVIEWER)
    expect(level()).toEqual([4])
    await restart()
    catalogue.commands.undo(REVIEWER)
    catalogue.commands.undo(REVIEWER)
    expect(level()).toEqual([])
    await catalogue.close()
  })

  it('drop the redo branch at a new command', async () => {
    const catalogue = openForTest(tempDir())
    const { review } = withReview(catalogue)
    catalogue.commands.setEntry(review.id, entryDraft('A04', 3), REVIEWER)
    catalogue.commands.undo(REVIEWER)
    catalogue.commands.setEntry(review.id, entryDraft('N07', 1), REVIEWER)
    expect(catalogue.history().redo).toBeNull()
    expect(() => catalogue.commands.redo(REVIEWER)).toThrow('history.nothing-to-redo')
    expect(catalogue.history().steps.map((step) => step.undone)).toEqual([false, true, false, false])
    for (let n = 0; n < 3; n += 1) catalogue.commands.undo(REVIEWER)
    expect(() => catalogue.commands.undo(REVIEWER)).toThrow('history.nothing-to-undo')
    expect(catalogue.plans.list()).toEqual([])
    await catalogue.close()
  })

  it('bring a removed plan back with everything on it', async () => {
    const catalogue = openForTest(tempDir())
    const { plan, review } = withReview(catalogue)
    catalogue.commands.setEntry(review.id, entryDraft('A04'), REVIEWER)
    catalogue.commands.addFinding(review.id, findingDraft(), REVIEWER)
    catalogue.commands.saveMeasurements(plan.id, [sampleMeasurement('mix'), sampleMeasurement('a/b@c', 2)], REVIEWER)
    catalogue.reviews.setSummary(review.id, 50, 0.5)
    const before = stateOf(catalogue)
    catalogue.commands.removePlan(plan.id, REVIEWER)
    expect(stateOf(catalogue)).toEqual([])
    for (let turn = 0; turn < 2; turn += 1) {
      catalogue.commands.undo(REVIEWER)
      expect(stateOf(catalogue)).toEqual(before)
      catalogue.commands.redo(REVIEWER)
      expect(stateOf(catalogue)).toEqual([])
    }
    await catalogue.close()
  })

  it('take measurements made after an import along, and bring them back', async () => {
    const catalogue = openForTest(tempDir())
    const plan = samplePlan()
    catalogue.commands.addPlan(plan, [sampleLayer(plan.id, 'green')], REVIEWER)
    catalogue.commands.saveMeasurements(plan.id, [sampleMeasurement('mix', 0.1)], REVIEWER)
    catalogue.commands.undo(REVIEWER)
    expect(catalogue.measurements.ofPlan(plan.id)).toEqual([])
    catalogue.commands.redo(REVIEWER)
    expect(catalogue.measurements.ofPlan(plan.id)).toEqual([sampleMeasurement('mix', 0.1)])
    catalogue.commands.saveMeasurements(plan.id, [sampleMeasurement('mix', 0.9)], REVIEWER)
    catalogue.commands.undo(REVIEWER)
    catalogue.commands.redo(REVIEWER)
    expect(catalogue.measurements.ofPlan(plan.id)).toEqual([sampleMeasurement('mix', 0.9)])
    await catalogue.close()
  })

  it('refuse to overwrite what is not as the step left it', async () => {
    const catalogue = openForTest(tempDir())
    const { review } = withReview(catalogue)
    catalogue.commands.setEntry(review.id, entryDraft('A04', 3), REVIEWER)
    raw(catalogue, (database) =>
      database.exec(`DROP TRIGGER item_entries_update_needs_op; UPDATE item_entries SET reason = 'changed behind our back'`),
    )
    expect(() => catalogue.commands.undo(REVIEWER)).toThrow('history.conflict')
    expect(catalogue.entries.ofReview(review.id)).toHaveLength(1)
    await catalogue.close()
  })

  it('always lead back to the state of every step (any sequence of commands)', () => {
    const steps = fc.array(fc.constantFrom('entry', 'finding', 'withdraw', 'clear', 'plan', 'remove', 'undo', 'redo'), {
      maxLength: 25,
    })
    return fc.assert(
      fc.asyncProperty(steps, async (acts) => {
        const catalogue = openForTest(tempDir())
        const { commands, history } = catalogue
        const { review } = withReview(catalogue)
        for (const [n, act] of acts.entries()) perform(catalogue, act, n, review.id)
        expect(raw(catalogue, (database) => findLoss(database, []))).toEqual([])
        const states = [stateOf(catalogue)]
        while (history().undo) {
          commands.undo(REVIEWER)
          states.push(stateOf(catalogue))
        }
        expect(states.at(-1)).toEqual([])
        for (const state of states.toReversed().slice(1)) {
          commands.redo(REVIEWER)
          expect(stateOf(catalogue)).toEqual(state)
        }
        expect(raw(catalogue, (database) => findLoss(database, []))).toEqual([])
        expect(catalogue.audit.verify().intact).toBe(true)
        await catalogue.close()
      }),
      { numRuns: 12 },
    )
  })
})

function perform(
  { commands, findings, plans, reviews, history }: Catalogue,
  act: string,
  n: number,
  reviewId: ReturnType<typeof withReview>['review']['id'],
): void {
  const here = reviews.find(reviewId) !== undefined
  const finding = findings.ofReview(reviewId).at(-1)
  const plan = plans.list().at(-1)
  if (act === 'entry' && here) commands.setEntry(reviewId, entryDraft(`A0${n % 4}`, n % 2 ? 1 : 4), REVIEWER)
  if (act === 'clear' && here) commands.clearEntry(reviewId, `A0${n % 4}`, REVIEWER)
  if (act === 'finding' && here) commands.addFinding(reviewId, findingDraft(), REVIEWER)
  if (act === 'withdraw' && finding) commands.withdrawFindings([finding.id], REVIEWER)
  if (act === 'plan') commands.addPlan(samplePlan(`plan ${n}`), [], REVIEWER)
  if (act === 'remove' && plan) commands.removePlan(plan.id, REVIEWER)
  if (act === 'undo' && history().undo) commands.undo(REVIEWER)
  if (act === 'redo' && history().redo) commands.redo(REVIEWER)
}

describe('the operation log', () => {
  it('knows what was committed, and groups one command', async () => {
    const catalogue = openForTest(tempDir())
    const plan = samplePlan()
    const { opIds } = catalogue.commands.addPlan(plan, [sampleLayer(plan.id, 'green')], REVIEWER)
    expect(opIds).toHaveLength(2)
    expect(opIds.map(catalogue.commands.outcomeOf)).toEqual(['committed', 'committed'])
    expect(catalogue.commands.outcomeOf('00000000-0000-4000-8000-000000000000')).toBe('absent')
    expect(catalogue.history().steps).toHaveLength(1)
    await catalogue.close()
  })

  it('refuses a change of state without an operation, and an operation without its change', async () => {
    const catalogue = openForTest(tempDir())
    const { plan } = withReview(catalogue)
    raw(catalogue, (database) => {
      expect(() => database.prepare('UPDATE plans SET name = ?').run('x')).toThrow('no operation recorded for plans')
      expect(() => database.prepare('DELETE FROM layers').run()).toThrow('no operation recorded for layers')
      expect(() => database.prepare('INSERT OR REPLACE INTO plans SELECT * FROM plans').run()).toThrow('no operation recorded')
      expect(() => database.prepare('UPDATE op SET actor = ?').run('x')).toThrow('append-only')
      expect(() => database.prepare('DELETE FROM op_txn').run()).toThrow('append-only')
    })
    const title = { zh: '试验', en: 'Trial' }
    catalogue.commands.run(title, REVIEWER, (changes) => changes.put('plan', { ...plan, name: 'renamed' }))
    expect(catalogue.plans.get(plan.id).name).toBe('renamed')
    await catalogue.close()
  })

  it('writes nothing when everything is so already', async () => {
    const catalogue = openForTest(tempDir())
    const { plan } = withReview(catalogue)
    const before = { history: catalogue.history(), head: catalogue.audit.head() }
    expect(catalogue.commands.run({ zh: '无', en: 'None' }, REVIEWER, (c) => c.put('plan', plan)).opIds).toEqual([])
    expect({ history: catalogue.history(), head: catalogue.audit.head() }).toEqual(before)
    await catalogue.close()
  })

  it('keeps order under any clock', async () => {
    const times = ['2026-03-02T08:00:00Z', '2036-03-02T08:00:00Z', '1970-01-01T00:00:00Z', '2038-01-19T03:14:08Z']
    let n = 0
    const catalogue = openForTest(tempDir(), { clock: () => new Date(times[(n += 1) % times.length]!) })
    const { review } = withReview(catalogue)
    for (const level of [0, 1, 2, 3, 4] as const) catalogue.commands.setEntry(review.id, entryDraft('A04', level), REVIEWER)
    for (const expected of [3, 2, 1, 0]) {
      catalogue.commands.undo(REVIEWER)
      expect(catalogue.entries.ofReview(review.id)[0]?.level).toBe(expected)
    }
    expect(catalogue.audit.verify().intact).toBe(true)
    expect(catalogue.audit.list(null).some((entry) => entry.action === 'clock.jumped')).toBe(true)
    await catalogue.close()
  })
})
