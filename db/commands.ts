import { AppError } from '#core/errors.ts'
import type { History } from '#core/contract/procedures.ts'
import type { Bilingual } from '#core/text.ts'
import type { Actor, Clock } from './actor.ts'
import type { AuditWriter } from './audit.ts'
import { hashOfOps, opsOfTxn } from './audit-verify.ts'
import { recorder, type Changes, type Recorder } from './changes.ts'
import type { WritableDb } from './connection.ts'
import { entitiesOf } from './entities.ts'
import { undoStacks, type UndoStacks } from './history.ts'
import { operationsWriter, type Txn, type TxnKind } from './operations.ts'
import type { Transact } from './transact.ts'
import { newUuid, uuidToBlob } from './uuid.ts'

/** A change that is on the disk. Only when a caller holds one may the screen say "saved". */
export interface Committed<T> {
  value: T
  /** Operations it wrote; empty when everything was so already and nothing was written. */
  opIds: readonly string[]
}

export interface CommandDeps {
  db: WritableDb
  audit: AuditWriter
  transact: Transact
  clock: Clock
}

interface Job<T> {
  kind: TxnKind
  target: string | null
  title: Bilingual
  action: string
  change: (record: Recorder) => T
}

/** Runs every user-visible change: state, operations and audit entry in one transaction, or none of them. */
export function commandRunner({ db, audit, transact, clock }: CommandDeps) {
  const log = operationsWriter(db)
  const entities = entitiesOf(db)
  const readOps = opsOfTxn(db)
  let stacks: UndoStacks | undefined
  /** Of the step that the commands of `asOneStep` become. */
  let joined: Recorder | null = null
  const currentStacks = (): UndoStacks => (stacks ??= undoStacks(log.txns()))

  /** The step's own row is written with its first operation: a command that changes nothing leaves no step. */
  const beginRecord = (txn: Txn, actor: Actor): Recorder => {
    let begun = false
    const addOp: typeof log.addOp = (...args) => {
      if (!begun) log.addTxn(txn)
      begun = true
      return log.addOp(...args)
    }
    return recorder(entities, { ...log, addOp }, txn, actor)
  }

  const write = <T>(txn: Txn, actor: Actor, job: Job<T>): Committed<T> & { hash: Buffer | null } => {
    const record = beginRecord(txn, actor)
    const value = job.change(record)
    if (record.opIds.length === 0) return { value, opIds: [], hash: null }
    log.assertNothingPending()
    const attested = { txn: txn.id, ...hashOfOps(readOps(uuidToBlob(txn.id))) }
    const hash = audit.append({ actor, action: job.action, object: record.firstEntityId, detail: attested })
    return { value, opIds: record.opIds, hash }
  }

  const commit = <T>(job: Job<T>, actor: Actor): Committed<T> => {
    if (joined !== null) {
      const before = joined.opIds.length
      const value = job.change(joined)
      return { value, opIds: joined.opIds.slice(before) }
    }
    const { kind, target, title } = job
    const txn: Txn = { id: newUuid(), kind, target, title, by: actor.name, at: clock().toISOString() }
    // Folded before the commit: afterwards the log would hold this step already.
    const stepsSoFar = currentStacks()
    let hash: Buffer | null = null
    try {
      const done = transact(
        () => {
          const written = write(txn, actor, job)
          hash = written.hash
          return written
        },
        () => hash === null || audit.has(hash),
      )
      if (done.opIds.length > 0) stepsSoFar.follow(txn)
      return { value: done.value, opIds: done.opIds }
    } catch (error) {
      noteFailure(job.action, actor, error)
      throw error
    }
  }

  /** A refused act is remembered too; a disk that cannot write cannot remember it. */
  const noteFailure = (action: string, actor: Actor, error: unknown): void => {
    if (!(error instanceof AppError) || error.code.startsWith('catalogue.disk-') || error.code === 'catalogue.read-only') return
    let hash: Buffer | null = null
    transact(
      () => (hash = audit.append({ actor, action, result: 'failed', detail: { code: error.code } })),
      () => hash !== null && audit.has(hash),
    )
  }

  const turn = (kind: 'undo' | 'redo', actor: Actor): Committed<History> => {
    const step = kind === 'undo' ? currentStacks().nextUndo() : currentStacks().nextRedo()
    if (!step) throw new AppError(kind === 'undo' ? 'history.nothing-to-undo' : 'history.nothing-to-redo', {})
    const change = (record: Recorder): void => {
      for (const op of log.ofTxn(step.turn).reverse()) record.revert(op)
    }
    const action = kind === 'undo' ? 'history.undone' : 'history.redone'
    const { opIds } = commit({ kind, target: step.turn, title: step.title, action, change }, actor)
    return { value: history(), opIds }
  }

  const history = (): History => currentStacks().history(log)

  return {
    /**
     * Runs `change` as one step of the history. `change` must be synchronous and must change the state only through its
     * argument. @param action dotted name for the audit log
     */
    run: <T>(title: Bilingual, actor: Actor, change: (changes: Changes) => T, action = 'command.run'): Committed<T> =>
      commit({ kind: 'command', target: null, title, action, change }, actor),
    /** Commands that are given while `work` runs become one step: stored whole or not at all, one entry, one undo. */
    asOneStep: <T>(title: Bilingual, actor: Actor, work: () => T, action: string): Committed<T> => {
      const change = (record: Recorder): T => {
        joined = record
        try {
          return work()
        } finally {
          joined = null
        }
      }
      return commit({ kind: 'command', target: null, title, action, change }, actor)
    },
    /** @throws AppError 'history.nothing-to-undo', 'history.conflict' */
    undo: (actor: Actor): Committed<History> => turn('undo', actor),
    /** @throws AppError 'history.nothing-to-redo', 'history.conflict' */
    redo: (actor: Actor): Committed<History> => turn('redo', actor),
    history,
    /** Whether an operation is on the disk: what to ask when a reply was lost. */
    outcomeOf: (opId: string): 'committed' | 'absent' => (log.has(opId) ? 'committed' : 'absent'),
  }
}

export type CommandRunner = ReturnType<typeof commandRunner>
