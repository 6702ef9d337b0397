import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { Actor } from './actor.ts'
import type { Catalogue } from './catalogue.ts'
import { entryDraft, findingDraft, openForTest, removeTempDirs, tempDir, withReview } from './testing/fixtures.ts'
import { act, merge, packageOf, visible } from './testing/shared-history.ts'

afterAll(removeTempDirs)

const LEAD: Actor = { name: '林青', office: '总体规划科' }
const GUEST: Actor = { name: '周岚', office: '' }

/** A lead's catalogue with a plan and a review, and a guest's that received them. */
function two() {
  const [lead, guest] = [openForTest(tempDir()), openForTest(tempDir())]
  const { plan, review } = withReview(lead)
  merge(guest, GUEST, packageOf(lead, plan.id))
  return { lead, guest, plan, review, close: () => Promise.all([lead.close(), guest.close()]) }
}

/** As the log alone would have it, and sound. */
const sound = (catalogue: Catalogue) => {
  expect(catalogue.audit.verify()).toMatchObject({ intact: true })
}

describe('a review that travels', () => {
  it('is the same in the other office, and merging it again changes nothing', async () => {
    const { lead, guest, plan, close } = two()
    expect(visible(guest, plan.id)).toEqual(visible(lead, plan.id))
    const steps = guest.history().steps.length
    const again = merge(guest, GUEST, packageOf(lead, plan.id), packageOf(guest, plan.id))
    expect(again.opIds).toEqual([])
    expect(again.value).toMatchObject({ in: 10, merged: 0, already: 10, dropped: 0, conflicts: 0 })
    expect(guest.history().steps).toHaveLength(steps)
    sound(guest)
    await close()
  })

  it('comes back with what the guest wrote; two findings with one number both keep it, and one says whose it is', async () => {
    const { lead, guest, plan, review, close } = two()
    guest.commands.addFinding(review.id, findingDraft('客队先提'), GUEST)
    guest.commands.addFinding(review.id, findingDraft('客队再提'), GUEST)
    lead.commands.addFinding(review.id, findingDraft('本队所提'), LEAD)
    const { value } = merge(lead, LEAD, packageOf(guest, plan.id))
    expect(value).toMatchObject({
      merged: 2,
      dropped: 0,
      conflicts: 0,
      changed: { finding: { made: 2, changed: 0, removed: 0 } },
    })
    const names = (catalogue: Catalogue) =>
      catalogue.findings.ofReview(review.id).map(({ number, origin, text }) => [number, origin, text])
    expect(names(lead)).toEqual([
      [1, undefined, '本队所提'],
      [1, '周岚', '客队先提'],
      [2, undefined, '客队再提'],
    ])
    // The next number is nobody's.
    expect(lead.commands.addFinding(review.id, findingDraft(), LEAD).value.number).toBe(3)
    lead.commands.undo(LEAD)
    merge(guest, GUEST, packageOf(lead, plan.id))
    expect(names(guest)).toEqual(names(lead))
    expect(lead.records.all('merge')).toHaveLength(1)
    await close()
  })

  it('keeps two different judgements side by side until somebody chooses, and undo brings the conflict back', async () => {
    const { lead, guest, plan, review, close } = two()
    lead.commands.setEntry(review.id, entryDraft('A04', 1), LEAD)
    guest.commands.setEntry(review.id, entryDraft('A04', 4), GUEST)
    guest.commands.setEntry(review.id, entryDraft('A05', 2), GUEST)
    expect(merge(lead, LEAD, packageOf(guest, plan.id)).value.conflicts).toBe(1)
    const [conflict] = lead.shared.conflicts([plan.id])
    expect(conflict?.sides.map(({ by, value }) => [by, (value as { level: number }).level])).toEqual([
      ['周岚', 4],
      ['林青', 1],
    ])
    expect(lead.entries.find(review.id, 'A04')?.level).toBe(4)
    const mine = conflict?.sides[1]?.opId ?? ''
    lead.commands.resolveConflict(plan.id, conflict?.id ?? '', mine, LEAD)
    expect(lead.entries.find(review.id, 'A04')?.level).toBe(1)
    expect(lead.shared.conflicts([plan.id])).toEqual([])
    expect(lead.history().undo?.en).toContain('Settle a conflict')
    lead.commands.undo(LEAD)
    expect(lead.shared.conflicts([plan.id])).toEqual([conflict])
    lead.commands.redo(LEAD)
    merge(guest, GUEST, packageOf(lead, plan.id))
    expect(visible(guest, plan.id)).toEqual(visible(lead, plan.id))
    expect(() => lead.commands.resolveConflict(plan.id, conflict?.id ?? '', mine, LEAD)).toThrow('share.no-such-conflict')
    sound(lead)
    await close()
  })

  it('is undone whole as one step, and can be merged again', async () => {
    const { lead, guest, plan, review, close } = two()
    for (const n of [1, 2, 3]) guest.commands.addFinding(review.id, findingDraft(`意见 ${n}`), GUEST)
    lead.commands.addFinding(review.id, findingDraft('本队所提'), LEAD)
    const before = visible(lead, plan.id)
    merge(lead, LEAD, packageOf(guest, plan.id))
    const after = visible(lead, plan.id)
    lead.commands.undo(LEAD)
    expect(visible(lead, plan.id)).toEqual(before)
    expect(lead.records.all('merge')).toEqual([])
    expect(merge(lead, LEAD, packageOf(guest, plan.id)).value).toMatchObject({ merged: 3, dropped: 0 })
    expect(visible(lead, plan.id)).toEqual(after)
    // The guest never had the lead's plan before: undo takes all of it away.
    while (guest.history().undo) guest.commands.undo(GUEST)
    expect(guest.plans.list()).toEqual([])
    while (guest.history().redo) guest.commands.redo(GUEST)
    expect(guest.findings.ofReview(review.id)).toHaveLength(3)
    sound(lead)
    await close()
  })

  it('comes back after the plan was taken out of a catalogue; what somebody still writes into is not removed unasked', async () => {
    const { lead, guest, plan, review, close } = two()
    const draft = { planId: plan.id, checklistId: 'green-low-carbon', checklistVersion: '1.0.0', role: 'expert' as const }
    const expert = lead.commands.openReview({ ...draft, reviewer: '许诚' }, LEAD).value
    lead.commands.addFinding(expert.id, findingDraft('许诚所提'), LEAD)
    merge(guest, GUEST, packageOf(lead, plan.id))
    guest.commands.addFinding(expert.id, findingDraft('周岚所提'), GUEST)
    lead.commands.removeReview(expert.id, LEAD)
    expect(merge(lead, LEAD, packageOf(guest, plan.id)).value.conflicts).toBeGreaterThan(0)
    expect(lead.findings.ofReview(expert.id).map(({ text }) => text)).toEqual(['许诚所提', '周岚所提'])
    const conflict = lead.shared.conflicts([plan.id]).find(({ entity, member }) => entity === 'review' && member === 'exists')
    const gone = conflict?.sides.find(({ value }) => value === undefined)
    lead.commands.resolveConflict(plan.id, conflict?.id ?? '', gone?.opId ?? '', LEAD)
    expect(lead.reviews.find(expert.id)).toBeUndefined()
    merge(guest, GUEST, packageOf(lead, plan.id))
    expect(visible(guest, plan.id)).toEqual(visible(lead, plan.id))
    guest.commands.removePlan(plan.id, GUEST)
    merge(guest, GUEST, packageOf(lead, plan.id))
    expect(visible(guest, plan.id)).toEqual(visible(lead, plan.id))
    expect(review.id).toBe(guest.reviews.ofPlan(plan.id)[0]?.id)
    await close()
  })

  it('refuses an operation that says something else under a known id, and leaves everything as it was', async () => {
    const { lead, guest, plan, review, close } = two()
    lead.commands.addFinding(review.id, findingDraft('原话'), LEAD)
    const { ops, ...file } = packageOf(lead, plan.id)
    merge(guest, GUEST, packageOf(lead, plan.id))
    const before = visible(guest, plan.id)
    const forged = ops.map((op) => (op.entity === 'finding' ? { ...op, after: { ...op.after, text: '伪造' } } : op))
    expect(() => merge(guest, GUEST, { ...file, ops: forged })).toThrow('share.operation-differs')
    expect(visible(guest, plan.id)).toEqual(before)
    await close()
  })
})

