import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Fault } from './faults.ts'
import type { Verdict } from './judge.ts'
import type { Mutant } from './mutant.ts'
import { Reader, type Budgets } from './reader.ts'

export const BUDGETS: Budgets = { watchdogMs: 10_000, rssMb: 2048, mutantsPerProcess: 200 }

export interface Finding {
  mutant: string
  fault: Fault
  problem: string
  /** Where a copy of the mutant was kept, when the campaign was told to keep them. */
  kept: string | null
}

export interface Tally {
  read: number
  refused: number
  findings: Finding[]
}

export interface CampaignOptions {
  /** Processes at work at the same time. */
  workers: number
  budgets?: Partial<Budgets>
  /** Stops taking new mutants when the time is used up. */
  deadlineMs?: number
  /** Folder for copies of the mutants that found something. */
  keepIn?: string
  /** Adds the format that misbehaves on purpose. */
  control?: boolean
  onJudged?: (format: string, mutant: Mutant, verdict: Verdict) => void
}

/** All files below a folder with their content, to see whether a reader touched any. */
function contents(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    names.map(({ parentPath, name }) => {
      const file = path.join(parentPath, name)
      return [path.relative(folder, file), readFileSync(file).toString('base64')]
    }),
  )
}

function writeFiles(folder: string, mutant: Mutant): void {
  for (const [name, bytes] of mutant.files) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, bytes)
  }
}

/** What is not as it was before the reader came: it may write nowhere but into its staging folder. */
function touched(room: string, before: ReadonlyMap<string, string>): string | undefined {
  const after = contents(room)
  const gone = [...before.keys()].find((name) => !after.has(name))
  const changed = [...after].find(([name, text]) => before.get(name) !== text)?.[0]
  const name = gone ?? changed
  return name === undefined ? undefined : `wrote outside its staging folder: ${name}`
}

async function judgeOne(reader: Reader, room: string, format: string, mutant: Mutant): Promise<Verdict> {
  const folder = path.join(room, 'source')
  writeFiles(folder, mutant)
  const before = contents(room)
  const verdict = await reader.judge(path.join(folder, mutant.open), format)
  const trace = touched(room, before)
  rmSync(room, { recursive: true, force: true })
  return trace === undefined || verdict.kind === 'wrong' ? verdict : { kind: 'wrong', fault: 'write', problem: trace }
}

function keep(mutant: Mutant, keepIn: string | undefined): string | null {
  if (keepIn === undefined) return null
  const folder = path.join(keepIn, mutant.name.replace(/[^\w#.-]+/g, '_').slice(0, 80))
  writeFiles(folder, mutant)
  return path.join(folder, mutant.open)
}

/**
 * Judges mutants in killable processes, in the order given, and tallies what came of them by format. A finding is anything but
 * data or a typed refusal: a signal, a hang, too much memory, an untyped throw, a write, a message nobody can read.
 */
export async function runCampaign(
  mutants: Iterable<{ format: string; mutant: Mutant }>,
  options: CampaignOptions,
): Promise<Map<string, Tally>> {
  const started = performance.now()
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'greenprint-fuzz-')))
  const tallies = new Map<string, Tally>()
  const queue = mutants[Symbol.iterator]()
  const isLate = () => options.deadlineMs !== undefined && performance.now() - started > options.deadlineMs
  const work = async (worker: number): Promise<void> => {
    const reader = new Reader(path.join(root, `staging-${worker}`), { ...BUDGETS, ...options.budgets }, options.control ?? false)
    try {
      for (let next = queue.next(); !next.done && !isLate(); next = queue.next()) {
        const { format, mutant } = next.value
        const verdict = await judgeOne(reader, path.join(root, `room-${worker}`), format, mutant)
        const tally = tallies.get(format) ?? { read: 0, refused: 0, findings: [] }
        tallies.set(format, tally)
        if (verdict.kind === 'wrong') {
          const { fault, problem } = verdict
          tally.findings.push({ mutant: mutant.name, fault, problem, kept: keep(mutant, options.keepIn) })
        } else tally[verdict.kind] += 1
        options.onJudged?.(format, mutant, verdict)
      }
    } finally {
      await reader.stop()
    }
  }
  try {
    await Promise.all(Array.from({ length: options.workers }, (_, worker) => work(worker)))
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  }
  return tallies
}
