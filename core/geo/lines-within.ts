import { holds } from './clip.ts'
import type { LayerColumns } from './columns.ts'
import { crossingShare, edgesNear, roomFor } from './edges-near.ts'
import { runLengthIn } from './measure.ts'
import { featureOfPart, partsMeeting } from './prepared.ts'
import { lookAtPart, ringSet, type RingSet } from './ring-set.ts'

export interface LineOptions {
  /** Lines `from … to`; all unless told. The result for a line does not depend on the others. */
  from?: number
  to?: number
  selectLine?: (feature: number) => boolean
  selectZone?: (feature: number) => boolean
}

/**
 * Visits every pair of a line feature and a polygon feature that it runs through, with the length in m of the line inside,
 * holes left out. Lines are cut exactly where they cross the outline; a piece counts with its share of the segment's true
 * length (geodesic, as `lengthsM`), so that pieces in zones that tile the ground add up to the whole. A line that runs along
 * the border of two zones counts in one of them, never in both.
 */
export function linesWithin(
  lines: LayerColumns,
  zone: LayerColumns,
  visit: (line: number, zone: number, lengthM: number) => void,
  options: LineOptions = {},
): void {
  const { from = 0, to = lines.count, selectLine = () => true, selectZone = () => true } = options
  const owners = featureOfPart(zone)
  const lengthOf = runLengthIn(lines.frame)
  const view = ringSet()
  const inside = new Map<number, number>()
  for (let line = from; line < to; line += 1) {
    if (!selectLine(line)) continue
    inside.clear()
    forEachSegment(lines, line, (vertex) => {
      const [ax = 0, ay = 0, bx = 0, by = 0] = lines.xy.subarray(2 * vertex, 2 * vertex + 4)
      const near = partsMeeting(zone, Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
      if (near.length === 0) return
      let lengthM = NaN
      for (const part of near.toSorted((one, other) => one - other)) {
        const owner = owners[part] ?? 0
        if (!selectZone(owner)) continue
        lookAtPart(view, zone, part)
        const share = shareInside(view, ax, ay, bx, by)
        if (share === 0) continue
        if (Number.isNaN(lengthM)) lengthM = lengthOf(lines.xy, vertex, vertex + 2)
        inside.set(owner, (inside.get(owner) ?? 0) + share * lengthM)
      }
    })
    for (const [owner, lengthM] of [...inside].toSorted(([one], [other]) => one - other)) visit(line, owner, lengthM)
  }
}

/** For every line the length in m of it that lies in a zone, whose features must not overlap each other. */
export function lengthsWithin(lines: LayerColumns, zone: LayerColumns, options: LineOptions = {}): Float64Array {
  const lengthM = new Float64Array(lines.count)
  const add = (line: number, _: number, inside: number) => {
    lengthM[line] = (lengthM[line] ?? 0) + inside
  }
  linesWithin(lines, zone, add, options)
  return lengthM
}

function forEachSegment(lines: LayerColumns, line: number, visit: (vertex: number) => void): void {
  const firstRing = lines.partOff[lines.featureOff[line] ?? 0] ?? 0
  const endRing = lines.partOff[lines.featureOff[line + 1] ?? 0] ?? 0
  for (let ring = firstRing; ring < endRing; ring += 1) {
    for (let vertex = lines.ringOff[ring] ?? 0; vertex + 1 < (lines.ringOff[ring + 1] ?? 0); vertex += 1) visit(vertex)
  }
}

let near: Int32Array = new Int32Array(256)

/** The share of a segment, 0 … 1, that lies in a polygon. */
function shareInside(set: RingSet, ax: number, ay: number, bx: number, by: number): number {
  near = roomFor(near, set)
  const edges = edgesNear(set, Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), near)
  const cuts: number[] = []
  for (let at = 0; at < edges; at += 1) {
    const vertex = 2 * (near[at] ?? 0)
    const [cx = 0, cy = 0, ex = 0, ey = 0] = set.xy.subarray(vertex, vertex + 4)
    const share = crossingShare(ax, ay, bx, by, cx, cy, ex, ey)
    if (share >= 0) cuts.push(share)
  }
  let isInside = holds(set, ax, ay, -1)
  if (cuts.length === 0) return isInside ? 1 : 0
  cuts.sort((one, other) => one - other)
  let [inside, since] = [0, 0]
  for (const cut of cuts) {
    if (isInside) inside += cut - since
    since = cut
    isInside = !isInside
  }
  return isInside ? inside + 1 - since : inside
}
