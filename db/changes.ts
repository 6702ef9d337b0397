import { isDeepStrictEqual } from 'node:util'
import { AppError } from '#core/errors.ts'
import type { Actor } from './actor.ts'
import type { Entities, Entity, EntityName, EntityTypes } from './entities.ts'
import { asStored, fromJson, toJson } from './json.ts'
import type { Operation, OperationsWriter, Txn } from './operations.ts'

/** The only door to the state: every change writes its operation with what was before and after, in the same transaction. */
export interface Changes {
  /** Creates or replaces. Writes nothing when the same is stored already. */
  put<N extends EntityName>(entity: N, value: EntityTypes[N]): void
  /** Removes it and what depends on it. Writes nothing when it is not there. */
  remove(entity: EntityName, id: string): void
}

export interface Recorder extends Changes {
  /** Turns one earlier operation around. */
  revert(op: Operation): void
  /** Ids of the operations written so far, in order. */
  readonly opIds: readonly string[]
  /** What the first operation was about. */
  readonly firstEntityId: string | null
}

export function recorder(entities: Entities, log: OperationsWriter, txn: Txn, actor: Actor): Recorder {
  const opIds: string[] = []
  let firstEntityId: string | null = null
  const entityOf = (name: EntityName): Entity<unknown> => entities[name] as Entity<unknown>

  const record = (op: Omit<Operation, 'id'>, undoOf: string | null): void => {
    opIds.push(log.addOp(txn, actor, op, undoOf))
    firstEntityId ??= op.entityId
  }

  const put = (name: EntityName, value: unknown, undoOf: string | null): void => {
    const entity = entityOf(name)
    const after = asStored(value)
    const entityId = entity.id(after)
    const before = entity.read(entityId)
    if (isDeepStrictEqual(before, after)) return
    const kind = before === undefined ? 'create' : 'update'
    record({ entity: name, entityId, kind, before: before === undefined ? null : toJson(before), after: toJson(after) }, undoOf)
    if (before === undefined) entity.insert(after)
    else entity.update(after)
  }

  const remove = (name: EntityName, entityId: string, undoOf: string | null): void => {
    const entity = entityOf(name)
    const before = entity.read(entityId)
    if (before === undefined) return
    for (const [dependent, id] of entity.dependents?.(entityId) ?? []) remove(dependent, id, null)
    record({ entity: name, entityId, kind: 'delete', before: toJson(before), after: null }, undoOf)
    entity.remove(entityId)
  }

  const revert = (op: Operation): void => {
    const name = op.entity as EntityName
    const entity = entityOf(name)
    const now = entity.read(op.entityId)
    const left = op.after === null ? undefined : fromJson<unknown>(op.after)
    if (!entity.derived && !isDeepStrictEqual(now && asStored(now), left))
      throw new AppError('history.conflict', { what: op.entityId })
    if (op.before === null) remove(name, op.entityId, op.id)
    else put(name, fromJson(op.before), op.id)
  }

  return {
    put: (name, value) => put(name, value, null),
    remove: (name, id) => remove(name, id, null),
    revert,
    opIds,
    get firstEntityId() {
      return firstEntityId
    },
  }
}
