import type { Checklist } from '#core/checklist/schema.ts'
import { AppError } from '#core/errors.ts'
import type { PlanId } from '#core/model/ids.ts'
import { EXISTS, WHOLE } from '#core/share/conflict.ts'
import { inMakingOrder, inRemovalOrder, planMerge, type Incoming } from '#core/share/merge.ts'
import { textOf } from '#core/share/members.ts'
import { subjectKey, subjectOf, type Body, type Resolution, type SharedEntity } from '#core/share/operation.ts'
import { ENTITY_WORDS, type MergeReceipt, type ReceiptPart } from '#core/share/receipt.ts'
import { planOfSubjects } from '#core/share/scope.ts'
import type { Subject } from '#core/share/subject.ts'
import type { Actor, Clock } from './actor.ts'
import type { Changes } from './changes.ts'
import type { CommandRunner, Committed } from './commands.ts'
import type { WritableDb } from './connection.ts'
import { entitiesOf, type EntityName, type EntityTypes } from './entities.ts'
import { sharedOperations } from './shared-operations.ts'
import { titles } from './titles.ts'
import { newUuid } from './uuid.ts'

/** What is merged in one step. Files of plans and attachments lie in their places already. */
export interface MergeInput {
  parts: readonly Incoming[]
  /** Versions that reviews are judged by and that are not known here. */
  checklists: readonly Checklist[]
}

type Changed = MergeReceipt['changed']

/** Bringing together what several offices did. A merge is one step, however many files it is of. */
export function mergeCommands(db: WritableDb, { run }: CommandRunner, clock: Clock) {
  const shared = sharedOperations(db)
  const entities = entitiesOf(db)
  const stateOf = (entity: SharedEntity, id: string): unknown => entities[entity].read(id)

  /** Makes the state what the operations come to. */
  const settle = (changes: Changes, subjects: ReadonlyMap<string, Subject>): Changed => {
    const changed: Changed = {}
    const note = (entity: SharedEntity, how: 'made' | 'changed' | 'removed'): void => {
      const counts = (changed[entity] ??= { made: 0, changed: 0, removed: 0 })
      counts[how] += 1
    }
    for (const { entity, entityId } of inRemovalOrder(subjects)) {
      if (stateOf(entity, entityId) === undefined) continue
      changes.remove(entity, entityId)
      note(entity, 'removed')
    }
    for (const { entity, entityId, value } of inMakingOrder(subjects)) {
      const before = stateOf(entity, entityId)
      if (textOf(before) === textOf(value)) continue
      put(changes, entity, value as Body)
      note(entity, before === undefined ? 'made' : 'changed')
    }
    return changed
  }

  const planIdsOf = (parts: readonly Incoming[]): string[] => [
    ...new Set(parts.flatMap(({ ops }) => ops.filter(({ entity }) => entity === 'plan').map(({ entityId }) => entityId))),
  ]

  return {
    /**
     * Unites the operations of several files with those that are here, as one step that undo takes back whole. Nothing is written when
     * everything was there. @throws AppError 'share.operation-differs', 'share.malformed'; then nothing is merged
     */
    mergeOperations({ parts, checklists }: MergeInput, actor: Actor): Committed<MergeReceipt> {
      const planIds = planIdsOf(parts)
      const here = shared.sharedOperations(planIds)
      const plan = planMerge(here, parts)
      const plans = planOfSubjects([...here, ...plan.added])
      const id = newUuid()
      const conflicts = [...plan.subjects.values()].reduce((sum, subject) => sum + subject.conflicts.length, 0)
      const sums = sumsOf(plan.parts)
      const empty: MergeReceipt = {
        id,
        planIds,
        parts: plan.parts,
        ...sums,
        conflicts,
        changed: {},
        by: actor.name,
        at: clock().toISOString(),
      }
      return run(
        titles.merge(parts.length, sums.merged),
        actor,
        (changes) => {
          for (const checklist of checklists) changes.put('received_checklist', checklist)
          const changed = settle(changes, plan.subjects)
          for (const op of plan.added) {
            const planId = plans.get(subjectKey(subjectOf(op)))
            if (planId === undefined)
              throw new AppError('share.malformed', { where: op.id, problem: 'it is about nothing in the package' })
            // A choice is a record of its own besides: what was chosen can be looked up.
            changes.put('merged_op', { id: op.id, mergeId: id, planId, op })
          }
          if (plan.added.length === 0 && Object.keys(changed).length === 0) return empty
          const receipt: MergeReceipt = { ...empty, changed }
          changes.put('merge', receipt)
          return receipt
        },
        'package.merged',
      )
    },

    /**
     * Chooses a side of a conflict, as a step that undo takes back; the conflict is then there again.
     * @throws AppError 'share.no-such-conflict'
     */
    resolveConflict(planId: PlanId, conflictId: string, opId: string, actor: Actor): Committed<void> {
      const conflict = shared.conflicts([planId]).find(({ id }) => id === conflictId)
      const side = conflict?.sides.find((one) => one.opId === opId)
      if (conflict === undefined || side === undefined) throw new AppError('share.no-such-conflict', {})
      const { entity, entityId, member } = conflict
      const resolution: Resolution = {
        id: newUuid(),
        planId,
        entity,
        entityId,
        member,
        chosen: opId,
        ...(side.value !== undefined && { value: side.value }),
        by: actor.name,
        at: clock().toISOString(),
      }
      return run(
        titles.resolve(ENTITY_WORDS[entity], side.by),
        actor,
        (changes) => {
          changes.put('resolution', resolution)
          if (member !== EXISTS) return put(changes, entity, chosenBody(stateOf(entity, entityId) as Body, member, side.value))
          if (side.value === undefined) changes.remove(entity, entityId)
        },
        'conflict.resolved',
      )
    },
  }
}

/** Bodies of shared operations were checked when they came in, or were written here: they are what their kind says. */
const put = (changes: Changes, entity: SharedEntity, value: Body): void =>
  changes.put(entity satisfies EntityName, value as never as EntityTypes[typeof entity])

function chosenBody(now: Body, member: string, value: unknown): Body {
  if (member === WHOLE) return value as Body
  const rest = Object.entries(now).filter(([key]) => key !== member)
  return Object.fromEntries(value === undefined ? rest : [...rest, [member, value]])
}

const sumsOf = (parts: readonly ReceiptPart[]) => {
  const sum = (key: 'in' | 'merged' | 'already' | 'dropped'): number => parts.reduce((all, part) => all + part[key], 0)
  return { in: sum('in'), merged: sum('merged'), already: sum('already'), dropped: sum('dropped') }
}
