import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import type { FindingId } from '#core/model/ids.ts'
import { without } from '#core/without.ts'
import { configureWriter } from './pragmas.ts'
import {
  entryDraft,
  findingDraft,
  openForTest,
  optionEdit,
  removeTempDirs,
  REVIEWER,
  samplePlan,
  tempDir,
  withReview,
} from './testing/fixtures.ts'
import { findLoss } from './testing/oracle.ts'
import { attachmentDraft, everything, perform, random } from './testing/random-history.ts'

afterAll(removeTempDirs)

describe('findings', () => {
  it('keep their number over rounds, carry their thread, and are locked when verified', async () => {
    const catalogue = openForTest(tempDir())
    const { commands, records, findings } = catalogue
    const { review, plan } = withReview(catalogue)
    const draft = { ...findingDraft(), reviewPoint: 'M-05', mark: { kind: 'cloud' as const, xyM: [0, 0, 10, 0, 10, 10] } }
    const { id } = commands.addFinding(review.id, draft, REVIEWER).value
    commands.replyToFinding(id, '  已核对图纸 ', REVIEWER)
    commands.moveFindings([id], 'resolved', '', REVIEWER)
    commands.moveFindings([id], 'verified', '', REVIEWER)
    expect(findings.get(id)).toMatchObject({ number: 1, status: 'verified', reviewPoint: 'M-05', mark: draft.mark })
    expect(records.of('remark', id).map(({ text, step }) => [text, step?.to])).toEqual([
      ['已核对图纸', undefined],
      ['', 'resolved'],
      ['', 'verified'],
    ])
    expect(() => commands.updateFinding(id, findingDraft('x'), REVIEWER)).toThrow('finding.locked')
    expect(() => commands.patchFindings([id], { severity: 'note' }, REVIEWER)).toThrow('finding.locked')
    expect(() => commands.moveFindings([id], 'open', ' ', REVIEWER)).toThrow('finding.reason-required')
    const second = commands.openReview(
      { planId: plan.id, checklistId: 'green-low-carbon', checklistVersion: '1.0.0', numbersAfter: 1 },
      REVIEWER,
    ).value
    const old = without(findings.get(id), 'id', 'reviewId')
    const carried = { from: id, firstRound: 1, class: 'moved' as const, overlapShare: 0.4, movedM: 12 }
    commands.carryFindings(second.id, [{ ...old, carried }], REVIEWER)
    expect(commands.addFinding(second.id, findingDraft(), REVIEWER).value.number).toBe(2)
    expect(findings.ofReview(second.id)[0]).toMatchObject({ number: 1, carried })
    await catalogue.close()
  })

  it('change together as one step, or not at all', async () => {
    const catalogue = openForTest(tempDir())
    const { commands, findings } = catalogue
    const { review } = withReview(catalogue)
    const ids = [1, 2, 3].map((n) => commands.addFinding(review.id, findingDraft(`意见 ${n}`), REVIEWER).value.id)
    commands.patchFindings(ids, { severity: 'note', item: null, reviewPoint: 'M-01' }, REVIEWER)
    expect(findings.ofReview(review.id).map(({ severity, item, reviewPoint }) => [severity, item, reviewPoint])).toEqual(
      ids.map(() => ['note', null, 'M-01']),
    )
    commands.undo(REVIEWER)
    expect(findings.ofReview(review.id).map(({ severity }) => severity)).toEqual(['must', 'must', 'must'])
    commands.moveFindings([ids[0] as FindingId], 'answered', '', REVIEWER)
    const before = everything(catalogue)
    expect(() => commands.moveFindings(ids, 'answered', '', REVIEWER)).toThrow('finding.no-such-step')
    expect(everything(catalogue)).toEqual(before)
    await catalogue.close()
  })
})

describe('a panel', () => {
  it('locks what an expert handed in until the lead hands it back', async () => {
    const catalogue = openForTest(tempDir())
    const { commands, reviews } = catalogue
    const { review, plan } = withReview(catalogue)
    const { checklistId, checklistVersion } = review
    const draft = { planId: plan.id, checklistId, checklistVersion, role: 'expert' as const, reviewer: '周岚' }
    const expert = commands.openReview(draft, REVIEWER).value
    expect(expert).toMatchObject({ role: 'expert', reviewer: '周岚' })
    commands.setBlind(review.id, true, REVIEWER)
    expect(reviews.get(review.id).blind).toBe(true)
    const { id } = commands.addFinding(expert.id, findingDraft(), REVIEWER).value
    commands.submitReview(expert.id, REVIEWER)
    const refused = 'review.submitted'
    expect(() => commands.setEntry(expert.id, entryDraft('A04'), REVIEWER)).toThrow(refused)
    expect(() => commands.clearEntry(expert.id, 'A04', REVIEWER)).toThrow(refused)
    expect(() => commands.addFinding(expert.id, findingDraft(), REVIEWER)).toThrow(refused)
    expect(() => commands.replyToFinding(id, '…', REVIEWER)).toThrow(refused)
    expect(() => commands.addAttachment(attachmentDraft(expert.id, 'a'.repeat(64)), REVIEWER)).toThrow(refused)
    commands.reopenReview(expert.id, REVIEWER)
    const entry = {
      ...entryDraft('A04', 2),
      settled: { how: 'median' as const, levels: [{ reviewer: '周岚', level: 3 as const }] },
    }
    commands.setEntry(expert.id, entry, REVIEWER)
    expect(catalogue.entries.ofReview(expert.id)[0]?.settled).toEqual(entry.settled)
    await catalogue.close()
  })
})

