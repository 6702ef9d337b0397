import { AppError } from '../errors.ts'
import { compareOps, subjectKey, subjectOf, type Body, type SharedOp } from './operation.ts'
import { numberedOnce } from './numbers.ts'
import { foldSubject, type Subject } from './subject.ts'

/** What a thing hangs on: it cannot be there without. */
const PARENTS: Record<Subject['entity'], { entity: Subject['entity']; member: string } | null> = {
  plan: null,
  layer: { entity: 'plan', member: 'planId' },
  round: { entity: 'plan', member: 'planId' },
  review: { entity: 'plan', member: 'planId' },
  item_entry: { entity: 'review', member: 'reviewId' },
  finding: { entity: 'review', member: 'reviewId' },
  attachment: { entity: 'review', member: 'reviewId' },
  option: { entity: 'review', member: 'reviewId' },
  remark: { entity: 'finding', member: 'findingId' },
  option_edit: { entity: 'option', member: 'optionId' },
}

/**
 * Whether an operation stands: it was not taken back, or what took it back was itself taken back.
 * @throws AppError 'share.malformed' when operations take each other back in a circle
 */
export function standing(ops: readonly SharedOp[]): (op: SharedOp) => boolean {
  const byId = new Map(ops.map((op) => [op.id, op]))
  // What claims to take back something else than an operation on its own subject takes back nothing.
  const takenBackBy = Map.groupBy(
    ops.filter((op) => op.undoOf !== null && isAboutTheSame(op, byId.get(op.undoOf))),
    ({ undoOf }) => undoOf,
  )
  const known = new Map<string, boolean>()
  // Undo of undo of undo can be a long chain: walked without recursion, the last step first.
  return (op) => {
    const path: SharedOp[] = [op]
    const onPath = new Set([op.id])
    while (path.length > 0) {
      const at = path.at(-1) as SharedOp
      const undoers = takenBackBy.get(at.id) ?? []
      const open = undoers.find(({ id }) => !known.has(id))
      if (open === undefined) {
        known.set(at.id, !undoers.some(({ id }) => known.get(id)))
        path.pop()
      } else {
        if (onPath.has(open.id))
          throw new AppError('share.malformed', {
            where: 'operations.jsonl',
            problem: 'operations take each other back in a circle',
          })
        onPath.add(open.id)
        path.push(open)
      }
    }
    return known.get(op.id) ?? true
  }
}

const isAboutTheSame = (op: SharedOp, other: SharedOp | undefined): boolean =>
  other !== undefined && op.entity === other.entity && op.entityId === other.entityId

/** The state that a set of operations comes to, by `subjectKey`. The order of the operations does not matter. */
export function foldAll(ops: readonly SharedOp[]): Map<string, Subject> {
  const groups = Map.groupBy(ops, (op) => subjectKey(subjectOf(op)))
  const stands = standing(ops)
  // Asked of all of them, so that a circle is found wherever it is.
  for (const op of ops) stands(op)
  const overruled = new Set<string>()
  const fold = (key: string, list: readonly SharedOp[]): [string, Subject] => {
    const { entity, entityId } = subjectOf(list[0] as SharedOp)
    return [key, foldSubject(entity as Subject['entity'], entityId, list, stands, overruled)]
  }
  let subjects = new Map([...groups].map(([key, list]) => fold(key, list)))
  // Where somebody removed what another was still writing into, the removal waits for a person; what went with it comes back too.
  while (overrule(subjects, overruled)) subjects = new Map([...groups].map(([key, list]) => fold(key, list)))
  for (const subject of subjects.values())
    if (!hasGround(subjects, subject)) Object.assign(subject, { isThere: false, conflicts: [] })
  numberedOnce(subjects)
  return subjects
}

const parentOf = (subjects: ReadonlyMap<string, Subject>, { entity, value }: Subject): Subject | null | undefined => {
  const parent = PARENTS[entity]
  return parent && subjects.get(subjectKey({ entity: parent.entity, entityId: String(value?.[parent.member]) }))
}

/** Parents that were removed under a child that is there: their removals no longer count. True when that changed anything. */
function overrule(subjects: ReadonlyMap<string, Subject>, overruled: Set<string>): boolean {
  const before = overruled.size
  for (const subject of subjects.values()) {
    if (!subject.isThere) continue
    const parent = parentOf(subjects, subject)
    if (parent && parent.made !== null && !parent.isThere)
      // What a person decided after seeing both sides holds.
      for (const { txn, entity } of parent.removals) if (entity !== 'resolution') overruled.add(txn)
  }
  return overruled.size > before
}

/** Made here or in what came along; what hangs on something unknown waits until that comes. */
function hasGround(subjects: ReadonlyMap<string, Subject>, subject: Subject): boolean {
  for (let at: Subject | null | undefined = subject; at !== null; at = parentOf(subjects, at)) {
    if (at === undefined || !at.isThere) return false
  }
  return true
}

/** Union by id. What two packages say an author had seen is put together. @throws AppError 'share.operation-differs' */
export function unionOf(sets: Iterable<readonly SharedOp[]>, textOfOp: (op: SharedOp) => string): Map<string, SharedOp> {
  const union = new Map<string, SharedOp>()
  for (const set of sets) {
    for (const op of set) {
      const known = union.get(op.id)
      if (known === undefined) union.set(op.id, op)
      else if (known !== op) {
        if (textOfOp(known) !== textOfOp(op)) throw new AppError('share.operation-differs', { operation: op.id })
        const parents = [...new Set([...known.parents, ...op.parents])].toSorted()
        if (parents.length > known.parents.length) union.set(op.id, { ...known, parents })
      }
    }
  }
  return union
}

/** Things as they are, in the order in which they must be made: the first made first. */
export const byMaking = (a: Subject, b: Subject): number => (a.made && b.made ? compareOps(a.made, b.made) : 0)

export const bodyOf = (subject: Subject | undefined): Body | null => (subject?.isThere ? subject.value : null)
