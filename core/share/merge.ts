import { textOf } from './members.ts'
import { bodyOf, byMaking, foldAll, unionOf } from './fold.ts'
import { assertSameContent } from './same-content.ts'
import { SHARED_ENTITIES, type SharedEntity, type SharedOp } from './operation.ts'
import type { ReceiptPart } from './receipt.ts'
import type { Subject } from './subject.ts'

/** What comes from one file. */
export interface Incoming extends Pick<ReceiptPart, 'fileName' | 'sha256' | 'by' | 'at'> {
  ops: readonly SharedOp[]
}

/** What a merge would come to; nothing is stored yet. */
export interface MergePlan {
  added: SharedOp[]
  parts: ReceiptPart[]
  subjects: Map<string, Subject>
}

/** An operation's content without what its author had seen: of that different packages may know different parts. */
export const textOfOp = ({ parents: _, ...op }: SharedOp): string => textOf(op)

/**
 * Unites what is here with what comes in. Union by id, so the order of files and of merges does not matter, and a second time changes
 * nothing. @throws AppError 'share.operation-differs', 'share.malformed'
 */
export function planMerge(here: readonly SharedOp[], incoming: readonly Incoming[]): MergePlan {
  const known = new Set(here.map(({ id }) => id))
  const union = unionOf([here, ...incoming.map(({ ops }) => ops)], textOfOp)
  assertSameContent([...union.values()])
  const seen = new Set(known)
  const parts = incoming.map(({ ops, ...file }): ReceiptPart => {
    const ids = new Set(ops.map(({ id }) => id))
    const merged = [...ids].filter((id) => !seen.has(id))
    for (const id of merged) seen.add(id)
    const dropped = [...ids].filter((id) => !union.has(id)).length
    return { ...file, in: ids.size, merged: merged.length, already: ids.size - merged.length - dropped, dropped }
  })
  const added = [...union.values()].filter(({ id }) => !known.has(id))
  return { added, parts, subjects: foldAll([...union.values()]) }
}

const rank = (entity: SharedEntity): number => SHARED_ENTITIES.indexOf(entity)

/** Things that are there, what others hang on first; of findings those with an origin first, so that no number is ever there twice. */
export function inMakingOrder(subjects: ReadonlyMap<string, Subject>): Subject[] {
  const origin = ({ value }: Subject): string => (typeof value?.['origin'] === 'string' ? value['origin'] : '')
  return [...subjects.values()]
    .filter((subject) => bodyOf(subject) !== null)
    .toSorted(
      (a, b) =>
        rank(a.entity) - rank(b.entity) ||
        origin(b).length - origin(a).length ||
        (origin(a) < origin(b) ? 1 : origin(a) > origin(b) ? -1 : 0) ||
        byMaking(a, b),
    )
}

/** Things that are not there any more, what hangs on others first. */
export const inRemovalOrder = (subjects: ReadonlyMap<string, Subject>): Subject[] =>
  [...subjects.values()].filter((subject) => bodyOf(subject) === null).toSorted((a, b) => rank(b.entity) - rank(a.entity))
