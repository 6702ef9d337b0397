import { useSyncExternalStore } from 'react'
import { isNarrow, onRoom } from '../theme/room.ts'

/** Whether panels have to be stacked. */
export const useNarrow = (): boolean => useSyncExternalStore(onRoom, isNarrow, () => false)