describe('random histories of three offices', () => {
  const office = fc.integer({ min: 0, max: 2 })
  const event = fc.oneof(
    { weight: 8, arbitrary: fc.record({ at: office, seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }) }) },
    { weight: 2, arbitrary: fc.record({ at: office, from: office }) },
  )
  const random = (seed: number) => () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed / 2 ** 32
  }
  const runs = Number(process.env['GREENPRINT_MERGE_RUNS'] ?? 10)

  it(
    `meet in one state whatever the order, drop nothing, and stay as the log says (${runs} histories)`,
    { timeout: 300_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 45 }), async (events) => {
          const dirs = [0, 1, 2].map(() => tempDir())
          const offices = dirs.map((dir) => openForTest(dir))
          const actors: Actor[] = [LEAD, GUEST, { name: '许诚', office: '生态科' }]
          const [first, second, third] = offices as [Catalogue, Catalogue, Catalogue]
          const { plan } = withReview(first)
          for (const [at, other] of [second, third].entries()) merge(other, actors[at + 1] as Actor, packageOf(first, plan.id))
          const receipts: number[] = []
          for (const one of events) {
            const catalogue = offices[one.at] as Catalogue
            const actor = actors[one.at] as Actor
            if ('seed' in one) act(catalogue, plan.id, actor, random(one.seed))
            else {
              const { value } = merge(catalogue, actor, packageOf(offices[one.from] as Catalogue, plan.id))
              receipts.push(value.dropped, value.in - value.merged - value.already)
            }
            expect(unlikeTheLog(catalogue, plan.id)).toEqual([])
          }
          expect(receipts.filter((n) => n !== 0)).toEqual([])
          // All to all, each in another order and in other parts.
          const packages = offices.map((catalogue) => packageOf(catalogue, plan.id))
          const [a, b, c] = packages as [(typeof packages)[0], (typeof packages)[0], (typeof packages)[0]]
          merge(first, LEAD, c, b)
          merge(second, GUEST, a)
          merge(second, GUEST, c)
          merge(third, LEAD, packageOf(second, plan.id))
          const states = offices.map((catalogue) => visible(catalogue, plan.id))
          expect(states[1]).toEqual(states[0])
          expect(states[2]).toEqual(states[0])
          expect(merge(first, LEAD, packageOf(third, plan.id), packageOf(first, plan.id)).opIds).toEqual([])
          const ids = offices.map((catalogue) => new Set(packageOf(catalogue, plan.id).ops.map(({ id }) => id)))
          for (const { ops } of packages) for (const { id } of ops) expect(ids.every((set) => set.has(id))).toBe(true)
          for (const catalogue of offices) sound(catalogue)
          await Promise.all(offices.map((catalogue) => catalogue.close()))
        }),
        { numRuns: runs },
      )
    },
  )
})

/** Things whose state is not what the set of operations comes to. */
function unlikeTheLog(catalogue: Catalogue, planId: string): string[] {
  const before = visible(catalogue, planId)
  const { opIds } = merge(catalogue, LEAD, packageOf(catalogue, planId))
  return opIds.length === 0 ? [] : [JSON.stringify({ before, after: visible(catalogue, planId) })]
}
