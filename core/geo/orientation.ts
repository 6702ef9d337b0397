/**
 * Which way three points turn, without a rounding error: the floor under every geometric decision of the clip kernel. Whole
 * millimetres of Int32 differ by less than 2^32, so a product needs 64 bits; doubles decide where their error cannot matter, and
 * whole numbers of any size decide elsewhere. The idea of such a filter is J. R. Shewchuk's, Adaptive Precision Floating-Point
 * Arithmetic and Fast Robust Geometric Predicates (1997).
 */

/** Largest double below which every whole number is exact. */
const EXACT = 2 ** 53

/**
 * dx·ey − dy·ex for whole numbers below 2^33: twice the signed area that two vectors span, positive where the second lies to
 * the left of the first. The sign is exact, and the value too as long as the vectors are shorter than 2^26 mm (67 km);
 * beyond, it keeps all but the last four bits of a double.
 */
export function cross(dx: number, dy: number, ex: number, ey: number): number {
  const left = dx * ey
  const right = dy * ex
  const value = left - right
  const size = (left < 0 ? -left : left) + (right < 0 ? -right : right)
  if (size <= EXACT || 8 * value > size || -8 * value > size) return value
  return Number(BigInt(dx) * BigInt(ey) - BigInt(dy) * BigInt(ex))
}

/**
 * Sign of p/q − r/s for whole numbers of any size, q and s not zero: where along an edge one crossing lies relative to another.
 */
export function compareRatios(p: bigint, q: bigint, r: bigint, s: bigint): number {
  const difference = p * s - r * q
  if (difference === 0n) return 0
  return difference > 0n === (q > 0n === s > 0n) ? 1 : -1
}
