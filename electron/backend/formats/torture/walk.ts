import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import { inspectPaths } from '../../inspect/inspect.ts'
import { readAll } from '../fixture-writers.ts'

/** Features by layer name; "" is the file itself. */
export type Counts = Readonly<Record<string, number>>

/** What became of a file: read in full, refused with a typed error, or part of a set that another file opens. */
export type Outcome = { kind: 'read'; format: string; counts: Counts } | { kind: 'refused'; code: string } | { kind: 'part' }

/** Every file below a folder, relative and sorted; a geodatabase is one, though it is a folder. */
export function filesOf(folder: string): string[] {
  const found: string[] = []
  const visit = (relative: string): void => {
    for (const entry of readdirSync(path.join(folder, relative), { withFileTypes: true })) {
      const name = relative === '' ? entry.name : `${relative}/${entry.name}`
      if (entry.isDirectory() && !/\.gdb$/i.test(entry.name)) visit(name)
      else found.push(name)
    }
  }
  visit('')
  return found.toSorted()
}

/** Inspects a file as the import process does and reads every feature of it. An untyped failure is thrown with the file's name. */
export async function outcomeOf(folder: string, file: string): Promise<Outcome> {
  const full = path.join(folder, file)
  try {
    const { files } = await inspectPaths([full], path.dirname(full))
    const failure = files.find(({ error }) => error !== null)?.error
    if (failure) return { kind: 'refused', code: failure.code }
    const layers = files.flatMap((one) => one.layers)
    const nameless = layers.flatMap(({ problems }) => problems).find(({ code }) => code === undefined)
    if (nameless) throw new Error(`a note without a code: ${nameless.text.en}`)
    const [first] = layers
    if (files.some(({ sheet }) => sheet !== undefined)) return { kind: 'read', format: 'plan-sheet', counts: { sheets: 1 } }
    if (first === undefined) return { kind: 'part' }
    const isGrid = layers.every(({ kind }) => !['polygon', 'line', 'point', null].includes(kind))
    if (isGrid) return { kind: 'read', format: first.format, counts: { cells: first.features } }
    return { kind: 'read', format: first.format, counts: await countsOf(full) }
  } catch (error) {
    if (error instanceof AppError) return { kind: 'refused', code: error.code }
    throw new Error(`untyped failure: ${file}`, { cause: error })
  }
}

async function countsOf(full: string): Promise<Counts> {
  const counts: Record<string, number> = {}
  for (const { layer, features } of await readAll(full)) {
    const name = layer.layer ?? ''
    counts[name] = (counts[name] ?? 0) + features.length
  }
  return counts
}

/** What GDAL 3.6.2 makes of a file: features by layer (at most the first twelve were noted), or null where it reads nothing. */
export function gdalOpinions(folder: string): Map<string, Counts | null> {
  const found = new Map<string, Record<string, number> | null>()
  for (const line of readFileSync(path.join(folder, 'GDAL_OPINION.tsv'), 'utf8').trim().split('\n').slice(1)) {
    const [file = '', status, layer = '', count = '0'] = line.split('\t')
    if (status === 'ERR') found.set(file, null)
    if (status === 'OK') found.set(file, { ...found.get(file), [layer]: Number(count) })
  }
  return found
}

const sum = (counts: Counts): number => Object.values(counts).reduce((total, count) => total + count, 0)

/** One layer on both sides is the same layer whatever it is called; several are compared by name. */
export function agrees(gdal: Counts | null, ours: Outcome): boolean {
  if (gdal === null || ours.kind !== 'read') return gdal === null && ours.kind !== 'read'
  const [theirs, names] = [Object.entries(gdal), Object.keys(ours.counts)]
  if (theirs.length === 1 && names.length === 1) return sum(gdal) === sum(ours.counts)
  return theirs.every(([name, count]) => ours.counts[name] === count)
}

/** "12", "2 layers, 30", "refused (import.dwg)": an opinion in a table's cell. */
export function inShort(counts: Counts | null): string {
  if (counts === null) return 'not read'
  const layers = Object.keys(counts).length
  return layers === 1 ? String(sum(counts)) : `${layers} layers, ${sum(counts)}`
}

export const outcomeInShort = (outcome: Outcome): string =>
  outcome.kind === 'read' ? inShort(outcome.counts) : outcome.kind === 'part' ? 'part of a set' : `refused (${outcome.code})`
