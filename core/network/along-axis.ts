import type { LayerColumns } from '../geo/columns.ts'
import { featureOfPart, partsMeeting } from '../geo/prepared.ts'

/** One place on an axis, with the width of the ground around it at right angles to the axis. */
export interface AxisSample {
  /** Distance from the axis's beginning, m in the frame. */
  alongM: number
  /** In mm of the frame. */
  x: number
  y: number
  /** Width of the connected ground that holds the place, m; 0 where the place is not on it. */
  widthM: number
}

export interface AxisOptions {
  /** Distance between samples, m; the last piece may be shorter. */
  stepM: number
  /** How far to look to each side, m: a width is at most twice that. */
  reachM: number
  /** Features of the ground that count. */
  select?: (feature: number, layer: LayerColumns) => boolean
}

/**
 * Measures the width of ground along an axis (x, y, x, y … in mm): at the middle of every step a line is laid at right angles,
 * and the pieces of it that lie in any chosen polygon are joined; the piece that holds the place is the width there. Polygons
 * may overlap or touch: the pieces are one-dimensional, so nothing has to be united first.
 */
export function widthsAlong(axis: ArrayLike<number>, ground: readonly LayerColumns[], options: AxisOptions): AxisSample[] {
  const { stepM, reachM } = options
  return stepsOf(axis, 1000 * stepM).map(({ along, x, y, dirX, dirY }) => {
    const pieces = piecesAcross(ground, x, y, -dirY, dirX, 1000 * reachM, options.select)
    const own = pieces.find(({ from, to }) => from <= SAME && to >= -SAME)
    return { alongM: along / 1000, x, y, widthM: own ? (own.to - own.from) / 1000 : 0 }
  })
}

/** One place on a line, with the ground beside it on the right. */
export interface BesideSample {
  /** In mm of the frame. */
  x: number
  y: number
  /** Unit vector that points to the right of the line. */
  rightX: number
  rightY: number
  /** Where the nearest ground on the right begins, m from the line; Infinity where there is none within reach. */
  fromM: number
  /** How deep that ground is, m, as far as was looked. */
  depthM: number
}

/**
 * Measures ground on the right of a line, which is the outside of a polygon's rings: at the middle of every step, the nearest of
 * the joined pieces that a line at right angles has in any chosen polygon within `reachM`.
 */
export function depthsBeside(axis: ArrayLike<number>, ground: readonly LayerColumns[], options: AxisOptions): BesideSample[] {
  const { stepM, reachM } = options
  return stepsOf(axis, 1000 * stepM).map(({ x, y, dirX, dirY }) => {
    const [rightX, rightY] = [dirY, -dirX]
    const next = piecesAcross(ground, x, y, rightX, rightY, 1000 * reachM, options.select).find(({ to }) => to > SAME)
    const from = next ? Math.max(0, next.from) : Infinity
    return { x, y, rightX, rightY, fromM: from / 1000, depthM: next ? (next.to - from) / 1000 : 0 }
  })
}

/** Places within this many mm of each other are the same: two parcels that share an edge leave no gap. */
const SAME = 2

interface Step {
  along: number
  x: number
  y: number
  dirX: number
  dirY: number
}

/** The middle of every step along a run of vertices, with the direction there. */
function stepsOf(axis: ArrayLike<number>, stepMm: number): Step[] {
  const steps: Step[] = []
  let walked = 0
  let next = stepMm / 2
  const total = lengthOf(axis)
  if (total > 0 && total < stepMm) next = total / 2
  for (let at = 0; at + 3 < axis.length; at += 2) {
    const [ax, ay] = [axis[at] ?? 0, axis[at + 1] ?? 0]
    const [dx, dy] = [(axis[at + 2] ?? 0) - ax, (axis[at + 3] ?? 0) - ay]
    const length = Math.hypot(dx, dy)
    for (; length > 0 && next <= walked + length; next += stepMm) {
      const share = (next - walked) / length
      steps.push({ along: next, x: ax + share * dx, y: ay + share * dy, dirX: dx / length, dirY: dy / length })
    }
    walked += length
  }
  return steps
}

function lengthOf(axis: ArrayLike<number>): number {
  let length = 0
  for (let at = 0; at + 3 < axis.length; at += 2) {
    length += Math.hypot((axis[at + 2] ?? 0) - (axis[at] ?? 0), (axis[at + 3] ?? 0) - (axis[at + 1] ?? 0))
  }
  return length
}

