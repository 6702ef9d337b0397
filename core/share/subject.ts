import { AppError } from '../errors.ts'
import { conflictId, EXISTS, WHOLE, type Conflict, type ConflictSide } from './conflict.ts'
import { disputed, isQuiet, isRemoval, isWhole, textOf, writesOf } from './members.ts'
import { compareOps, type Body, type SharedEntity, type SharedOp } from './operation.ts'

/** One thing as all operations on it leave it. */
export interface Subject {
  entity: Exclude<SharedEntity, 'resolution'>
  entityId: string
  /** Its members, also while it is removed; null when nobody made it as far as is known here. */
  value: Body | null
  isThere: boolean
  conflicts: Conflict[]
  /** The operation that made it. */
  made: SharedOp | null
  /** Steps that removed it. */
  removals: SharedOp[]
}

interface Write {
  op: SharedOp
  value: unknown
}

/** A set of operations in which each stands after those that its author had seen. @throws AppError 'share.malformed' for a circle */
export function seenFirst(ops: readonly SharedOp[]): SharedOp[] {
  const byId = new Map(ops.map((op) => [op.id, op]))
  const children = new Map<string, SharedOp[]>()
  const missing = new Map<string, number>()
  for (const op of ops) {
    const known = [...new Set(op.parents)].filter((parent) => byId.has(parent))
    missing.set(op.id, known.length)
    for (const parent of known) {
      const list = children.get(parent)
      if (list) list.push(op)
      else children.set(parent, [op])
    }
  }
  const ordered = ops.filter((op) => missing.get(op.id) === 0)
  for (let at = 0; at < ordered.length; at += 1) {
    for (const child of children.get(ordered[at]?.id ?? '') ?? []) {
      const left = (missing.get(child.id) ?? 0) - 1
      missing.set(child.id, left)
      if (left === 0) ordered.push(child)
    }
  }
  if (ordered.length < ops.length)
    throw new AppError('share.malformed', { where: 'operations.jsonl', problem: 'parents in a circle' })
  return ordered
}

/**
 * Folds the operations on one thing. Of each member the writes that no later author had seen are left; one is its value, several
 * different ones are a conflict, of which the greatest by `compareOps` holds. A thing is removed when everybody who wrote to it was
 * seen by who removed it.
 * @param stands false for operations that were taken back @param overruled steps whose removals do not count
 */
export function foldSubject(
  entity: Subject['entity'],
  entityId: string,
  ops: readonly SharedOp[],
  stands: (op: SharedOp) => boolean,
  overruled: ReadonlySet<string>,
): Subject {
  const ordered = seenFirst(ops)
  const writers = ordered.filter((op) => op.undoOf === null && stands(op))
  const removals = writers.filter(isRemoval)
  const { last, isSeenByRemoval, isSeenByKeeper } = lastWrites(ordered, new Set(writers), new Set(removals), overruled)
  const made = writers.filter((op) => op.kind === 'create' && op.entity !== 'resolution').toSorted(compareOps)[0] ?? null
  const keepers = writers.filter((op) => !isRemoval(op))
  const isThere = made !== null && keepers.some((op) => !isSeenByRemoval.has(op.id))
  const conflicts: Conflict[] = []
  const members: [string, unknown][] = []
  for (const [member, writes] of last) {
    const sorted = writes.toSorted((a, b) => compareOps(b.op, a.op))
    const value = sorted[0]?.value
    if (value !== undefined) members.push([member, value])
    const sides = different(sorted)
    if (sides.length > 1 && !isQuiet(member))
      conflicts.push({ id: conflictId(entity, entityId, member), entity, entityId, member, sides })
  }
  const unseen = removals.filter((op) => !isSeenByKeeper.has(op.id))
  if (isThere && unseen.length > 0) conflicts.push(existence(entity, entityId, keepers, unseen))
  const whole = last.get(WHOLE)
  const value = made === null ? null : isWhole(entity) ? wholeOf(members, whole) : Object.fromEntries(members)
  // In an order of their own: the order in which operations came is not the same everywhere.
  const inOrder = conflicts.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return { entity, entityId, value, isThere, conflicts: isThere ? inOrder : [], made, removals }
}

const wholeOf = (members: readonly [string, unknown][], whole: Write[] | undefined): Body | null =>
  whole === undefined ? null : ((members.find(([member]) => member === WHOLE)?.[1] ?? null) as Body | null)

/** One side for each different value, the one that holds first. */
function different(sorted: readonly Write[]): ConflictSide[] {
  const sides = new Map<string, ConflictSide>()
  for (const { op, value } of sorted) {
    const text = textOf(disputed(value))
    if (!sides.has(text)) sides.set(text, { ...sideOf(op), ...(value !== undefined && { value }) })
  }
  return [...sides.values()]
}

const sideOf = ({ id, actor, office, at }: SharedOp): ConflictSide => ({ opId: id, by: actor, office, at })

function existence(
  entity: Subject['entity'],
  entityId: string,
  keepers: readonly SharedOp[],
  removals: readonly SharedOp[],
): Conflict {
  const kept = keepers.toSorted((a, b) => compareOps(b, a))[0]
  const removed = removals.toSorted((a, b) => compareOps(b, a))[0]
  const sides = [...(kept ? [{ ...sideOf(kept), value: true }] : []), ...(removed ? [sideOf(removed)] : [])]
  return { id: conflictId(entity, entityId, EXISTS), entity, entityId, member: EXISTS, sides }
}

interface LastWrites {
  /** Of each member the writes that nobody had seen who wrote it after. */
  last: Map<string, Write[]>
  isSeenByRemoval: Set<string>
  isSeenByKeeper: Set<string>
}

/** From the latest to the first, every operation tells those before it which members were written after them. */
function lastWrites(
  ordered: readonly SharedOp[],
  writers: ReadonlySet<SharedOp>,
  removals: ReadonlySet<SharedOp>,
  overruled: ReadonlySet<string>,
): LastWrites {
  const later = new Map<string, Set<string>>()
  const result: LastWrites = { last: new Map(), isSeenByRemoval: new Set(), isSeenByKeeper: new Set() }
  // Not names of members: no member has a blank in it.
  const [removed, kept] = ['is removed', 'is kept']
  for (const op of ordered.toReversed()) {
    const after = later.get(op.id) ?? new Set<string>()
    if (after.has(removed)) result.isSeenByRemoval.add(op.id)
    if (after.has(kept)) result.isSeenByKeeper.add(op.id)
    const told = new Set(after)
    if (writers.has(op)) {
      if (!removals.has(op)) told.add(kept)
      else if (!overruled.has(op.txn)) told.add(removed)
      for (const [member, value] of writesOf(op)) {
        if (!after.has(member)) result.last.set(member, [...(result.last.get(member) ?? []), { op, value }])
        told.add(member)
      }
    }
    for (const parent of op.parents) {
      const known = later.get(parent)
      if (known === undefined) later.set(parent, new Set(told))
      else for (const one of told) known.add(one)
    }
  }
  return result
}
