import type { GeometryKind } from '#core/model/roles.ts'
import { isCoordinate } from './geometry.ts'

/** A coordinate that is not a number or impossibly large; the caller adds file and row. */
export class KmlCoordinateError extends Error {}

export interface Coordinates {
  run: Float64Array
  hasZ: boolean
}

/** "lon,lat[,height] lon,lat …" with the liberties that people take with its spaces. @throws KmlCoordinateError */
export function parseCoordinates(text: string): Coordinates {
  const tuples = text
    .replaceAll(/\s*,\s*/g, ',')
    .split(/\s+/)
    .filter((tuple) => tuple !== '' && tuple !== ',')
  const run = new Float64Array(tuples.length * 2)
  let hasZ = false
  for (const [index, tuple] of tuples.entries()) hasZ = place(tuple.split(','), run, index) || hasZ
  return { run, hasZ }
}

/** "lon lat height" of a track. @throws KmlCoordinateError */
export function parseTrackPoint(text: string): Coordinates {
  const run = new Float64Array(2)
  return { run, hasZ: place(text.trim().split(/\s+/), run, 0) }
}

function place([lon = '', lat = '', height]: readonly string[], run: Float64Array, index: number): boolean {
  const [x, y] = [lon === '' ? Number.NaN : Number(lon), lat === '' ? Number.NaN : Number(lat)]
  if (!isCoordinate(x) || !isCoordinate(y)) throw new KmlCoordinateError('not a coordinate')
  run[index * 2] = x
  run[index * 2 + 1] = y
  return height !== undefined && height !== ''
}

/** Gathers the geometry of one placemark from its elements as they open and close. */
export class PlacemarkGeometry {
  /** The outermost element, for counting. */
  type: string | null = null
  readonly parts = new Map<GeometryKind, Float64Array[][]>()
  hasZ = false
  #rings: { outer: Float64Array | null; inner: Float64Array[] } | null = null
  #track: number[] | null = null
  #location: { x?: number; y?: number } = {}

  open(element: string): void {
    if (GEOMETRIES.has(element)) this.type ??= element
    if (element === 'Polygon') this.#rings = { outer: null, inner: [] }
    if (element === 'Track') this.#track = []
    if (element === 'Location') this.#location = {}
  }

  /** Text of an element that holds numbers. `inside` says which elements it is in. */
  text(element: string, text: string, inside: readonly string[]): void {
    if (element === 'coordinates') this.#coordinates(parseCoordinates(text), inside)
    if (element === 'coord' && this.#track) {
      const { run, hasZ } = parseTrackPoint(text)
      this.hasZ ||= hasZ
      this.#track.push(...run)
    }
    if (!inside.includes('Location')) return
    if (element === 'longitude') this.#location.x = Number(text)
    if (element === 'latitude') this.#location.y = Number(text)
  }

  #coordinates({ run, hasZ }: Coordinates, inside: readonly string[]): void {
    this.hasZ ||= hasZ
    if (this.#rings) {
      if (inside.includes('innerBoundaryIs')) this.#rings.inner.push(run)
      else this.#rings.outer ??= run
    } else if (inside.includes('Point')) {
      this.#add('point', run.length === 0 ? [] : [run.slice(0, 2)])
    } else if (inside.includes('LineString') || inside.includes('LinearRing')) this.#add('line', [run])
  }

  #add(kind: GeometryKind, part: Float64Array[]): void {
    const parts = this.parts.get(kind) ?? []
    parts.push(part)
    this.parts.set(kind, parts)
  }

  close(element: string): void {
    if (element === 'Polygon' && this.#rings) {
      this.#add('polygon', this.#rings.outer ? [this.#rings.outer, ...this.#rings.inner] : [])
      this.#rings = null
    }
    if (element === 'Track' && this.#track) {
      this.#add('line', [Float64Array.from(this.#track)])
      this.#track = null
    }
    if (element === 'Location') {
      const { x = Number.NaN, y = Number.NaN } = this.#location
      if (!isCoordinate(x) || !isCoordinate(y)) throw new KmlCoordinateError('not a coordinate')
      this.#add('point', [Float64Array.of(x, y)])
    }
  }
}

const GEOMETRIES = new Set(['Point', 'LineString', 'LinearRing', 'Polygon', 'MultiGeometry', 'Track', 'MultiTrack', 'Model'])
