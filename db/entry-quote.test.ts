import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { entryDraft, openForTest, removeTempDirs, REVIEWER, samplePlan, tempDir } from './testing/fixtures.ts'

afterAll(removeTempDirs)

it("a document's own words are kept with the entry, through undo and a restart", async () => {
  const dir = path.join(tempDir(), 'catalogue')
  const first = openForTest(dir)
  const plan = samplePlan()
  first.commands.addPlan(plan, [], REVIEWER)
  const draft = { planId: plan.id, checklistId: 'green-low-carbon', checklistVersion: '1.1.0' }
  const { id } = first.commands.openReview(draft, REVIEWER).value
  first.commands.setEntry(id, entryDraft('B06', 3), REVIEWER)
  first.commands.setEntry(id, { ...entryDraft('B06', 4), quote: '“五级传导”逐级落实。' }, REVIEWER)
  first.commands.undo(REVIEWER)
  expect(Object.keys(first.entries.ofReview(id)[0] ?? {})).not.toContain('quote')
  first.commands.redo(REVIEWER)
  await first.close()
  const second = openForTest(dir)
  expect(second.entries.ofReview(id)[0]).toMatchObject({ level: 4, quote: '“五级传导”逐级落实。' })
  await second.close()
})
