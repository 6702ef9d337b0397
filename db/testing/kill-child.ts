import fs from 'node:fs'
import { once } from 'node:events'
import type { Committed } from '../commands.ts'
import {
  entryDraft,
  findingDraft,
  optionEdit,
  openForTest,
  REVIEWER,
  sampleLayer,
  sampleMeasurement,
  samplePlan,
  withReview,
} from './fixtures.ts'
import { perform, random } from './random-history.ts'

/** Edits a catalogue until it is killed. Waits for a line on stdin, so that its start-up is not part of what is tested. */
const [, , dir, mode, seed] = process.argv
if (dir === undefined) throw new Error('usage: kill-child.ts DIR [hold | random SEED]')

// Synchronous and unbuffered: what the parent has read was written after the command had returned.
const say = (line: string): void => void fs.writeSync(1, `${line}\n`)
const acknowledge = (done: Committed<unknown>): void => {
  for (const opId of done.opIds) say(opId)
}

say('ready')
await once(process.stdin, 'data')
const catalogue = openForTest(dir)
say('open')
if (mode === 'hold') await once(process.stdin, 'data')
if (mode === 'random') await anything(random(Number(seed)))

const { commands, history } = catalogue
const { review, plan } = catalogue.plans.list().length === 0 ? withReview(catalogue) : pickUp()
for (let n = 0; ; n += 1) {
  acknowledge(commands.setEntry(review.id, entryDraft(`A0${n % 7}`, n % 2 ? 1 : 4), REVIEWER))
  const finding = commands.addFinding(review.id, findingDraft(`意见 ${n}`), REVIEWER)
  acknowledge(finding)
  if (n % 3 === 0) acknowledge(commands.withdrawFindings([finding.value.id], REVIEWER))
  acknowledge(
    commands.moveFindings(
      [commands.addFinding(review.id, findingDraft(`答复 ${n}`), REVIEWER).value.id],
      'answered',
      '',
      REVIEWER,
    ),
  )
  if (n % 4 === 0) {
    const option = commands.addOption(review.id, `方案 ${n}`, null, REVIEWER)
    acknowledge(option)
    acknowledge(commands.editOption(option.value.id, { zh: '改绿地', en: 'To green' }, [optionEdit(n)], REVIEWER))
    acknowledge(commands.removeOption(option.value.id, REVIEWER))
  }
  if (history().undo) acknowledge(commands.undo(REVIEWER))
  if (n % 2 === 0 && history().redo) acknowledge(commands.redo(REVIEWER))
  if (n % 5 === 0) {
    const extra = samplePlan(`plan ${n}`)
    acknowledge(commands.addPlan(extra, [sampleLayer(extra.id, 'green'), sampleLayer(extra.id, 'admin')], REVIEWER))
    acknowledge(commands.removePlan(extra.id, REVIEWER))
  }
  if (n % 7 === 0) commands.saveMeasurements(plan.id, [sampleMeasurement('mix', n)], REVIEWER)
  // Lets the event loop turn, as between two clicks: checkpoints run here.
  if (n % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
}

/** Whatever a person might do, for ever. */
async function anything(next: () => number): Promise<never> {
  if (catalogue.plans.list().length === 0) withReview(catalogue)
  for (let n = 0; ; n += 1) {
    for (const opId of perform(catalogue, next, n)) say(opId)
    if (n % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
}

function pickUp() {
  const first = catalogue.plans.list().findLast((summary) => catalogue.reviews.ofPlan(summary.id).length > 0)
  const [open] = first ? catalogue.reviews.ofPlan(first.id) : []
  if (!first || !open) return withReview(catalogue)
  return { plan: first, review: open }
}
