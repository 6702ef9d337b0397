import { chained } from './chains.ts'
import type { Geos } from './geos.ts'

/** A place where a layer that should tile the ground covers it more than once, or not at all. */
export interface TilingFault {
  kind: 'overlap' | 'gap'
  /** Features that cover it: 0 for a gap. */
  covers: number
  areaM2: number
  /** minX, minY, maxX, maxY in mm. */
  box: [number, number, number, number]
  /** A point inside, mm. */
  point: [x: number, y: number]
  /** Shell and holes, x,y,x,y… in mm. */
  rings: Float64Array[]
}

/**
 * What a tiling layer covers. `parcelsM2 − overlapM2 + gapM2 = hullM2` holds for every layer; `hullM2` is the ground inside
 * the outer outline of all features together, gaps filled, and is found independently of the features' areas: `unexplainedM2`
 * is what the equation misses, which is rounding.
 */
export interface TilingReport {
  parcelsM2: number
  /** Ground counted more than once: once for two features, twice for three. */
  overlapM2: number
  /** Ground that no feature covers, though features enclose it. */
  gapM2: number
  hullM2: number
  unexplainedM2: number
  overlaps: number
  gaps: number
  /** Faults narrower than `HAIRLINE_MM` on average: what rounding and vertices without a partner leave. In the sums, not in the list. */
  hairlines: number
  hairlineM2: number
  /** Largest first. */
  faults: TilingFault[]
}

/** Mean width below which a fault is a matter of digits, not of planning. */
const HAIRLINE_MM = 2
/** Rounding noise of faces, mm². */
const NOISE_MM2 = 1

/**
 * Overlaps and gaps of a layer, from what a boundary ledger left of it. Exact: between the edges that are left the number of
 * features covering the ground is constant and equals the winding number, so every face is a gap (0), sound (1) or an overlap
 * (2 and more). Only these edges go to GEOS, to be crossed with each other; `parcelsM2` is the sum of the features' areas.
 */
export function tilingReport(edges: Int32Array, parcelsM2: number, geos: Geos): TilingReport {
  const report: TilingReport = {
    parcelsM2,
    overlapM2: 0,
    gapM2: 0,
    hullM2: 0,
    unexplainedM2: 0,
    overlaps: 0,
    gaps: 0,
    hairlines: 0,
    hairlineM2: 0,
    faults: [],
  }
  const windingAt = windingIndex(edges)
  for (const { rings, inside } of geos.faces(chained(edges))) {
    const { areaMm2, edgeMm } = measured(rings)
    const covers = windingAt(inside[0], inside[1])
    const areaM2 = areaMm2 / 1e6
    report.hullM2 += areaM2
    if (covers === 1) continue
    if (covers === 0) report.gapM2 += areaM2
    else report.overlapM2 += (covers - 1) * areaM2
    if (areaMm2 < NOISE_MM2 || (2 * areaMm2) / edgeMm < HAIRLINE_MM) {
      report.hairlines += 1
      report.hairlineM2 += areaM2
      continue
    }
    const kind = covers === 0 ? 'gap' : 'overlap'
    if (covers === 0) report.gaps += 1
    else report.overlaps += 1
    report.faults.push({ kind, covers, areaM2, box: boxOf(rings[0] ?? new Float64Array(0)), point: inside, rings })
  }
  report.faults.sort((a, b) => b.areaM2 - a.areaM2 || a.box[0] - b.box[0] || a.box[1] - b.box[1])
  report.unexplainedM2 = parcelsM2 - report.overlapM2 + report.gapM2 - report.hullM2
  return report
}

/** Area without holes, and length of all rings. */
function measured(rings: readonly Float64Array[]): { areaMm2: number; edgeMm: number } {
  let areaMm2 = 0
  let edgeMm = 0
  for (const [index, ring] of rings.entries()) {
    let twice = 0
    const originX = ring[0] ?? 0
    const originY = ring[1] ?? 0
    for (let at = 0; at + 3 < ring.length; at += 2) {
      const x = (ring[at] ?? 0) - originX
      const y = (ring[at + 1] ?? 0) - originY
      const toX = (ring[at + 2] ?? 0) - originX
      const toY = (ring[at + 3] ?? 0) - originY
      twice += x * toY - toX * y
      edgeMm += Math.hypot(toX - x, toY - y)
    }
    areaMm2 += index === 0 ? Math.abs(twice) / 2 : -Math.abs(twice) / 2
  }
  return { areaMm2, edgeMm }
}

function boxOf(ring: Float64Array): TilingFault['box'] {
  const box: TilingFault['box'] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at + 1 < ring.length; at += 2) {
    box[0] = Math.min(box[0], ring[at] ?? 0)
    box[1] = Math.min(box[1], ring[at + 1] ?? 0)
    box[2] = Math.max(box[2], ring[at] ?? 0)
    box[3] = Math.max(box[3], ring[at + 1] ?? 0)
  }
  return box
}

/** Edges per horizontal strip, about. */
const PER_STRIP = 4

/** How often the edges wind around a point: edges to its right that go up count +1, those that go down −1. */
function windingIndex(edges: Int32Array): (x: number, y: number) => number {
  const count = edges.length / 4
  let [minY, maxY] = [Infinity, -Infinity]
  for (let at = 1; at < edges.length; at += 2) {
    minY = Math.min(minY, edges[at] ?? 0)
    maxY = Math.max(maxY, edges[at] ?? 0)
  }
  const strips = Math.max(1, Math.ceil(count / PER_STRIP))
  const height = Math.max(1, (maxY - minY) / strips)
  const stripOf = (y: number) => Math.max(0, Math.min(strips - 1, Math.floor((y - minY) / height)))
  const start = new Uint32Array(strips + 1)
  const spanOf = (edge: number): [number, number] => {
    const [from, to] = [stripOf(edges[4 * edge + 1] ?? 0), stripOf(edges[4 * edge + 3] ?? 0)]
    return from < to ? [from, to] : [to, from]
  }
  for (let edge = 0; edge < count; edge += 1) {
    const [first, last] = spanOf(edge)
    for (let strip = first; strip <= last; strip += 1) start[strip + 1] = (start[strip + 1] ?? 0) + 1
  }
  for (let strip = 0; strip < strips; strip += 1) start[strip + 1] = (start[strip + 1] ?? 0) + (start[strip] ?? 0)
  const members = new Uint32Array(start[strips] ?? 0)
  const next = start.slice(0, strips)
  for (let edge = 0; edge < count; edge += 1) {
    const [first, last] = spanOf(edge)
    for (let strip = first; strip <= last; strip += 1) {
      members[next[strip] ?? 0] = edge
      next[strip] = (next[strip] ?? 0) + 1
    }
  }
  return (x, y) => {
    let winding = 0
    const strip = stripOf(y)
    for (const edge of members.subarray(start[strip], start[strip + 1])) {
      const fromX = (edges[4 * edge] ?? 0) - x
      const fromY = (edges[4 * edge + 1] ?? 0) - y
      const toX = (edges[4 * edge + 2] ?? 0) - x
      const toY = (edges[4 * edge + 3] ?? 0) - y
      if (fromY > 0 === toY > 0) continue
      const goesUp = toY > fromY
      if (fromX * toY - toX * fromY > 0 === goesUp) winding += goesUp ? 1 : -1
    }
    return winding
  }
}
