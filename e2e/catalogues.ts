import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { greenprint } from './command-line.ts'

/**
 * What a journey finds when it starts: nothing; the sample city; the same measured; a small city and its revision; both of those measured;
 * the same with a memo in the library and in the inbox. Each is made once in a run, from the command line, and copied for every journey
 * that wants it.
 */
export type Prepared = 'nothing' | 'city' | 'measured' | 'two' | 'two-measured' | 'shelved'

/** The folder of this run's catalogues: the configuration chooses it, its teardown removes it. */
export function cataloguesOfRun(): string {
  const folder = process.env['GREENPRINT_E2E_CATALOGUES']
  if (folder === undefined) throw new Error('the configuration of the journeys names no folder for catalogues')
  return folder
}

const MOST_WAIT_MS = 240_000
const sleep = (milliseconds: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)

/** Makes a folder once, whichever worker comes first; the others wait for it. */
function madeOnce(name: string, make: (dir: string) => void): string {
  const dir = path.join(cataloguesOfRun(), name)
  mkdirSync(cataloguesOfRun(), { recursive: true })
  if (existsSync(dir)) return dir
  try {
    mkdirSync(`${dir}.making`)
  } catch {
    for (let waited = 0; waited < MOST_WAIT_MS && !existsSync(dir); waited += 100) sleep(100)
    if (!existsSync(dir)) throw new Error(`another worker does not get ready with ${dir}`)
    return dir
  }
  try {
    make(`${dir}.making`)
  } catch (failed) {
    rmSync(`${dir}.making`, { recursive: true, force: true })
    throw failed
  }
  renameSync(`${dir}.making`, dir)
  return dir
}

/** What the host makes anew where it is missing is not copied. */
const isCopied = (from: string) => !['ballast.bin', 'catalogue.lock', 'logs'].includes(path.basename(from))
const copy = (from: string, to: string) => cpSync(from, to, { recursive: true, filter: isCopied })

/** The files of a city as a planning office would hand them in; the revision tells in `edits.json` what it changed. */
export const cityFiles = (version: 'city' | 'first' | 'second'): string =>
  madeOnce(`${version}-files`, (dir) => {
    const more = { city: [], first: ['--parcels', '1200'], second: ['--parcels', '1200', '--revision'] }[version]
    greenprint('sample', dir, ...more)
  })

const MAKERS: Record<Exclude<Prepared, 'nothing'>, (dir: string) => void> = {
  city: (dir) => void greenprint('import', path.join(cityFiles('city'), 'plan.json'), '--catalogue', dir),
  measured(dir) {
    copy(catalogue('city'), dir)
    greenprint('analyse', '--catalogue', dir)
  },
  two(dir) {
    for (const version of ['first', 'second'] as const)
      greenprint('import', path.join(cityFiles(version), 'plan.json'), '--catalogue', dir)
  },
  'two-measured'(dir) {
    for (const version of ['first', 'second'] as const) {
      const { plan } = JSON.parse(greenprint('import', path.join(cityFiles(version), 'plan.json'), '--catalogue', dir)) as {
        plan: { id: string }
      }
      greenprint('analyse', '--catalogue', dir, '--plan', plan.id)
    }
  },
  shelved(dir) {
    copy(catalogue('two-measured'), dir)
    const inbox = madeOnce('inbox', (folder) => {
      greenprint('memo', '--catalogue', dir, '--memo', path.join(folder, 'memo.pdf'))
    })
    greenprint('library', 'add', inbox, '--catalogue', dir)
    greenprint('inbox', 'choose', inbox, '--catalogue', dir)
  },
}

const catalogue = (kind: Exclude<Prepared, 'nothing'>): string => madeOnce(kind, MAKERS[kind])

/** Puts a catalogue of the kind into an empty folder. */
export function prepareCatalogue(kind: Prepared, catalogueDir: string): void {
  if (kind !== 'nothing') copy(catalogue(kind), catalogueDir)
}