interface Piece {
  from: number
  to: number
}

/** The pieces of a line through a place that lie in the ground, in mm from the place, joined where they meet, in order. */
function piecesAcross(
  ground: readonly LayerColumns[],
  x: number,
  y: number,
  dirX: number,
  dirY: number,
  reach: number,
  select: (feature: number, layer: LayerColumns) => boolean = () => true,
): Piece[] {
  const [minX, maxX] = [x - Math.abs(dirX) * reach, x + Math.abs(dirX) * reach]
  const [minY, maxY] = [y - Math.abs(dirY) * reach, y + Math.abs(dirY) * reach]
  const pieces = ground.flatMap((layer) => {
    const owner = featureOfPart(layer)
    return partsMeeting(layer, minX, minY, maxX, maxY)
      .filter((part) => select(owner[part] ?? 0, layer))
      .flatMap((part) => insidePart(layer, part, x, y, dirX, dirY, reach))
  })
  return joined(pieces)
}

/** Where a line is inside one part: between its crossings with the part's rings, in pairs. */
function insidePart(
  { xy, partOff, ringOff }: LayerColumns,
  part: number,
  x: number,
  y: number,
  dirX: number,
  dirY: number,
  reach: number,
): Piece[] {
  const crossings: number[] = []
  for (let ring = partOff[part] ?? 0; ring < (partOff[part + 1] ?? 0); ring += 1) {
    for (let vertex = ringOff[ring] ?? 0; vertex + 1 < (ringOff[ring + 1] ?? 0); vertex += 1) {
      const [ax, ay] = [(xy[2 * vertex] ?? 0) - x, (xy[2 * vertex + 1] ?? 0) - y]
      const [bx, by] = [(xy[2 * vertex + 2] ?? 0) - x, (xy[2 * vertex + 3] ?? 0) - y]
      // on which side of the line each end lies; an end on the line counts as to its left, so that it is crossed once
      const [sideA, sideB] = [dirX * ay - dirY * ax, dirX * by - dirY * bx]
      if (sideA >= 0 === sideB >= 0) continue
      const share = sideA / (sideA - sideB)
      crossings.push(dirX * (ax + share * (bx - ax)) + dirY * (ay + share * (by - ay)))
    }
  }
  crossings.sort((one, other) => one - other)
  const pieces: Piece[] = []
  for (let at = 0; at + 1 < crossings.length; at += 2) {
    const [from, to] = [Math.max(-reach, crossings[at] ?? 0), Math.min(reach, crossings[at + 1] ?? 0)]
    if (from < to) pieces.push({ from, to })
  }
  return pieces
}

function joined(pieces: Piece[]): Piece[] {
  const whole: Piece[] = []
  for (const { from, to } of pieces.toSorted((one, other) => one.from - other.from)) {
    const last = whole.at(-1)
    if (last && from <= last.to + SAME) last.to = Math.max(last.to, to)
    else whole.push({ from, to })
  }
  return whole
}

/** A stretch of an axis without enough ground. */
export interface AxisGap {
  fromM: number
  toM: number
  lengthM: number
  /** Samples of the stretch: what breaks it is found at these places. */
  samples: AxisSample[]
}

/**
 * How continuous ground is along an axis: the share of its length that is at least `minimumM` wide, and the stretches, longer
 * than `shortestM`, that are not. Each sample stands for its own step.
 */
export function continuity(
  samples: readonly AxisSample[],
  stepM: number,
  minimumM: number,
  shortestM: number,
): { share: number; gaps: AxisGap[] } {
  const wide = samples.filter(({ widthM }) => widthM >= minimumM).length
  const runs: AxisSample[][] = []
  samples.forEach((sample, at) => {
    if (sample.widthM >= minimumM) return
    const before = samples[at - 1]
    if (before && before.widthM < minimumM) runs.at(-1)?.push(sample)
    else runs.push([sample])
  })
  const gaps = runs.map((run): AxisGap => {
    const [first = 0, last = 0] = [run[0]?.alongM, run.at(-1)?.alongM]
    const [fromM, toM] = [first - stepM / 2, last + stepM / 2]
    return { fromM, toM, lengthM: toM - fromM, samples: run }
  })
  return { share: samples.length > 0 ? wide / samples.length : 0, gaps: gaps.filter(({ lengthM }) => lengthM > shortestM) }
}
