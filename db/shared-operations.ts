import type { Conflict } from '#core/share/conflict.ts'
import { foldAll } from '#core/share/fold.ts'
import { planOfSubjects } from '#core/share/scope.ts'
import { SHARED_ENTITIES, subjectKey, subjectOf, type SharedOp } from '#core/share/operation.ts'
import type { ReadableDb } from './connection.ts'
import { fromJson } from './json.ts'
import { recordsReader } from './records.ts'
import { uuidFromBlob } from './uuid.ts'

interface Row {
  seq: number
  op_id: Buffer
  txn: Buffer
  actor: string
  office: string
  hlc: string
  entity: SharedOp['entity']
  entity_id: Buffer
  kind: SharedOp['kind']
  before: string | null
  after: string | null
  undo_of: Buffer | null
  at: string
  zh: string
  en: string
}

/** One after the other finds what hangs on what was found: `IN` the ids so far. */
const HANGING = [
  ['layer', 'planId', 'plan'],
  ['round', 'planId', 'plan'],
  ['resolution', 'planId', 'plan'],
  ['review', 'planId', 'plan'],
  ['item_entry', 'reviewId', 'review'],
  ['finding', 'reviewId', 'review'],
  ['attachment', 'reviewId', 'review'],
  ['option', 'reviewId', 'review'],
  ['remark', 'findingId', 'finding'],
  ['option_edit', 'optionId', 'option'],
] as const satisfies readonly (readonly [SharedOp['entity'], string, SharedOp['entity']])[]

/**
 * What people did to plans and everything on them, here and elsewhere: the set that packages carry and merges unite. Not in it is what
 * follows from it: what a merge or a chosen side made of the state, and that a plan was taken out of this catalogue only.
 */
