import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseChecklist } from '#core/checklist/load.ts'
import type { Checklist } from '#core/checklist/schema.ts'
import type { ChecklistVersion } from '#core/contract/office-procedures.ts'
import { AppError } from '#core/errors.ts'

export interface Checklists {
  /** The current version of each. */
  list(): Checklist[]
  /** The current version. @throws AppError 'checklist.unknown' */
  get(id: string): Checklist
  /** The very version that a review was started with. @throws AppError 'checklist.unknown' */
  version(id: string, version: string): Checklist
  /** The same, or undefined where it is not known here. */
  find(id: string, version: string): Checklist | undefined
  /** Every version of one checklist, the current one first. @throws AppError 'checklist.unknown' */
  versions(id: string): ChecklistVersion[]
}

const read = (dir: string): Checklist[] =>
  readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => parseChecklist(JSON.parse(readFileSync(path.join(dir, name), 'utf8')) as unknown, name))

/**
 * Every file in `resources/checklists`, read and checked when first asked: a broken file is named, not skipped. Versions that an
 * earlier release shipped stay in `earlier/`: nothing new is started with them, but reviews that were still open and verify.
 * @param received versions that came with reviews from elsewhere: those reviews are judged by them, nothing new is started with them
 * @param published what the office published, the first first; its last version of a checklist is the current one
 */
export function createChecklists(
  resourcesDir: string,
  published: () => readonly Checklist[] = () => [],
  received: () => readonly Checklist[] = () => [],
): Checklists {
  const dir = path.join(resourcesDir, 'checklists')
  let known: Checklist[] | undefined
  let before: Checklist[] | undefined
  const shipped = () => (known ??= read(dir))
  const earlier = () => (before ??= read(path.join(dir, 'earlier')))

  const list = (): Checklist[] => {
    const current = new Map(shipped().map((checklist) => [checklist.id, checklist]))
    for (const checklist of published()) current.set(checklist.id, checklist)
    return [...current.values()]
  }
  /** The current one first, then what the office published, the last first, then what was shipped. */
  const all = (): { checklist: Checklist; origin: 'shipped' | 'office' }[] => [
    ...published()
      .map((checklist) => ({ checklist, origin: 'office' as const }))
      .toReversed(),
    ...[...shipped(), ...earlier()].map((checklist) => ({ checklist, origin: 'shipped' as const })),
    ...received().map((checklist) => ({ checklist, origin: 'office' as const })),
  ]
  const found = (checklist: Checklist | undefined, what: string): Checklist => {
    if (checklist === undefined) throw new AppError('checklist.unknown', { checklist: what })
    return checklist
  }
  const find = (id: string, version: string) =>
    all().find(({ checklist }) => checklist.id === id && checklist.version === version)?.checklist
  const get = (id: string) =>
    found(
      list().find((checklist) => checklist.id === id),
      id,
    )
  return {
    list,
    get,
    version: (id, version) => found(find(id, version), `${id} ${version}`),
    find,
    versions(id) {
      const current = get(id)
      return all()
        .filter(({ checklist }) => checklist.id === id)
        .map(({ checklist: { version, title, items }, origin }) => ({
          version,
          title,
          origin,
          items: items.length,
          isCurrent: version === current.version,
        }))
    },
  }
}
