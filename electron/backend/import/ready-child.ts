import type { ChildProcessHandle, LaunchChild } from '../child.ts'
import type { ToChild } from './messages.ts'

/** An import process that is started and loaded before there is anything to do, so that whoever asks need not wait for that. */
export interface ReadyChild {
  /** Starts one, unless one is waiting. Others may be asked for at any time. */
  prepare(): void
  /** The waiting process, which then belongs to the caller; a new one where none is. */
  take(): ChildProcessHandle
  /** Ends the waiting process. */
  drop(): void
}

export interface ReadyChildOptions {
  launchChild: LaunchChild
  memoryMb: number
  codeCacheDir: string | null
  /** How long one waits for work before its memory is given back. */
  waitMs: number
}

/** The waiting process has seen nothing of anybody's files, and does one command like any other. */
export function readyChild({ launchChild, memoryMb, codeCacheDir, waitMs }: ReadyChildOptions): ReadyChild {
  let waiting: ChildProcessHandle | undefined
  let timer: NodeJS.Timeout | undefined
  const launch = () => launchChild('import-process', { memoryMb })
  const release = (): ChildProcessHandle | undefined => {
    const child = waiting
    clearTimeout(timer)
    waiting = undefined
    return child
  }
  const drop = () => release()?.kill()
  return {
    prepare() {
      if (waiting) return
      const child = launch()
      waiting = child
      timer = setTimeout(drop, waitMs)
      timer.unref()
      child.onExit(() => {
        if (waiting === child) release()
      })
      child.post({ command: 'prepare', codeCacheDir } satisfies ToChild)
    },
    take: () => release() ?? launch(),
    drop,
  }
}
