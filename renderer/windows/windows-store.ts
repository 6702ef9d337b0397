import { create } from 'zustand'
import type { WindowPanel } from '#core/windows/address.ts'

interface WindowsState {
  /** What stands in the second window; null while there is none. In the second window itself: null. */
  away: WindowPanel | null
  /** Whether the map stands here too, while it is away. */
  isHereToo: boolean
  /** Whether maps of both windows look at the same place. */
  isFollowing: boolean
  /** Of a second window: its panel was taken back, but the browser does not let it close itself. */
  isReturned: boolean
  /** Why no window came. */
  error: unknown
}

/** Which windows there are, as each of them sees it. */
export const useWindows = create<WindowsState>()(() => ({
  away: null,
  isHereToo: false,
  isFollowing: true,
  isReturned: false,
  error: null,
}))
