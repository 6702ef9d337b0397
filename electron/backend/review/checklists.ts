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

/** Every file in `resources/checklists`, read and checked when first asked: a broken file is named, not skipped. */
export function createChecklists(resourcesDir: string): Checklists {
  const dir = path.join(resourcesDir, 'checklists')
  let known: Checklist[] | undefined
  const list = () =>
    (known ??= readdirSync(dir)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => parseChecklist(JSON.parse(readFileSync(path.join(dir, name), 'utf8')) as unknown, name)))
  const find = (what: string, wanted: (checklist: Checklist) => boolean) => {
    const found = list().find(wanted)
    if (found === undefined) throw new AppError('checklist.unknown', { checklist: what })
    return found
  }
  return {
    list,
    get: (id) => find(id, (checklist) => checklist.id === id),
    version: (id, version) => find(`${id} ${version}`, (checklist) => checklist.id === id && checklist.version === version),
  }
}
