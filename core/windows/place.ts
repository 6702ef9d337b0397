/** A rectangle of the desktop in its own pixels. */
export interface ScreenBox {
  x: number
  y: number
  width: number
  height: number
}

const LEAST = { width: 480, height: 320 }

const isBox = (value: unknown): value is ScreenBox => {
  if (typeof value !== 'object' || value === null) return false
  const { x, y, width, height } = value as Partial<Record<keyof ScreenBox, unknown>>
  return [x, y, width, height].every((number) => typeof number === 'number' && Number.isFinite(number) && Math.abs(number) < 1e6)
}

const shared = (a: ScreenBox, b: ScreenBox): number =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y))

/** The screen that most of a box lies on; undefined where none of it lies on any. */
const screenOf = (box: ScreenBox, screens: readonly ScreenBox[]): ScreenBox | undefined =>
  screens.filter((screen) => shared(box, screen) > 0).toSorted((a, b) => shared(box, b) - shared(box, a))[0]

/**
 * Where a second window opens, as whole pixels: where it was, as far as that is on a screen that is still there and not too small to be found;
 * else over the whole of a screen that the first window is not on; else beside the first window's corner. `kept` is what was read from disk and
 * may be anything; `screens` are the parts of the screens that no task bar covers.
 */
export function windowPlace(kept: unknown, screens: readonly ScreenBox[], first: ScreenBox): ScreenBox {
  const home = screenOf(first, screens) ?? screens[0]
  if (isBox(kept)) {
    const screen = screenOf(kept, screens)
    if (screen && shared(kept, screen) >= (LEAST.width * LEAST.height) / 2) return rounded(within(kept, screen))
  }
  const other = screens.find((screen) => screen !== home)
  if (other) return rounded(other)
  const beside = { ...first, x: first.x + 48, y: first.y + 48 }
  return rounded(home ? within(beside, home) : beside)
}

function within(box: ScreenBox, screen: ScreenBox): ScreenBox {
  const width = Math.min(screen.width, Math.max(LEAST.width, box.width))
  const height = Math.min(screen.height, Math.max(LEAST.height, box.height))
  const clamp = (at: number, from: number, room: number) => Math.max(from, Math.min(at, from + room))
  return { width, height, x: clamp(box.x, screen.x, screen.width - width), y: clamp(box.y, screen.y, screen.height - height) }
}

const rounded = ({ x, y, width, height }: ScreenBox): ScreenBox => ({
  x: Math.round(x),
  y: Math.round(y),
  width: Math.round(width),
  height: Math.round(height),
})
