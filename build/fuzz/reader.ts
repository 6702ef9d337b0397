import { fork, type ChildProcess } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Fault } from './faults.ts'
import type { Judged, ToJudge } from './fuzz-child.ts'
import type { Verdict } from './judge.ts'

export interface Budgets {
  /** For one mutant. */
  watchdogMs: number
  /** Resident memory of the process. */
  rssMb: number
  /** A process is ended after so many mutants. */
  mutantsPerProcess: number
}

/** A process starts engines when it first needs them; that is not a hang of the mutant. */
const START_MS = 60_000
const WATCH_EVERY_MS = 50

const entry = path.join(import.meta.dirname, 'fuzz-child.ts')

/** Resident memory of a process, MB, where the system says; the child's own peak is asked after each mutant as well. */
function residentMb(pid: number | undefined): number {
  if (process.platform !== 'linux' || pid === undefined) return 0
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
    return (pages * 4096) / 2 ** 20
  } catch {
    // It has ended: its exit says how.
    return 0
  }
}

/** One process at a time that judges files; it is started anew after so many, and after anything went wrong. */
export class Reader {
  readonly #staging: string
  readonly #budgets: Budgets
  readonly #control: boolean
  #child: ChildProcess | null = null
  #judged = 0

  constructor(staging: string, budgets: Budgets, control: boolean) {
    this.#staging = staging
    this.#budgets = budgets
    this.#control = control
  }

  async judge(file: string, format: string): Promise<Verdict> {
    if (this.#judged >= this.#budgets.mutantsPerProcess) await this.stop()
    const child = this.#child ?? (await this.#start())
    this.#judged += 1
    const verdict = await this.#answer(child, { file, format })
    const isAlive = child.exitCode === null && child.signalCode === null
    if (verdict.kind === 'wrong' || !isAlive) await this.stop()
    return verdict
  }

  async #start(): Promise<ChildProcess> {
    rmSync(this.#staging, { recursive: true, force: true })
    mkdirSync(this.#staging, { recursive: true })
    const child = fork(entry, {
      execArgv: [
        `--max-old-space-size=${this.#budgets.rssMb}`,
        '--permission',
        '--allow-fs-read=*',
        `--allow-fs-write=${this.#staging}`,
        '--allow-addons',
        '--allow-worker',
        '--allow-wasi',
        '--disable-warning=SecurityWarning',
      ],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        TMPDIR: this.#staging,
        TEMP: this.#staging,
        TMP: this.#staging,
        GREENPRINT_FUZZ_CONTROL: this.#control ? '1' : '0',
      },
    })
    this.#child = child
    this.#judged = 0
    let complaint = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-1500)))
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('the fuzzed process did not start')), START_MS)
      child.once('message', () => resolve(clearTimeout(late)))
      child.once('exit', (code) => reject(new Error(`the fuzzed process ended at its start with code ${code}: ${complaint}`)))
    })
    return child
  }

  #answer(child: ChildProcess, asked: ToJudge): Promise<Verdict> {
    const { watchdogMs, rssMb } = this.#budgets
    const wrong = (fault: Fault, problem: string): Verdict => ({ kind: 'wrong', fault, problem })
    return new Promise((resolve) => {
      const started = performance.now()
      const limitMs = this.#judged === 1 ? Math.max(watchdogMs, START_MS / 2) : watchdogMs
      const end = (verdict: Verdict) => {
        clearInterval(watch)
        child.off('message', onMessage)
        child.off('exit', onExit)
        resolve(verdict)
      }
      const onMessage = (message: unknown) => {
        const { verdict, peakMb } = message as Judged
        end(peakMb > rssMb && verdict.kind !== 'wrong' ? wrong('memory', `took ${Math.round(peakMb)} MB`) : verdict)
      }
      const onExit = (code: number | null, signal: string | null) => end(wrong('crash', `ended by ${signal ?? `code ${code}`}`))
      const watch = setInterval(() => {
        if (residentMb(child.pid) > rssMb) end(wrong('memory', `more than ${rssMb} MB`))
        else if (performance.now() - started > limitMs) end(wrong('hang', `no answer within ${limitMs / 1000} s`))
      }, WATCH_EVERY_MS)
      child.on('message', onMessage)
      child.on('exit', onExit)
      child.send(asked)
    })
  }

  async stop(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.kill('SIGKILL')
    })
  }
}
