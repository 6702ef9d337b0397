/** Clips against one side of a box: keeps points where `inside`, cuts edges that cross. Points are x,y,x,y…, ring closed by repetition. */
function clipSide(ring: readonly number[], axis: 0 | 1, limit: number, keepBelow: boolean): number[] {
  const result: number[] = []
  const inside = (value: number) => (keepBelow ? value <= limit : value >= limit)
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const [x0, y0, x1, y1] = [ring[i] ?? 0, ring[i + 1] ?? 0, ring[i + 2] ?? 0, ring[i + 3] ?? 0]
    const [a, b] = axis === 0 ? [x0, x1] : [y0, y1]
    if (inside(a)) result.push(x0, y0)
    if (inside(a) !== inside(b)) {
      const t = (limit - a) / (b - a)
      result.push(axis === 0 ? limit : x0 + (x1 - x0) * t, axis === 1 ? limit : y0 + (y1 - y0) * t)
    }
  }
  if (result.length >= 2) result.push(result[0] ?? 0, result[1] ?? 0)
  return result
}

/** A closed ring cut to a box (Sutherland–Hodgman). Runs along the box's edge are fine: they lie outside what is shown. */
export function clipRing(ring: readonly number[], min: number, max: number): number[] {
  let clipped: readonly number[] = ring
  for (const axis of [0, 1] as const) {
    clipped = clipSide(clipped, axis, min, false)
    clipped = clipSide(clipped, axis, max, true)
  }
  return [...clipped]
}

/** The pieces of a run whose segments come near the box: whole segments are kept, so that dashes and joins look right. */
export function clipRun(run: readonly number[], min: number, max: number): number[][] {
  const pieces: number[][] = []
  let piece: number[] = []
  for (let i = 0; i + 3 < run.length; i += 2) {
    const [x0, y0, x1, y1] = [run[i] ?? 0, run[i + 1] ?? 0, run[i + 2] ?? 0, run[i + 3] ?? 0]
    const near = Math.max(x0, x1) >= min && Math.min(x0, x1) <= max && Math.max(y0, y1) >= min && Math.min(y0, y1) <= max
    if (near) {
      if (piece.length === 0) piece.push(x0, y0)
      piece.push(x1, y1)
    } else if (piece.length > 0) {
      pieces.push(piece)
      piece = []
    }
  }
  if (piece.length > 0) pieces.push(piece)
  return pieces
}
