import type { Connection } from './connection.ts'

interface Result {
  busy: number
  log: number
  checkpointed: number
}

const FRAMES = 1000
const IDLE_MS = 2000

/** Checkpoints are ours: SQLite's automatic ones swallow disk errors. */
export function checkpointer(connection: Connection, onFault: (error: unknown) => void, idleMs = IDLE_MS) {
  let idle: NodeJS.Timeout | undefined

  const checkpoint = (mode: 'NOOP' | 'PASSIVE' | 'TRUNCATE'): Result => {
    const [result] = connection.raw.pragma(`wal_checkpoint(${mode})`) as Result[]
    if (!result) throw new Error('SQLite gave no result for a checkpoint')
    return result
  }
  const waiting = (): number => {
    const { log, checkpointed } = checkpoint('NOOP')
    return log - checkpointed
  }
  /** The commit before it stands whatever happens here; after a disk error the handle is replaced. */
  const guarded = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      onFault(error)
      connection.reopen()
    }
  }
  const passive = (): void => guarded(() => void checkpoint('PASSIVE'))

  return {
    /** Call after each commit. */
    committed(): void {
      clearTimeout(idle)
      guarded(() => {
        if (waiting() >= FRAMES) checkpoint('PASSIVE')
        else idle = setTimeout(passive, idleMs).unref()
      })
    },
    /** Frames not yet copied into the main file. */
    waiting,
    /** True when the write-ahead log was emptied; a reader elsewhere can keep it, which loses nothing. */
    atClose(): boolean {
      clearTimeout(idle)
      return checkpoint('TRUNCATE').busy === 0
    },
  }
}
