/** Patterns that tell classes apart without colour. */
export const HATCHES = ['none', 'diagonal', 'back', 'cross', 'dots', 'horizontal', 'vertical', 'grid'] as const
export type Hatch = (typeof HATCHES)[number]

/** Side of the square that a pattern repeats. */
export const HATCH_PX = 8

type Line = readonly [x1: number, y1: number, x2: number, y2: number]

// Diagonals are drawn three times, so that they continue over the corners of the square.
const RISING: readonly Line[] = [-HATCH_PX, 0, HATCH_PX].map((shift) => [shift, HATCH_PX, shift + HATCH_PX, 0])
const FALLING: readonly Line[] = [-HATCH_PX, 0, HATCH_PX].map((shift) => [shift, 0, shift + HATCH_PX, HATCH_PX])
const LEVEL: readonly Line[] = [[0, 3.5, HATCH_PX, 3.5]]
const UPRIGHT: readonly Line[] = [[3.5, 0, 3.5, HATCH_PX]]

/** The lines of a pattern in its square, y down; dots and none have no lines. */
export const HATCH_LINES: Readonly<Record<Hatch, readonly Line[]>> = {
  none: [],
  dots: [],
  diagonal: RISING,
  back: FALLING,
  cross: [...RISING, ...FALLING],
  horizontal: LEVEL,
  vertical: UPRIGHT,
  grid: [...LEVEL, ...UPRIGHT],
}
