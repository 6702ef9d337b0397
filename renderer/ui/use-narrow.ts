import { useSyncExternalStore } from 'react'

/** Narrower than this, panels cannot stand side by side: a small window, or any window at 200–400 % zoom. */
const query = () => window.matchMedia('(max-width: 860px)')

const subscribe = (changed: () => void) => {
  const narrow = query()
  narrow.addEventListener('change', changed)
  return () => narrow.removeEventListener('change', changed)
}

/** Whether panels have to be stacked. */
export const useNarrow = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => query().matches,
    () => false,
  )
