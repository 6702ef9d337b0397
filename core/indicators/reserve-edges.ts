import type { LayerColumns } from '../geo/columns.ts'
import { runLengthIn } from '../geo/measure.ts'
import type { Select } from '../geo/overlay-area.ts'
import { OUTSIDE, zoneAt } from '../geo/within.ts'
import { depthsBeside, type BesideSample } from '../network/along-axis.ts'

/** The edge is looked at every so many metres. */
export const EDGE_STEP_M = 20
/** A place this far outside of a reserve that is in a reserve again is no edge. */
const NEXT_DOOR_MM = 1000

export interface EdgeOptions {
  /** Ground of the buffers. */
  green: LayerColumns
  isBuffer: Select
  bufferM: number
  /** A path or a brook of this width may lie between the reserve and its buffer. */
  gapM: number
  /** Ground of the plan: what lies beyond it cannot be judged. */
  within: LayerColumns | undefined
}

/** Lengths of the edge of every reserve, in m. */
export interface ReserveEdges {
  edgeM: Float64Array
  bufferedM: Float64Array
  /** Edge at the limit of the plan, which is neither. */
  beyondM: Float64Array
}

/**
 * The edge of reserves (holes too, lines between two reserves not), and the part of it with ground of buffers outside that is at
 * least `bufferM` deep and begins within `gapM`. Every sample stands for its share of its ring's true length.
 */
export function reserveEdges(reserves: LayerColumns, options: EdgeOptions): ReserveEdges {
  const { green, isBuffer, bufferM, gapM, within } = options
  const lengthOf = runLengthIn(reserves.frame)
  const edges = [0, 1, 2].map(() => new Float64Array(reserves.count))
  const [edgeM, bufferedM, beyondM] = edges as [Float64Array, Float64Array, Float64Array]
  const add = (to: Float64Array, reserve: number, lengthM: number) => (to[reserve] = (to[reserve] ?? 0) + lengthM)
  const look = { stepM: EDGE_STEP_M, reachM: bufferM + gapM, select: (feature: number) => isBuffer(feature) }
  forEachRing(reserves, (reserve, first, end) => {
    const samples = depthsBeside(reserves.xy.subarray(2 * first, 2 * end), [green], look)
    const eachM = lengthOf(reserves.xy, first, end) / samples.length
    for (const sample of samples) {
      if (zoneOutside(reserves, sample, NEXT_DOOR_MM) !== OUTSIDE) continue
      if (within && zoneOutside(within, sample, 1000 * bufferM) === OUTSIDE) add(beyondM, reserve, eachM)
      else {
        add(edgeM, reserve, eachM)
        if (sample.fromM <= gapM && sample.depthM >= bufferM - ROUNDING_M) add(bufferedM, reserve, eachM)
      }
    }
  })
  return { edgeM, bufferedM, beyondM }
}

/** Vertices lie on millimetres, so that a strip of exactly 100 m may come out a hair narrower. */
const ROUNDING_M = 0.005

const zoneOutside = (zone: LayerColumns, { x, y, rightX, rightY }: BesideSample, farMm: number): number =>
  zoneAt(zone, Math.round(x + farMm * rightX), Math.round(y + farMm * rightY))

/** Shells run counter-clockwise and holes clockwise: outside is always to the right. */
function forEachRing(
  { count, featureOff, partOff, ringOff }: LayerColumns,
  visit: (f: number, first: number, end: number) => void,
) {
  for (let feature = 0; feature < count; feature += 1) {
    const end = partOff[featureOff[feature + 1] ?? 0] ?? 0
    for (let ring = partOff[featureOff[feature] ?? 0] ?? 0; ring < end; ring += 1) {
      visit(feature, ringOff[ring] ?? 0, ringOff[ring + 1] ?? 0)
    }
  }
}
