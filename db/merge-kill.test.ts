import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, it } from 'vitest'
import { findingDraft, openForTest, removeTempDirs, REVIEWER, tempDir, withReview } from './testing/fixtures.ts'
import { findLoss } from './testing/oracle.ts'
import { merge, packageOf } from './testing/shared-history.ts'

const KILLS = 50
const FINDINGS = 150
const CHILD = path.join(import.meta.dirname, 'testing', 'merge-kill-child.ts')
const running = new Set<ChildProcess>()

afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  removeTempDirs()
})

/** A child that has opened a catalogue and waits to merge. */
function start(dir: string, packageFile: string) {
  const child = spawn(process.execPath, [CHILD, dir, packageFile], { stdio: ['pipe', 'pipe', 'inherit'] })
  running.add(child)
  let text = ''
  const ended = once(child, 'close').then(() => running.delete(child))
  const heard = (wanted: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const line = text.split('\n').find((one) => one.startsWith(wanted))
        if (line !== undefined) resolve(line)
      }
      child.stdout.on('data', look)
      void ended.then(() => reject(new Error(`the child ended before it said ${wanted}`)))
      look()
    })
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, ended, heard, said: () => text }
}

it(`a merge that is killed at ${KILLS} moments is there whole or not at all`, { timeout: 180_000 }, async () => {
  const base = tempDir()
  const lead = openForTest(base)
  const { plan, review } = withReview(lead)
  const guestDir = tempDir()
  const guest = openForTest(guestDir)
  merge(guest, REVIEWER, packageOf(lead, plan.id))
  for (let n = 0; n < FINDINGS; n += 1) guest.commands.addFinding(review.id, findingDraft(`意见 ${n}`), REVIEWER)
  const packageFile = path.join(guestDir, 'package.json')
  fs.writeFileSync(packageFile, JSON.stringify(packageOf(guest, plan.id)))
  await Promise.all([lead.close(), guest.close()])

  const copy = (): string => {
    const dir = tempDir()
    fs.cpSync(base, dir, { recursive: true })
    return dir
  }
  const whole = start(copy(), packageFile)
  await whole.heard('open')
  whole.child.stdin.write('go\n')
  const tookMs = Number((await whole.heard('merged')).split(' ')[2])
  whole.child.kill('SIGKILL')
  await whole.ended

  const tally = { whole: 0, none: 0 }
  let dir = copy()
  let next = start(dir, packageFile)
  for (let kill = 0; kill < KILLS; kill += 1) {
    const [now, at] = [next, dir]
    await now.heard('open')
    if (kill + 1 < KILLS) {
      dir = copy()
      next = start(dir, packageFile)
    }
    now.child.stdin.write('go\n')
    await new Promise((resolve) => setTimeout(resolve, (tookMs * 1.1 * kill) / KILLS))
    now.child.kill('SIGKILL')
    await now.ended
    const found = await inspect(at, review.id)
    expect(found.problems, `kill ${kill}`).toEqual([])
    expect([0, FINDINGS], `kill ${kill}`).toContain(found.findings)
    expect(found.merged).toBe(found.findings)
    expect(found.receipts).toBe(found.findings === 0 ? 0 : 1)
    // What was told to be merged is there.
    expect(found.findings).toBeGreaterThanOrEqual(now.said().includes('merged') ? FINDINGS : 0)
    tally[found.findings === 0 ? 'none' : 'whole'] += 1
  }
  console.log(
    `merge of ${FINDINGS} findings (${tookMs} ms) killed ${KILLS} times: ${tally.none} × nothing, ${tally.whole} × all of it`,
  )
  expect(tally.none).toBeGreaterThan(5)
})

/** Opens the catalogue as the product would, then asks the oracle. */
async function inspect(dir: string, reviewId: Parameters<ReturnType<typeof openForTest>['findings']['ofReview']>[0]) {
  const catalogue = openForTest(dir)
  const findings = catalogue.findings.ofReview(reviewId).length
  const receipts = catalogue.records.all('merge').length
  const merged = catalogue.records.all('merged_op').length
  const intact = catalogue.audit.verify().intact
  await catalogue.close()
  const database = new Database(path.join(dir, 'catalogue.sqlite'), { readonly: true })
  const problems = findLoss(database, [])
  database.close()
  return { findings, receipts, merged, problems: intact ? problems : [...problems, 'audit log not intact'] }
}
