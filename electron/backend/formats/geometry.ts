import type { GeometryKind } from '#core/model/roles.ts'
import type { SourceGeometry } from './format.ts'
import type { Tally } from './tally.ts'

/** No system's coordinates reach this; programs write ±1e38 and ±1.8e308 for "no value". */
const IMPOSSIBLE = 1e12

export const isCoordinate = (value: number): boolean => Math.abs(value) < IMPOSSIBLE

/** True when every coordinate is a number that can be a coordinate. */
export function isFiniteRun(run: Float64Array): boolean {
  for (let index = 0; index < run.length; index++) if (!isCoordinate(run[index] ?? Number.NaN)) return false
  return true
}

/** Values of a slab; runs longer than a part of it get memory of their own. */
const SLAB = 1 << 14
const LARGEST_SHARE = SLAB / 16
let slab = new Float64Array(SLAB)
let taken = 0

/**
 * Zeros for one run. Short runs share their memory with others: a million small arrays cost more to make and to clear away than
 * all that is done with them. Whoever wants the bytes minds `byteOffset`.
 */
export function newRun(length: number): Float64Array {
  if (length > LARGEST_SHARE) return new Float64Array(length)
  if (taken + length > SLAB) {
    slab = new Float64Array(SLAB)
    taken = 0
  }
  const run = slab.subarray(taken, taken + length)
  taken += length
  return run
}

/** Grows over everything read; null until there was anything. */
export class ExtentOf {
  #box: [number, number, number, number] | null = null

  addGeometry(geometry: SourceGeometry): void {
    for (const rings of geometry.parts) for (const run of rings) this.#add(run)
  }

  addBox(minX: number, minY: number, maxX: number, maxY: number): void {
    const box = (this.#box ??= [Infinity, Infinity, -Infinity, -Infinity])
    if (minX < box[0]) box[0] = minX
    if (minY < box[1]) box[1] = minY
    if (maxX > box[2]) box[2] = maxX
    if (maxY > box[3]) box[3] = maxY
  }

  #add(run: Float64Array): void {
    const box = (this.#box ??= [Infinity, Infinity, -Infinity, -Infinity])
    for (let index = 0; index + 1 < run.length; index += 2) {
      const x = run[index] ?? Number.NaN
      const y = run[index + 1] ?? Number.NaN
      if (x < box[0]) box[0] = x
      if (y < box[1]) box[1] = y
      if (x > box[2]) box[2] = x
      if (y > box[3]) box[3] = y
    }
  }

  get value(): [number, number, number, number] | null {
    return this.#box
  }
}

function closed(ring: Float64Array, tally: Tally): Float64Array {
  const last = ring.length - 2
  if (ring.length < 6 || (ring[0] === ring[last] && ring[1] === ring[last + 1])) return ring
  tally.closedRings++
  const longer = new Float64Array(ring.length + 2)
  longer.set(ring)
  longer.set(ring.subarray(0, 2), ring.length)
  return longer
}

/** The fewest coordinates (numbers, not points) that make sense in a run of each kind. */
const FEWEST: Record<GeometryKind, number> = { polygon: 8, line: 4, point: 2 }

/** One part as the importer expects it: rings closed, runs with too few points dropped (and counted); null when nothing is left. */
export function cleanPart(kind: GeometryKind, rings: Float64Array[], row: number, tally: Tally): Float64Array[] | null {
  const kept: Float64Array[] = []
  for (const [index, raw] of rings.entries()) {
    const ring = kind === 'polygon' ? closed(raw, tally) : raw
    if (ring.length >= FEWEST[kind]) {
      kept.push(ring)
      continue
    }
    if (ring.length > 0) {
      tally.droppedRings++
      tally.remember('droppedRings', row)
    }
    if (index === 0) return null // without its shell a part is nothing
  }
  return kept.length === 0 ? null : kept
}

/** A geometry of cleaned parts, or null (counted as vanished when there had been coordinates). */
export function cleanGeometry(kind: GeometryKind, parts: Float64Array[][], row: number, tally: Tally): SourceGeometry | null {
  const kept = parts.map((rings) => cleanPart(kind, rings, row, tally)).filter((part) => part !== null)
  if (kept.length > 0) return { kind, parts: kept }
  if (parts.some((rings) => rings.some((ring) => ring.length > 0))) {
    tally.vanished++
    tally.remember('vanished', row)
  } else {
    tally.withoutGeometry++
    tally.remember('withoutGeometry', row)
  }
  return null
}