describe('rounds', () => {
  it('are counted from the first submission and cannot go in a circle', async () => {
    const catalogue = openForTest(tempDir())
    const plans = ['一', '二', '三'].map(samplePlan)
    for (const plan of plans) catalogue.commands.addPlan(plan, [], REVIEWER)
    const [first, second, third] = plans.map(({ id }) => id) as [never, never, never]
    const setPreviousPlan = (...args: Parameters<typeof catalogue.commands.setPreviousPlan>) =>
      catalogue.commands.setPreviousPlan(...args)
    expect(setPreviousPlan(second, first, REVIEWER).value?.number).toBe(2)
    expect(setPreviousPlan(third, second, REVIEWER).value?.number).toBe(3)
    expect(() => setPreviousPlan(first, third, REVIEWER)).toThrow('round.loop')
    expect(() => setPreviousPlan(first, first, REVIEWER)).toThrow('round.same-plan')
    setPreviousPlan(third, null, REVIEWER)
    expect(catalogue.records.find('round', third)).toBeUndefined()
    await catalogue.close()
  })
})

describe('options and the office', () => {
  it('letters are the first free ones, a copy has the same steps, a published checklist stays', async () => {
    const catalogue = openForTest(tempDir())
    const { commands, records } = catalogue
    const { review } = withReview(catalogue)
    const a = commands.addOption(review.id, '基准', null, REVIEWER).value
    commands.editOption(a.id, { zh: '删除地块', en: 'Delete a parcel' }, [optionEdit(4)], REVIEWER)
    commands.editOption(a.id, { zh: '删除地块', en: 'Delete a parcel' }, [optionEdit(5), optionEdit(6)], REVIEWER)
    const b = commands.addOption(review.id, '加宽廊道', a.id, REVIEWER).value
    expect(b.letter).toBe('B')
    expect(records.of('option_edit', b.id).map(({ edits, position }) => [edits.length, position])).toEqual([
      [1, 1],
      [2, 2],
    ])
    commands.removeOption(a.id, REVIEWER)
    expect(records.of('option_edit', a.id)).toEqual([])
    expect(commands.addOption(review.id, '再来', null, REVIEWER).value.letter).toBe('A')
    commands.undo(REVIEWER)
    commands.undo(REVIEWER)
    expect(records.of('option_edit', a.id).map(({ position }) => position)).toEqual([1, 2])
    await catalogue.close()
  })

  it('attachments that some step can bring back are kept, others are collected at the next start', async () => {
    const dir = tempDir()
    const catalogue = openForTest(dir)
    const { review } = withReview(catalogue)
    const kept = catalogue.commands.addAttachment(attachmentDraft(review.id, 'b'.repeat(64)), REVIEWER).value
    catalogue.commands.removeAttachment(kept.id, REVIEWER)
    const { attachmentsDir } = catalogue.paths
    for (const name of ['b'.repeat(64), 'c'.repeat(64), 'x.tmp']) fs.writeFileSync(path.join(attachmentsDir, name), 'x')
    await catalogue.close()
    const again = openForTest(dir)
    expect(fs.readdirSync(attachmentsDir)).toEqual(['b'.repeat(64)])
    await again.close()
  })
})

const OPERATIONS = 1000

describe('a random history', () => {
  it(
    `of ${OPERATIONS} operations is undone to its start, redone to its end, and the same after every restart`,
    { timeout: 120_000 },
    async () => {
      const seed = Number(process.env['GREENPRINT_SEED'] ?? Date.now() % 2 ** 31)
      console.log(`random history: seed ${seed} (GREENPRINT_SEED=${seed} runs it again)`)
      const next = random(seed)
      const dir = tempDir()
      let catalogue = openForTest(dir)
      const restart = async () => {
        await catalogue.close()
        catalogue = openForTest(dir)
      }
      withReview(catalogue)
      for (let n = 0; n < OPERATIONS; n += 1) perform(catalogue, next, n)
      const end = everything(catalogue)
      await restart()
      expect(everything(catalogue)).toEqual(end)
      let undone = 0
      for (; catalogue.history().undo; undone += 1) catalogue.commands.undo(REVIEWER)
      expect(everything(catalogue)).toEqual({ templates: [], checklists: [], plans: [] })
      await restart()
      for (let n = 0; n < undone; n += 1) catalogue.commands.redo(REVIEWER)
      expect(everything(catalogue)).toEqual(end)
      await restart()
      expect(everything(catalogue)).toEqual(end)
      expect(catalogue.audit.verify().intact).toBe(true)
      await catalogue.close()
      const database = new Database(path.join(dir, 'catalogue.sqlite'))
      configureWriter(database)
      expect(findLoss(database, [])).toEqual([])
      database.close()
    },
  )
})
