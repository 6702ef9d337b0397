import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { GeometryKind } from '#core/model/roles.ts'
import type { SourceGeometry } from './format.ts'
import { cleanGeometry, isCoordinate, newRun } from './geometry.ts'
import type { Tally } from './tally.ts'

/** Where a value stands, for error messages. */
export interface Place {
  file: string
  row: number
}

const MAX_NESTING = 16

const shapeError = ({ file, row }: Place, zh: string, en: string): AppError =>
  new AppError('import.geojson-shape', { file, row, problem: bilingual(zh, en) })

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function list(value: unknown, place: Place): readonly unknown[] {
  if (!Array.isArray(value)) throw shapeError(place, 'coordinates 应为数组', 'coordinates must be an array')
  return value
}

function position(value: unknown, place: Place, tally: Tally, run: Float64Array, at: number): void {
  const numbers = list(value, place)
  const [x, y, z] = [numbers[0], numbers[1], numbers[2]]
  if (typeof x !== 'number' || typeof y !== 'number')
    throw shapeError(place, '坐标应为至少两个数', 'a position must be at least two numbers')
  if (!isCoordinate(x) || !isCoordinate(y))
    throw new AppError('import.bad-coordinate', { file: place.file, layer: null, row: place.row })
  if (z !== undefined) tally.droppedZ = true
  run[at] = x
  run[at + 1] = y
}

function readRun(value: unknown, place: Place, tally: Tally): Float64Array {
  const positions = list(value, place)
  const run = newRun(positions.length * 2)
  for (let index = 0; index < positions.length; index++) position(positions[index], place, tally, run, index * 2)
  return run
}

const readPoint = (value: unknown, place: Place, tally: Tally): Float64Array[] =>
  list(value, place).length === 0 ? [] : [readRun([value], place, tally)]
const readPolygon = (value: unknown, place: Place, tally: Tally): Float64Array[] =>
  list(value, place).map((ring) => readRun(ring, place, tally))

type Reader = (coordinates: unknown, place: Place, tally: Tally) => Float64Array[][]

const READERS: Record<string, { kind: GeometryKind; read: Reader }> = {
  Point: { kind: 'point', read: (value, place, tally) => [readPoint(value, place, tally)] },
  MultiPoint: { kind: 'point', read: (value, place, tally) => list(value, place).map((item) => readPoint(item, place, tally)) },
  LineString: { kind: 'line', read: (value, place, tally) => [[readRun(value, place, tally)]] },
  MultiLineString: {
    kind: 'line',
    read: (value, place, tally) => list(value, place).map((item) => [readRun(item, place, tally)]),
  },
  Polygon: { kind: 'polygon', read: (value, place, tally) => [readPolygon(value, place, tally)] },
  MultiPolygon: {
    kind: 'polygon',
    read: (value, place, tally) => list(value, place).map((item) => readPolygon(item, place, tally)),
  },
}

export const isGeometryType = (type: unknown): type is string =>
  typeof type === 'string' && (Object.hasOwn(READERS, type) || type === 'GeometryCollection')

/** The simple geometries of one GeoJSON geometry; collections are taken apart. */
function* members(value: unknown, place: Place, tally: Tally, depth = 0): Iterable<Record<string, unknown>> {
  if (depth > MAX_NESTING) throw shapeError(place, '几何集合嵌套过深', 'geometry collections are nested too deeply')
  if (!isRecord(value) || !isGeometryType(value.type))
    throw shapeError(place, '几何类型无效', 'its geometry type is not one of GeoJSON')
  if (value.type !== 'GeometryCollection') {
    yield value
    return
  }
  tally.exploded++
  for (const member of list(value.geometries, place)) if (member !== null) yield* members(member, place, tally, depth + 1)
}

/** Geometry of one feature, at most one per kind (a collection may hold several kinds); `type` is the source's own word. */
export function readGeometry(
  value: unknown,
  place: Place,
  tally: Tally,
): { type: string; geometry: SourceGeometry | null; kind: GeometryKind }[] {
  const type = isRecord(value) && typeof value.type === 'string' ? value.type : ''
  const parts = new Map<GeometryKind, Float64Array[][]>()
  for (const member of members(value, place, tally)) {
    const reader = READERS[String(member.type)]
    if (!reader) continue
    const collected = parts.get(reader.kind) ?? []
    collected.push(...reader.read(member.coordinates, place, tally))
    parts.set(reader.kind, collected)
  }
  return [...parts].map(([kind, found]) => ({ type, kind, geometry: cleanGeometry(kind, found, place.row, tally) }))
}
