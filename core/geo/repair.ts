import type { Geos } from './geos.ts'
import { isSliver, noFindings, spikesOf, type GeometryFindings } from './geometry-findings.ts'
import { isPlainlyValid } from './plain-rings.ts'
import type { GeometryKind } from '../model/roles.ts'

/** A geometry in its CRS: parts → rings → x,y,x,y…; line parts are one run, point parts one pair. */
export interface RawGeometry {
  kind: GeometryKind
  parts: readonly (readonly Float64Array[])[]
}

/** The grid that coordinates are snapped to: steps per unit of the CRS. */
export const GRID = {
  /** 1 mm where the unit is the metre. */
  projected: 1000,
  /** 1e-8 degrees, about 1 mm. */
  geographic: 1e8,
} as const

/**
 * Why a geometry was changed. `not-finite`: vertices that are no numbers were left out; `collapsed`: a ring, run or part had
 * too few distinct vertices and was left out; `invalid`: rings crossed or lay wrongly and were rebuilt over the same ground.
 */
export type RepairReason = 'not-finite' | 'collapsed' | 'invalid'

export interface Repair {
  reason: RepairReason
  /** What the geometry library says ("Self-intersection[3 4]"), or how many pieces were left out. */
  detail: string
}

export interface RepairedGeometry {
  /** Valid, snapped, rings closed, shells counter-clockwise, holes clockwise. Empty when nothing is left. */
  parts: Float64Array[][]
  repairs: Repair[]
  /** Area after minus area before, in square units of the CRS; 0 when nothing was repaired and for lines and points. */
  areaDelta: number
  /** Area before, in the same units; 0 when nothing was repaired. */
  areaBefore: number
}

/** Snapping can break what was just made valid; after this many rounds the unsnapped repair is kept. */
const MOST_ROUNDS = 4

/**
 * Makes one geometry fit to be measured: finite, on the grid, without repeated vertices, and for polygons valid (GEOS,
 * MakeValid by structure). The runs that are given may be changed and given back. Never throws for bad data: what cannot be kept is left out and reported. `found` counts what was odd.
 */
export function repairGeometry(
  geometry: RawGeometry,
  geos: Geos,
  stepsPerUnit: number,
  found: GeometryFindings = noFindings(),
): RepairedGeometry {
  const count = { notFinite: 0, collapsed: 0 }
  const cleaned = cleanParts(geometry, stepsPerUnit, count, found)
  const repairs: Repair[] = []
  if (count.notFinite > 0) repairs.push({ reason: 'not-finite', detail: String(count.notFinite) })
  if (count.collapsed > 0) repairs.push({ reason: 'collapsed', detail: String(count.collapsed) })
  if (geometry.kind !== 'polygon' || cleaned.length === 0) return { parts: cleaned, repairs, areaDelta: 0, areaBefore: 0 }
  for (const part of cleaned) examine(part, stepsPerUnit, found)

  const reason = isPlainlyValid(cleaned, stepsPerUnit) ? null : geos.invalidReason(cleaned)
  if (reason === null) {
    const areaBefore = repairs.length === 0 ? 0 : areaOf(geometry.parts)
    turnRings(cleaned)
    return { parts: cleaned, repairs, areaDelta: repairs.length === 0 ? 0 : areaOf(cleaned) - areaBefore, areaBefore }
  }
  repairs.push({ reason: 'invalid', detail: reason })
  const parts = rebuild(cleaned, geos, stepsPerUnit)
  turnRings(parts)
  const areaBefore = areaOf(geometry.parts)
  return { parts, repairs, areaDelta: areaOf(parts) - areaBefore, areaBefore }
}

/** Counts spikes, holes that run like their shell, and thin parts. */
function examine(part: readonly Float64Array[], stepsPerUnit: number, found: GeometryFindings): void {
  const [shell = 0, ...holes] = part.map(signedArea)
  for (const ring of part) found.spikes += spikesOf(ring)
  for (const hole of holes) if (hole > 0 === shell > 0) found.turnedHoles += 1
  const area = holes.reduce((left, hole) => left - Math.abs(hole), Math.abs(shell))
  if (isSliver(part, area, stepsPerUnit)) found.slivers += 1
}

function rebuild(cleaned: Float64Array[][], geos: Geos, stepsPerUnit: number): Float64Array[][] {
  let parts = cleaned
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const made = geos.makeValid(parts) ?? []
    const snapped = cleanParts({ kind: 'polygon', parts: made }, stepsPerUnit, { notFinite: 0, collapsed: 0 }, noFindings())
    if (snapped.length === 0 || geos.invalidReason(snapped) === null) return snapped
    if (round === MOST_ROUNDS - 1) return made
    parts = snapped
  }
  return parts
}

interface LeftOut {
  notFinite: number
  collapsed: number
}

