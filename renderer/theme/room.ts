import { TEXT_SIZES, type TextSize } from '#core/contract/procedures.ts'

const REMEMBERED = 'greenprint.textSize'
/** Widths below which style sheets lay things out otherwise; they ask for `[data-room~='860']`. */
const BREAKS_PX = [480, 820, 860, 900, 980, 1100, 1400] as const
/** Narrower than this, panels cannot stand side by side: a small window, any window at 200–400 % zoom, or one with large text. */
const NARROW = 860

let textSize: TextSize = 100
let narrow = false
const heard = new Set<() => void>()

/** How wide the window is for its text: at twice the text size there is half the room. */
function measure(): void {
  const room = window.innerWidth / (textSize / 100)
  const within = BREAKS_PX.filter((width) => room <= width).join(' ')
  if (document.documentElement.dataset['room'] === within) return
  document.documentElement.dataset['room'] = within
  narrow = room <= NARROW
  for (const changed of heard) changed()
}

/** Shows text at a size of 100–200 %; remembered on this machine so that the next start does not jump. */
export function applyTextSize(size: TextSize): void {
  textSize = size
  localStorage.setItem(REMEMBERED, String(size))
  document.documentElement.style.fontSize = size === 100 ? '' : `${size}%`
  document.documentElement.dataset['text'] = String(size)
  measure()
}

/** Before the backend has answered: last time's text size; and from then on every change of the window's width. */
export function startRoom(): void {
  const remembered = Number(localStorage.getItem(REMEMBERED))
  applyTextSize(TEXT_SIZES.find((size) => size === remembered) ?? 100)
  window.addEventListener('resize', measure)
}

export const isNarrow = (): boolean => narrow

/** Hears when the room for text has changed, until the returned function is called. */
export function onRoom(changed: () => void): () => void {
  heard.add(changed)
  return () => void heard.delete(changed)
}
