import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import type { Catalogue } from './catalogue.ts'
import { openForTest, removeTempDirs, REVIEWER, samplePlan, tempDir, withReview } from './testing/fixtures.ts'
import { findLoss } from './testing/oracle.ts'
import { everything, random } from './testing/random-history.ts'

const KILLS = 50
const OPERATIONS = 1000
const CHILD = path.join(import.meta.dirname, 'testing', 'kill-child.ts')

type Child = ChildProcessByStdio<Writable, Readable, null>
const children = new Set<Child>()

afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  removeTempDirs()
})

const start = (dir: string, ...args: string[]): Child => {
  const child = spawn(process.execPath, [CHILD, dir, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

const firstLine = async (child: Child, wanted: string): Promise<void> => {
  for await (const [chunk] of on(child)) if (chunk.includes(wanted)) return
  throw new Error(`the child ended before it said ${wanted}`)
}
async function* on(child: Child): AsyncGenerator<[string]> {
  while (child.exitCode === null && child.signalCode === null) {
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
    yield [chunk.toString()]
  }
}

/** Lets a prepared child edit for `ms` after `least` operations, kills it and returns the operations it had been told are saved. */
async function editThenKill(child: Child, after: 'go' | 'open', ms: number, least = 0): Promise<string[]> {
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const ended = once(child.stdout, 'close')
  child.stdin.write('go\n')
  if (after === 'open') await firstLine(child, 'open')
  while (text.split('\n').length <= least && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 1))
  await new Promise((resolve) => setTimeout(resolve, ms))
  child.kill('SIGKILL')
  await ended
  // A line without its end was cut by the kill: the client never saw it whole.
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n')
  return lines.filter((line) => /^[0-9a-f-]{36}$/.test(line))
}

/** Opens the catalogue as the product would, then asks the oracle. */
async function inspect(dir: string, acknowledged: Iterable<string>): Promise<string[]> {
  const catalogue = openForTest(dir)
  const lost = [...acknowledged].filter((opId) => catalogue.commands.outcomeOf(opId) === 'absent')
  const intact = catalogue.audit.verify().intact
  await catalogue.close()
  const database = new Database(path.join(dir, 'catalogue.sqlite'), { readonly: true })
  const problems = findLoss(database, acknowledged)
  database.close()
  return [...problems, ...lost.map((opId) => `${opId} is absent`), ...(intact ? [] : ['audit log not intact'])]
}

describe('SIGKILL while edits are committed', () => {
  it(`loses no acknowledged edit at ${KILLS} random moments`, { timeout: 120_000 }, async () => {
    const seed = Number(process.env['GREENPRINT_SEED'] ?? Date.now() % 2 ** 31)
    console.log(`kill test: seed ${seed} (GREENPRINT_SEED=${seed} runs it again)`)
    const next = random(seed)
    const acknowledged = new Set<string>()
    const told = { edits: 0, killsAmongEdits: 0 }
    let dir = tempDir()
    let child = start(dir)
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await firstLine(child, 'ready')
      const fresh = kill % 10 === 0 ? tempDir() : dir
      const following = start(fresh)
      // A quarter while the catalogue is being made, opened or recovered; the others among the edits.
      const opIds = await (next() < 0.25 ? editThenKill(child, 'go', next() * 80) : editThenKill(child, 'open', next() * 250))
      for (const opId of opIds) acknowledged.add(opId)
      told.edits += opIds.length
      told.killsAmongEdits += opIds.length > 0 ? 1 : 0
      expect(await inspect(dir, acknowledged), `kill ${kill}, seed ${seed}`).toEqual([])
      if (fresh !== dir) acknowledged.clear()
      dir = fresh
      child = following
    }
    child.kill('SIGKILL')
    console.log(`kill test: ${told.edits} acknowledged operations, ${told.killsAmongEdits} of ${KILLS} kills fell among them`)
    expect(told.killsAmongEdits).toBeGreaterThan(KILLS / 3)
  })

  it(
    `loses nothing acknowledged of a random history of ${OPERATIONS} operations, which is undone and redone as a whole`,
    {
      timeout: 120_000,
    },
    async () => {
      const seed = Number(process.env['GREENPRINT_SEED'] ?? Date.now() % 2 ** 31)
      console.log(`killed history: seed ${seed} (GREENPRINT_SEED=${seed} runs it again)`)
      const next = random(seed)
      const acknowledged = new Set<string>()
      const dir = tempDir()
      let kills = 0
      for (let child = start(dir, 'random', String(seed)); acknowledged.size < OPERATIONS; kills += 1) {
        await firstLine(child, 'ready')
        const following = start(dir, 'random', String(seed + kills + 1))
        for (const opId of await editThenKill(child, 'open', next() * 20, Math.floor(next() * 150))) acknowledged.add(opId)
        expect(await inspect(dir, acknowledged), `kill ${kills + 1}, seed ${seed}`).toEqual([])
        child = following
        if (acknowledged.size >= OPERATIONS) child.kill('SIGKILL')
      }
      const catalogue = openForTest(dir)
      for (; catalogue.history().redo;) catalogue.commands.redo(REVIEWER)
      const end = everything(catalogue)
      let undone = 0
      for (; catalogue.history().undo; undone += 1) catalogue.commands.undo(REVIEWER)
      expect(everything(catalogue)).toEqual({ templates: [], checklists: [], plans: [] })
      for (let n = 0; n < undone; n += 1) catalogue.commands.redo(REVIEWER)
      expect(everything(catalogue)).toEqual(end)
      await catalogue.close()
      console.log(
        `killed history: ${acknowledged.size} acknowledged operations, ${kills} kills, ${undone} steps undone and redone`,
      )
      expect(kills).toBeGreaterThan(2)
    },
  )

  it('would be noticed if an acknowledged edit were missing, doubled or half there', async () => {
    const broken = async (damage: (database: Database.Database, opIds: readonly string[]) => string[]): Promise<string[]> => {
      const dir = tempDir()
      const catalogue: Catalogue = openForTest(dir)
      withReview(catalogue)
      const { opIds } = catalogue.commands.addPlan(samplePlan('second'), [], REVIEWER)
      await catalogue.close()
      const database = new Database(path.join(dir, 'catalogue.sqlite'))
      try {
        return findLoss(database, damage(database, opIds))
      } finally {
        database.close()
      }
    }
    expect(await broken((_, opIds) => [...opIds])).toEqual([])
    const never = '00000000-0000-4000-8000-000000000000'
    expect(await broken(() => [never])).toEqual([`acknowledged operation ${never} is there 0 times`])
    const rest = (sql: string) => broken((database, opIds) => (database.exec(sql), [...opIds]))
    expect(await rest('DROP TRIGGER op_d; DELETE FROM op WHERE seq = (SELECT max(seq) FROM op)')).toContainEqual(
      expect.stringMatching(/is there 0 times/),
    )
    expect(await rest("DROP TRIGGER plans_delete_needs_op; DELETE FROM plans WHERE name = 'second'")).toEqual([
      'plans differ from the operation log',
    ])
    expect(await rest('DROP TRIGGER audit_d; DELETE FROM audit WHERE seq = 2')).toContainEqual(expect.stringMatching(/^audit/))
  })
})

describe('the lock', () => {
  it('refuses a second program and is free at once after kill -9', { timeout: 30_000 }, async () => {
    const dir = tempDir()
    const child = start(dir, 'hold')
    await firstLine(child, 'ready')
    child.stdin.write('go\n')
    await firstLine(child, 'open')
    expect(() => openForTest(dir)).toThrow('catalogue.locked')
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    const catalogue = openForTest(dir)
    expect(catalogue.readOnly).toBeNull()
    await catalogue.close()
  })

  it('refuses a second opener in the same program, and only until the first closes', async () => {
    const dir = tempDir()
    const first = openForTest(dir)
    expect(() => openForTest(dir)).toThrow('catalogue.locked')
    first.commands.setSettings({ lang: 'en' }, REVIEWER)
    await first.close()
    const second = openForTest(dir)
    expect(second.settings.get().lang).toBe('en')
    await second.close()
  })
})