export function sharedOperations(db: ReadableDb) {
  const records = recordsReader(db)
  const idsOf = db.prepare<[string, string, string], { id: string }>(
    `SELECT DISTINCT CAST(entity_id AS TEXT) AS id FROM op
     WHERE entity = ? AND json_extract(coalesce(after, before), '$.' || ?) IN (SELECT value FROM json_each(?))`,
  )
  const opsOn = db.prepare<[string, string], Row>(
    `SELECT o.seq, o.op_id, o.txn, o.actor, o.office, CAST(o.hlc AS TEXT) AS hlc, o.entity, o.entity_id, o.kind, o.before, o.after,
       o.undo_of, t.at, t.title_zh AS zh, t.title_en AS en
     FROM json_each(?) AS wanted CROSS JOIN op o ON o.entity = ? AND o.entity_id = CAST(wanted.value AS BLOB) CROSS JOIN op_txn t ON t.txn = o.txn`,
  )
  const stepsWith = db.prepare<[string, string], { txn: Buffer }>(
    `SELECT DISTINCT o.txn FROM op o WHERE o.entity = ? AND o.kind LIKE ?`,
  )
  const turns = db.prepare<[], { txn: Buffer; kind: string; target: Buffer | null }>(
    'SELECT txn, kind, target FROM op_txn ORDER BY seq',
  )
  const mergedIn = db.prepare<[Buffer], { planIds: string }>(
    `SELECT json_extract(coalesce(after, before), '$.planIds') AS planIds FROM op WHERE entity = 'merge' AND txn = ?`,
  )
  const mergedAt = db.prepare<[Buffer], { seq: number }>(
    `SELECT max(seq) AS seq FROM op WHERE entity = 'merge' AND kind = 'create' AND entity_id = ?`,
  )

  const hex = (blob: Buffer): string => blob.toString('hex')
  /** Plans that a step merged; what else the same step did, a round that a memo became, was done here. */
  const mergedBy = (step: string): ReadonlySet<string> =>
    new Set(mergedIn.all(Buffer.from(step, 'hex')).flatMap(({ planIds }) => fromJson<string[]>(planIds)))
  const steps = (entity: string, kind = '%'): Set<string> => new Set(stepsWith.all(entity, kind).map(({ txn }) => hex(txn)))

  /** Steps by which a plan left this catalogue, and those that turned them around. */
  const removals = (): Set<string> => {
    const deleting = steps('plan', 'delete')
    const found = new Set<string>()
    for (const { txn, kind, target } of turns.all()) {
      if (kind === 'command' ? deleting.has(hex(txn)) : target !== null && found.has(hex(target))) found.add(hex(txn))
    }
    return found
  }

  /** Every row of this log on the plans, in its order. */
  const rowsOn = (planIds: readonly string[]): Row[] => {
    const ids = new Map<string, string[]>([['plan', [...planIds]]])
    for (const [entity, member, parent] of HANGING) {
      const above = JSON.stringify(ids.get(parent) ?? [])
      ids.set(
        entity,
        idsOf.all(entity, member, above).map(({ id }) => id),
      )
    }
    return SHARED_ENTITIES.flatMap((entity) => opsOn.all(JSON.stringify(ids.get(entity) ?? []), entity)).toSorted(
      (a, b) => a.seq - b.seq,
    )
  }

  /** Every local operation on the plans, by its place in the log; what follows from others is left out. */
  const localOps = (planIds: readonly string[]): Row[] => {
    const rows = rowsOn(planIds)
    const [merging, resolving, removing, starting] = [steps('merge'), steps('resolution'), removals(), steps('round')]
    const mixed = new Map([...merging].filter((step) => starting.has(step)).map((step) => [step, mergedBy(step)]))
    const plans = mixed.size === 0 ? new Map<string, string>() : planOfSubjects(rows.map(toShared))
    const isMerged = (step: string, row: Row): boolean =>
      merging.has(step) && (mixed.get(step)?.has(plans.get(subjectKey(subjectOf(toShared(row)))) ?? '') ?? true)
    const isOwn = (row: Row): boolean => {
      const step = hex(row.txn)
      return !isMerged(step, row) && !removing.has(step) && (row.entity === 'resolution' || !resolving.has(step))
    }
    return rows.filter(isOwn)
  }

  /** In no order that matters. Deleted and undone things are in it: what was done stays done, and what undid it too. */
  const operationsOn = (planIds: readonly string[]): SharedOp[] => {
    const merged = planIds.flatMap((planId) => records.of('merged_op', planId))
    const places = new Map<string, number>()
    for (const { mergeId } of merged)
      if (!places.has(mergeId)) places.set(mergeId, mergedAt.get(Buffer.from(mergeId, 'utf8'))?.seq ?? 0)
    const events = [
      ...localOps(planIds).map((row) => ({ seq: row.seq, op: toShared(row), isLocal: true })),
      ...merged.map(({ mergeId, op }) => ({ seq: places.get(mergeId) ?? 0, op, isLocal: false })),
    ].toSorted((a, b) => a.seq - b.seq)
    const ops = withParents(events)
    const plans = planOfSubjects(ops)
    return ops.filter((op) => plans.has(subjectKey(subjectOf(op))))
  }

  return {
    /** What people did to these plans, here and elsewhere: what a package carries. */
    sharedOperations: operationsOn,
    /** Every operation that this log holds on these plans, in its order, also those by which a merge changed the state. */
    logged: (planIds: readonly string[]): SharedOp[] => rowsOn(planIds).map(toShared),
    /** What two people changed, neither knowing of the other, and nobody has decided. */
    conflicts: (planIds: readonly string[]): Conflict[] =>
      [...foldAll(operationsOn(planIds)).values()].flatMap(({ conflicts }) => conflicts),
  }
}

/** A local operation was made by somebody who saw the one before it and all that merges had brought by then. */
function withParents(events: readonly { op: SharedOp; isLocal: boolean }[]): SharedOp[] {
  const seen = new Map<string, SharedOp[]>()
  return events.map(({ op, isLocal }) => {
    const key = subjectKey(subjectOf(op))
    const known = seen.get(key) ?? []
    if (!isLocal) {
      seen.set(key, [...known, op])
      return op
    }
    // What another of them had seen already needs no naming.
    const named = new Set(known.flatMap(({ parents }) => parents))
    const own = { ...op, parents: known.map(({ id }) => id).filter((id) => !named.has(id)) }
    seen.set(key, [own])
    return own
  })
}

const toShared = (row: Row): SharedOp => ({
  id: uuidFromBlob(row.op_id),
  txn: uuidFromBlob(row.txn),
  title: { zh: row.zh, en: row.en },
  actor: row.actor,
  office: row.office,
  hlc: row.hlc,
  at: row.at,
  entity: row.entity,
  entityId: row.entity_id.toString('utf8'),
  kind: row.kind,
  before: row.before === null ? null : fromJson(row.before),
  after: row.after === null ? null : fromJson(row.after),
  undoOf: row.undo_of === null ? null : uuidFromBlob(row.undo_of),
  parents: [],
})
