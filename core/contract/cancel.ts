import type { CancelSignal } from './procedures.ts'

/** The end that cancels; handlers only ever see `signal`. */
export interface CancelSource {
  readonly signal: CancelSignal
  abort(): void
}

/**
 * A cancel signal without the platform's AbortController, which the core may not know. A listener added after the abort is
 * never called, as with the platform's: look at `aborted` first.
 */
export function cancelSource(): CancelSource {
  const listeners = new Set<() => void>()
  let aborted = false
  return {
    signal: {
      get aborted() {
        return aborted
      },
      addEventListener(_type, listener) {
        if (!aborted) listeners.add(listener)
      },
    },
    abort() {
      if (aborted) return
      aborted = true
      for (const listener of listeners) listener()
      listeners.clear()
    },
  }
}
