import type { History } from '#core/contract/procedures.ts'
import type { Bilingual } from '#core/text.ts'
import type { operationsReader, Txn } from './operations.ts'

/** One step that can be undone or redone: the command as people know it, and the transaction to turn around next. */
export interface Step {
  command: string
  title: Bilingual
  turn: string
}

const SHOWN = 200

/**
 * The stacks of undo and redo, folded from the log at start and kept in step afterwards. They are never stored: the log is the
 * truth, so they survive a restart and a kill.
 */
export function undoStacks(txns: Iterable<Txn>) {
  const undo: Step[] = []
  const redo: Step[] = []
  const follow = (txn: Txn): void => {
    if (txn.kind === 'command') {
      undo.push({ command: txn.id, title: txn.title, turn: txn.id })
      redo.length = 0
      return
    }
    const [from, to] = txn.kind === 'undo' ? [undo, redo] : [redo, undo]
    const step = from.pop()
    if (!step || step.turn !== txn.target) throw new Error(`The operation log turns ${txn.target} around out of order`)
    to.push({ ...step, turn: txn.id })
  }
  for (const txn of txns) follow(txn)
  return {
    follow,
    nextUndo: (): Step | undefined => undo.at(-1),
    nextRedo: (): Step | undefined => redo.at(-1),
    /** Steps newest first. A step that was undone and then overtaken by a new command stays in the list, as undone. */
    history(log: Pick<ReturnType<typeof operationsReader>, 'lastCommands'>): History {
      const done = new Set(undo.map((step) => step.command))
      return {
        undo: undo.at(-1)?.title ?? null,
        redo: redo.at(-1)?.title ?? null,
        steps: log.lastCommands(SHOWN).map((txn) => ({ title: txn.title, at: txn.at, by: txn.by, undone: !done.has(txn.id) })),
      }
    },
  }
}

export type UndoStacks = ReturnType<typeof undoStacks>
