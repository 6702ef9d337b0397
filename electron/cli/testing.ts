import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import { progressLine } from './progress.ts'
import type { PlanId } from '#core/model/ids.ts'
import { sharedFolder } from './shared-folder.ts'

const nothing = () => undefined

/** Around a session that a test opens by itself: nobody reads along. */
export const QUIET = {
  lang: 'zh',
  signal: new AbortController().signal,
  progress: progressLine({ write: nothing }, 'zh'),
  say: nothing,
  print: nothing,
} as const

const bundle = process.env['GREENPRINT_TEST_BUNDLE']
if (bundle === undefined) throw new Error('the set-up of the tests makes the command line (build/vitest.global.ts)')

/** The command line as it ships, built from these sources when the tests began. */
export const COMMAND_LINE = path.join(bundle, 'cli.js')

/** What a command came to: its exit code, the one document on stdout, and the words on stderr. */
export interface CliAnswer<T> {
  status: number | null
  document: T
  stderr: string
}

const run = <T>(cwd: string, args: readonly string[]): CliAnswer<T> => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND_LINE, ...args], {
    encoding: 'utf8',
    cwd,
    maxBuffer: 2 ** 28,
  })
  return { status, document: JSON.parse(stdout) as T, stderr }
}

const succeed = <T>(...args: string[]): T => {
  const { status, document, stderr } = run<T>(tmpdir(), args)
  if (status !== 0) throw new Error(`greenprint ${args.join(' ')} ended with ${status}: ${stderr}`)
  return document
}

const PARCELS = ['--parcels', '1000']

/** The sample city of 1,000 parcels as files. */
const city = () => sharedFolder('city', (folder) => succeed('sample', folder, ...PARCELS))
const revision = () => sharedFolder('revision', (folder) => succeed('sample', folder, ...PARCELS, '--revision'))

/** A catalogue that holds that city and nothing else, and beside it what the import said. */
const imported = () =>
  sharedFolder('imported', (folder) => {
    mkdirSync(folder)
    const said = succeed('import', path.join(city(), 'plan.json'), '--catalogue', path.join(folder, 'catalogue'))
    writeFileSync(path.join(folder, 'said.json'), JSON.stringify(said))
  })

/** The same catalogue with its plan measured, for whoever asks for what comes of it. */
const measured = () =>
  sharedFolder('measured', (folder) => {
    cpSync(imported(), folder, { recursive: true })
    succeed('analyse', '--catalogue', path.join(folder, 'catalogue'))
  })

/** Is written again when the catalogue is opened, and large. */
const isBallast = (file: string) => path.basename(file) === 'ballast.bin'

/** A folder of its own for one test file, removed at its end, and the real command line run in it in a process of its own. */
export function cliFolder(name: string) {
  const dir = mkdtempSync(path.join(tmpdir(), `greenprint-${name}-`))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))
  const at = (...names: string[]) => path.join(dir, ...names)
  const copied = (from: string, to: string) => cpSync(from, at(to), { recursive: true, filter: (source) => !isBallast(source) })
  const planFrom = (made: string, to: string): PlanId => {
    copied(path.join(made, 'catalogue'), to)
    return (JSON.parse(readFileSync(path.join(made, 'said.json'), 'utf8')) as { plan: { id: PlanId } }).plan.id
  }
  return {
    dir,
    at,
    greenprint: <T>(...args: string[]): CliAnswer<T> => run<T>(dir, args),
    /** As `greenprint sample FOLDER --parcels 1000` leaves it. */
    sampleCity: (folder: string) => copied(city(), folder),
    /** The same with `--revision`. */
    revisedCity: (folder: string) => copied(revision(), folder),
    /** As `greenprint import city/plan.json --catalogue FOLDER` leaves it; returns the plan's id. */
    importedCity: (folder: string): PlanId => planFrom(imported(), folder),
    /** The same after `greenprint analyse --catalogue FOLDER`. */
    measuredCity: (folder: string): PlanId => planFrom(measured(), folder),
  }
}
