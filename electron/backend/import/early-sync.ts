import fs from 'node:fs'

/** Bytes that may wait unsynced before the disk is set to work on them. */
const EVERY_BYTES = 8 << 20

/**
 * Brings a file that is being written to the disk while the writing goes on, so that the sync at the end, which nothing may
 * overtake, finds little left to do. It promises nothing by itself.
 */
export interface EarlySync {
  /** Called often: begins a sync where enough has been written and none is under way. */
  nudge(): void
  /** Syncs what is left, waits until all is on the disk, and lets the file go. */
  finish(): Promise<void>
  /** Lets the file go as it is. */
  abandon(): void
}

export function earlySync(file: string): EarlySync {
  /** Opened when there is something to sync: before that the file need not exist. */
  let descriptor = -1
  let synced = 0
  let running: Promise<void> | undefined
  let failure: unknown
  const close = () => {
    if (descriptor >= 0) fs.closeSync(descriptor)
    descriptor = -1
  }
  const begin = (sync: typeof fs.fsync) => {
    if (descriptor < 0) descriptor = fs.openSync(file, 'r+')
    return new Promise<void>((done, failed) => sync(descriptor, (error) => (error ? failed(error) : done())))
  }
  return {
    nudge() {
      if (running) return
      const { size } = fs.statSync(file)
      if (size - synced < EVERY_BYTES) return
      synced = size
      running = begin(fs.fdatasync)
        .catch((error: unknown) => {
          // A system tells of lost bytes once: it is kept for the sync at the end.
          failure ??= error
        })
        .finally(() => {
          running = undefined
        })
    },
    async finish() {
      try {
        await running
        if (failure !== undefined) throw failure
        await begin(fs.fsync)
      } finally {
        close()
      }
    },
    // A descriptor that a sync still works on must not be closed under it.
    abandon: () => void (running ? running.then(close) : close()),
  }
}
