import type { GeometryKind } from '#core/model/roles.ts'
import { isCoordinate } from './geometry.ts'
import { WkbError, type DecodedWkb } from './wkb.ts'

/** GeoParquet's native encodings: how many lists stand around the positions, and what they make. */
const ENCODINGS: Record<string, { kind: GeometryKind; lists: number; type: string }> = {
  point: { kind: 'point', lists: 0, type: 'Point' },
  multipoint: { kind: 'point', lists: 1, type: 'MultiPoint' },
  linestring: { kind: 'line', lists: 1, type: 'LineString' },
  multilinestring: { kind: 'line', lists: 2, type: 'MultiLineString' },
  polygon: { kind: 'polygon', lists: 2, type: 'Polygon' },
  multipolygon: { kind: 'polygon', lists: 3, type: 'MultiPolygon' },
}

export const isNativeEncoding = (encoding: string): boolean => Object.hasOwn(ENCODINGS, encoding)

const broken = (): WkbError => new WkbError({ problem: 'broken' })

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value) || value instanceof Float64Array) return value as readonly unknown[]
  throw broken()
}

/** Positions are structures of x, y and perhaps z, m. */
function runOf(positions: readonly unknown[], result: DecodedWkb): Float64Array {
  const run = new Float64Array(positions.length * 2)
  for (const [at, position] of positions.entries()) {
    if (typeof position !== 'object' || position === null) throw broken()
    const { x, y, z, m } = position as Record<string, unknown>
    if (typeof x !== 'number' || typeof y !== 'number') throw broken()
    if (!isCoordinate(x) || !isCoordinate(y)) throw new WkbError({ problem: 'not-finite' })
    result.hasZ ||= typeof z === 'number'
    result.hasM ||= typeof m === 'number'
    run[at * 2] = x
    run[at * 2 + 1] = y
  }
  return run
}

const isEmptyPoint = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'x' in value && (value.x === null || Number.isNaN(value.x))

/** A geometry in one of GeoParquet's native encodings. @throws WkbError */
export function decodeNative(value: unknown, encoding: string): DecodedWkb {
  const known = ENCODINGS[encoding]
  if (!known) throw broken()
  const { kind, lists, type } = known
  const result: DecodedWkb = { type, parts: new Map(), hasZ: false, hasM: false, wasCollection: false, hadCurves: false }
  const run = (positions: unknown): Float64Array => runOf(listOf(positions), result)
  const partsOf = (): Float64Array[][] => {
    if (encoding === 'point') return [isEmptyPoint(value) ? [] : [run([value])]]
    if (encoding === 'multipoint') return listOf(value).map((point) => (isEmptyPoint(point) ? [] : [run([point])]))
    if (encoding === 'polygon') return [listOf(value).map(run)]
    if (lists === 1) return [[run(value)]]
    return listOf(value).map((part) => (lists === 2 ? [run(part)] : listOf(part).map(run)))
  }
  result.parts.set(kind, partsOf())
  return result
}
