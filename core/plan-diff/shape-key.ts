import type { LayerColumns } from '../geo/columns.ts'

const LOW_BITS = 21

/**
 * A number for each feature's geometry that is the same for the same ground: it does not depend on where a ring starts, on the
 * order of rings and parts, or on the direction of a line. Sums of hashed segments (points: of hashed places), 53 bits.
 */
export function shapeKeys(layer: LayerColumns): Float64Array {
  const { kind, featureOff, partOff, ringOff, xy } = layer
  const keys = new Float64Array(layer.count)
  const sum = new Uint32Array(2)
  for (let feature = 0; feature < layer.count; feature += 1) {
    sum.fill(0)
    const firstRing = partOff[featureOff[feature] ?? 0] ?? 0
    const endRing = partOff[featureOff[feature + 1] ?? 0] ?? 0
    for (let ring = firstRing; ring < endRing; ring += 1) {
      const first = ringOff[ring] ?? 0
      const end = ringOff[ring + 1] ?? 0
      if (kind === 'point') addPlaces(xy, first, end, sum)
      else addSegments(xy, first, end, kind === 'line', sum)
    }
    keys[feature] = (sum[0] ?? 0) * 2 ** LOW_BITS + ((sum[1] ?? 0) >>> (32 - LOW_BITS))
  }
  return keys
}

function addSegments(xy: Int32Array, first: number, end: number, bothWays: boolean, sum: Uint32Array): void {
  for (let at = 2 * first; at + 2 < 2 * end; at += 2) {
    const [x0, y0, x1, y1] = [xy[at] ?? 0, xy[at + 1] ?? 0, xy[at + 2] ?? 0, xy[at + 3] ?? 0]
    const turned = bothWays && (x0 > x1 || (x0 === x1 && y0 > y1))
    if (turned) addHash(x1, y1, x0, y0, sum)
    else addHash(x0, y0, x1, y1, sum)
  }
}

function addPlaces(xy: Int32Array, first: number, end: number, sum: Uint32Array): void {
  for (let at = 2 * first; at < 2 * end; at += 2) addHash(xy[at] ?? 0, xy[at + 1] ?? 0, 0, 0, sum)
}

/** Two independent 32-bit hashes of four whole numbers, added to the sums (which wrap). */
function addHash(a: number, b: number, c: number, d: number, sum: Uint32Array): void {
  sum[0] = (sum[0] ?? 0) + mixed(a, b, c, d, 0x9e3779b9)
  sum[1] = (sum[1] ?? 0) + mixed(d, a, b, c, 0x7feb352d)
}

function mixed(a: number, b: number, c: number, d: number, seed: number): number {
  let hash = seed
  hash = Math.imul(hash ^ a, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13) ^ b, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 16) ^ c, 0x27d4eb2f)
  hash = Math.imul(hash ^ (hash >>> 15) ^ d, 0x165667b1)
  hash ^= hash >>> 14
  hash = Math.imul(hash, 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** One segment of a line, whichever way it is drawn, as a key of maps. */
export function segmentKey(x0: number, y0: number, x1: number, y1: number): number {
  const sum = new Uint32Array(2)
  addSegments(Int32Array.of(x0, y0, x1, y1), 0, 2, true, sum)
  return (sum[0] ?? 0) * 2 ** LOW_BITS + ((sum[1] ?? 0) >>> (32 - LOW_BITS))
}
