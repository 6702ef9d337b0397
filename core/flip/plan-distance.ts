import type { LayerColumns } from '../geo/columns.ts'

/** Straight distance in m from a place (mm) to the nearest point of a point layer; Infinity where it has none. */
export function distanceTo({ count, featureOff, partBox }: LayerColumns, x: number, y: number): number {
  let least = Infinity
  for (let part = 0; part < (featureOff[count] ?? 0); part += 1) {
    least = Math.min(least, Math.hypot((partBox[4 * part] ?? 0) - x, (partBox[4 * part + 1] ?? 0) - y))
  }
  return least / 1000
}
