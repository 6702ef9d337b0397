/** What may stand alone in a second window. */
export const WINDOW_PANELS = ['map', 'checklist', 'findings'] as const
export type WindowPanel = (typeof WINDOW_PANELS)[number]

/** The name that two windows of one desk have in common; they listen to nobody else. */
export const PAIR = /^[\w-]{8,64}$/

const ADDRESS = new RegExp(`^#/plan/[\\w-]{1,64}/window/(${WINDOW_PANELS.join('|')})/[\\w-]{8,64}$`)

/** Whether an address after the hash is that of a second window: the only one that a page may have opened. */
export const isWindowHash = (hash: string): boolean => ADDRESS.test(hash)
