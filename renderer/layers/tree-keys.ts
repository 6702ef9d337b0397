/** What a key means in the layer tree; null for every other key. */
export type TreeStep = { do: 'go'; to: number } | { do: 'fold'; open: boolean } | { do: 'move'; by: 1 | -1 }

interface Pressed {
  key: string
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
}

/** What a key means on row `at` of `rows`: arrows go from row to row and fold, Home and End go to the ends, Alt with an arrow moves what the row holds. */
export function treeStep({ key, altKey, ctrlKey, metaKey, shiftKey }: Pressed, at: number, rows: number): TreeStep | null {
  if (ctrlKey || metaKey || shiftKey || rows === 0) return null
  if (altKey) return key === 'ArrowUp' ? { do: 'move', by: -1 } : key === 'ArrowDown' ? { do: 'move', by: 1 } : null
  if (key === 'ArrowDown') return { do: 'go', to: Math.min(rows - 1, at + 1) }
  if (key === 'ArrowUp') return { do: 'go', to: Math.max(0, at - 1) }
  if (key === 'Home') return { do: 'go', to: 0 }
  if (key === 'End') return { do: 'go', to: rows - 1 }
  if (key === 'ArrowRight' || key === 'ArrowLeft') return { do: 'fold', open: key === 'ArrowRight' }
  return null
}

/** The place that something dragged to a height takes among the others: below each whose middle is above that height. */
export const dropPlace = (y: number, others: readonly { top: number; bottom: number }[]): number =>
  others.filter(({ top, bottom }) => (top + bottom) / 2 < y).length
