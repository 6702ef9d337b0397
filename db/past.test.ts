import { afterAll, describe, expect, it } from 'vitest'
import { entryDraft, findingDraft, openForTest, removeTempDirs, REVIEWER, tempDir, withReview } from './testing/fixtures.ts'

afterAll(removeTempDirs)

/** A clock that a test moves by hand. */
const handClock = (start: string) => {
  let now = Date.parse(start)
  return { clock: () => new Date(now), pass: (days: number) => (now += days * 86_400_000) }
}

describe('the past', () => {
  it('knows every judgement of an item, and brings one back without touching others', async () => {
    const { clock, pass } = handClock('2026-03-02T08:00:00Z')
    const catalogue = openForTest(tempDir(), { clock })
    const { commands, past, entries } = catalogue
    const { review } = withReview(catalogue)
    commands.setEntry(review.id, entryDraft('A04', 1), REVIEWER)
    commands.setEntry(review.id, entryDraft('N07', 2), REVIEWER)
    pass(1)
    commands.setEntry(review.id, entryDraft('A04', 4), REVIEWER)
    pass(1)
    commands.clearEntry(review.id, 'N07', REVIEWER)
    commands.undo(REVIEWER)
    const levels = past.ofItem(review.id, 'A04').map(({ after, by, at }) => [after?.level, by, at.slice(0, 10)])
    expect(levels).toEqual([
      [1, '林青', '2026-03-02'],
      [4, '林青', '2026-03-03'],
    ])
    expect(past.ofItem(review.id, 'N07').map(({ kind, after }) => [kind, after?.level ?? null])).toEqual([
      ['command', 2],
      ['command', null],
      ['undo', 2],
    ])
    commands.restoreDecision(past.ofItem(review.id, 'A04')[0]?.opId ?? '', REVIEWER)
    expect(entries.ofReview(review.id).map(({ item, level }) => [item, level])).toEqual([
      ['A04', 1],
      ['N07', 2],
    ])
    expect(catalogue.history().undo?.en).toBe('Bring back an earlier entry of A04')
    commands.undo(REVIEWER)
    expect(entries.ofReview(review.id)[0]?.level).toBe(4)
    await catalogue.close()
  })

  it('has the entries of any moment', async () => {
    const { clock, pass } = handClock('2026-03-02T08:00:00Z')
    const catalogue = openForTest(tempDir(), { clock })
    const { commands, past } = catalogue
    const { review } = withReview(catalogue)
    commands.setEntry(review.id, entryDraft('A04', 1), REVIEWER)
    pass(2)
    commands.setEntry(review.id, entryDraft('A04', 4), REVIEWER)
    commands.setEntry(review.id, entryDraft('B06', 0), REVIEWER)
    pass(2)
    commands.clearEntry(review.id, 'A04', REVIEWER)
    const at = (day: string) =>
      past.entriesAt(review.id, `2026-03-${day}T12:00:00.000Z`).map(({ item, level }) => `${item} ${level}`)
    expect([at('01'), at('02'), at('04'), at('06')]).toEqual([[], ['A04 1'], ['A04 4', 'B06 0'], ['B06 0']])
    expect(past.entriesAt(review.id, '2100-01-01T00:00:00.000Z')).toEqual(catalogue.entries.ofReview(review.id))
    await catalogue.close()
  })

  it('brings earlier words of a finding back, but neither its status nor a finding that is locked', async () => {
    const catalogue = openForTest(tempDir())
    const { commands, past, findings } = catalogue
    const { review, plan } = withReview(catalogue)
    const { id } = commands.addFinding(review.id, findingDraft('第一稿'), REVIEWER).value
    commands.updateFinding(id, findingDraft('第二稿'), REVIEWER)
    commands.moveFindings([id], 'answered', '', REVIEWER)
    const [first] = past.ofFinding(id)
    commands.restoreDecision(first?.opId ?? '', REVIEWER)
    expect(findings.get(id)).toMatchObject({ text: '第一稿', status: 'answered', number: 1 })
    commands.moveFindings([id], 'resolved', '', REVIEWER)
    commands.moveFindings([id], 'verified', '', REVIEWER)
    expect(() => commands.restoreDecision(first?.opId ?? '', REVIEWER)).toThrow('finding.locked')
    const { opIds } = commands.removePlan(plan.id, REVIEWER)
    expect(() => commands.restoreDecision(opIds.at(-1) ?? '', REVIEWER)).toThrow('history.cannot-restore')
    expect(() => commands.restoreDecision('00000000-0000-4000-8000-000000000000', REVIEWER)).toThrow('catalogue.not-found')
    await catalogue.close()
  })
})