function cleanParts(
  { kind, parts }: RawGeometry,
  stepsPerUnit: number,
  leftOut: LeftOut,
  found: GeometryFindings,
): Float64Array[][] {
  const fewestValues = kind === 'polygon' ? 8 : kind === 'line' ? 4 : 2
  const kept: Float64Array[][] = []
  for (const part of parts) {
    const runs: Float64Array[] = []
    for (const [index, run] of part.entries()) {
      const snapped = snapRun(run, kind, stepsPerUnit, leftOut, found)
      if (snapped.length >= fewestValues) {
        runs.push(snapped)
        continue
      }
      leftOut.collapsed += 1
      // A polygon without its shell is nothing: its holes go with it.
      if (kind === 'polygon' && index === 0) break
    }
    if (runs.length > 0) kept.push(runs)
  }
  return kept
}

/** Finite vertices on the grid, each different from the one before; a ring is closed. The run itself where it is so already. */
function snapRun(
  run: Float64Array,
  kind: GeometryKind,
  stepsPerUnit: number,
  leftOut: LeftOut,
  found: GeometryFindings,
): Float64Array {
  if (isSnapped(run, kind, stepsPerUnit)) return run
  const out = new Float64Array(run.length + 2)
  let length = 0
  for (let i = 0; i + 1 < run.length; i += 2) {
    // Adding zero turns −0 into 0, so that equal places have equal bytes.
    const x = Math.round((run[i] ?? NaN) * stepsPerUnit) / stepsPerUnit + 0
    const y = Math.round((run[i + 1] ?? NaN) * stepsPerUnit) / stepsPerUnit + 0
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      leftOut.notFinite += 1
      continue
    }
    if (length > 0 && out[length - 2] === x && out[length - 1] === y) {
      found.duplicatePoints += 1
      continue
    }
    out[length] = x
    out[length + 1] = y
    length += 2
  }
  if (kind === 'polygon' && length >= 6 && (out[0] !== out[length - 2] || out[1] !== out[length - 1])) {
    out[length] = out[0] ?? 0
    out[length + 1] = out[1] ?? 0
    length += 2
    found.unclosedRings += 1
  }
  return out.slice(0, length)
}

/** Whether snapping would give back the same numbers, and find nothing to count. */
function isSnapped(run: Float64Array, kind: GeometryKind, stepsPerUnit: number): boolean {
  const last = run.length - 2
  if (run.length % 2 !== 0 || last < 0) return false
  if (kind === 'polygon' && (run[0] !== run[last] || run[1] !== run[last + 1])) return false
  let [beforeX, beforeY] = [NaN, NaN]
  for (let at = 0; at <= last; at += 2) {
    const x = run[at] as number
    const y = run[at + 1] as number
    if (!Number.isFinite(x) || !Number.isFinite(y)) return false
    if (Math.round(x * stepsPerUnit) / stepsPerUnit !== x || Math.round(y * stepsPerUnit) / stepsPerUnit !== y) return false
    if ((x === beforeX && y === beforeY) || Object.is(x, -0) || Object.is(y, -0)) return false
    beforeX = x
    beforeY = y
  }
  return true
}

/** Turns shells counter-clockwise and holes clockwise, in place. */
function turnRings(parts: Float64Array[][]): void {
  for (const part of parts)
    for (const [index, ring] of part.entries()) if (signedArea(ring) > 0 === index > 0) reverseVertices(ring)
}

function reverseVertices(ring: Float64Array): void {
  ring.reverse()
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const y = ring[i] ?? 0
    ring[i] = ring[i + 1] ?? 0
    ring[i + 1] = y
  }
}

/** Shells minus holes, whatever their orientation; a ring that crosses itself counts by winding, as most tools report it. */
function areaOf(parts: readonly (readonly Float64Array[])[]): number {
  let area = 0
  for (const part of parts) {
    const [shell = 0, ...holes] = part.map((ring) => Math.abs(signedArea(finiteOnly(ring))))
    area += Math.max(
      0,
      holes.reduce((left, hole) => left - hole, shell),
    )
  }
  return area
}

const finiteOnly = (ring: Float64Array): Float64Array =>
  ring.every(Number.isFinite)
    ? ring
    : ring.filter((_, i) => Number.isFinite(ring[i - (i % 2)]) && Number.isFinite(ring[i - (i % 2) + 1]))

function signedArea(ring: Float64Array): number {
  const originX = ring[0] ?? 0
  const originY = ring[1] ?? 0
  let twice = 0
  for (let i = 2; i + 3 < ring.length; i += 2) {
    const x = (ring[i] ?? 0) - originX
    const y = (ring[i + 1] ?? 0) - originY
    twice += x * ((ring[i + 3] ?? 0) - originY) - ((ring[i + 2] ?? 0) - originX) * y
  }
  return twice / 2
}
