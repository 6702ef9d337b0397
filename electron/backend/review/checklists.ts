import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseChecklist } from '#core/checklist/load.ts'
import type { Checklist } from '#core/checklist/schema.ts'
import { AppError } from '#core/errors.ts'

export interface Checklists {
  list(): Checklist[]
  /** @throws AppError 'checklist.unknown' */
  get(id: string): Checklist
  /** The very version that a review was started with. @throws AppError 'checklist.unknown' */
  version(id: string, version: string): Checklist
}

const read = (dir: string): Checklist[] =>
  readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => parseChecklist(JSON.parse(readFileSync(path.join(dir, name), 'utf8')) as unknown, name))

/**
 * Every file in `resources/checklists`, read and checked when first asked: a broken file is named, not skipped. Versions that an
 * earlier release shipped stay in `earlier/`: nothing new is started with them, but reviews that were still open and verify.
 */
export function createChecklists(resourcesDir: string): Checklists {
  const dir = path.join(resourcesDir, 'checklists')
  let known: Checklist[] | undefined
  let earlier: Checklist[] | undefined
  const list = () => (known ??= read(dir))
  const all = () => [...list(), ...(earlier ??= read(path.join(dir, 'earlier')))]
  const find = (what: string, wanted: (checklist: Checklist) => boolean, among = list()) => {
    const found = among.find(wanted)
    if (found === undefined) throw new AppError('checklist.unknown', { checklist: what })
    return found
  }
  return {
    list,
    get: (id) => find(id, (checklist) => checklist.id === id),
    version: (id, version) =>
      find(`${id} ${version}`, (checklist) => checklist.id === id && checklist.version === version, all()),
  }
}
