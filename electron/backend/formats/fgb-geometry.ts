import type { GeometryKind } from '#core/model/roles.ts'
import { FlatTable, FlatTableError } from './flat-table.ts'
import { isFiniteRun } from './geometry.ts'
import { MOST_STROKED_POINTS, strokeArcs } from './stroke-arcs.ts'
import { GEOMETRY_TYPE_NAMES } from './wkb.ts'

const FIELD = { ends: 0, xy: 1, z: 2, m: 3, type: 6, parts: 7 }
const MAX_NESTING = 16

/** A coordinate that no system reaches; the caller adds file and row. */
export class FgbCoordinateError extends Error {}

export interface FgbGeometry {
  /** The source's own word. */
  type: string
  parts: Map<GeometryKind, Float64Array[][]>
  hasZ: boolean
  hasM: boolean
  wasCollection: boolean
  /** Curves that were turned into straight pieces, and surfaces in space that were laid flat. */
  stroked: boolean
  flattened: boolean
}

/** Reads one geometry. Parts may point anywhere, so what is read is bounded by the bytes that the feature has. */
class Decoder {
  readonly result: FgbGeometry = {
    type: '',
    parts: new Map(),
    hasZ: false,
    hasM: false,
    wasCollection: false,
    stroked: false,
    flattened: false,
  }
  #budget: number
  #strokedLeft = MOST_STROKED_POINTS

  constructor(featureBytes: number) {
    this.#budget = featureBytes
  }

  #run(table: FlatTable): Float64Array {
    const run = table.doubles(FIELD.xy)
    this.#budget -= 8 + run.byteLength
    if (this.#budget < 0) throw new FlatTableError('parts are used more than once')
    if (run.length % 2 !== 0) throw new FlatTableError('half a point')
    if (!isFiniteRun(run)) throw new FgbCoordinateError('not a coordinate')
    this.result.hasZ ||= (table.vector(FIELD.z, 8)?.byteLength ?? 0) > 0
    this.result.hasM ||= (table.vector(FIELD.m, 8)?.byteLength ?? 0) > 0
    return run
  }

  /** One run, cut where the ends say. */
  #runs(table: FlatTable): Float64Array[] {
    const run = this.#run(table)
    const ends = table.vector(FIELD.ends, 4)
    if (ends === null || ends.byteLength === 0) return run.length === 0 ? [] : [run]
    const runs: Float64Array[] = []
    let from = 0
    for (let at = 0; at < ends.byteLength; at += 4) {
      const to = ends.getUint32(at, true) * 2
      if (to < from || to > run.length) throw new FlatTableError('a part ends outside its points')
      runs.push(run.slice(from, to))
      from = to
    }
    return runs
  }

  #add(kind: GeometryKind, part: Float64Array[]): void {
    const parts = this.result.parts.get(kind) ?? []
    parts.push(part)
    this.result.parts.set(kind, parts)
  }

  #members(table: FlatTable): FlatTable[] {
    this.#budget -= 8
    if (this.#budget < 0) throw new FlatTableError('parts are used more than once')
    return table.tables(FIELD.parts)
  }

  /** A curve of straight and round pieces as one run. */
  #curve(table: FlatTable, type: number, depth: number): Float64Array {
    if (depth > MAX_NESTING) throw new FlatTableError('nested too deeply')
    if (type === 8) {
      this.result.stroked = true
      const stroked = strokeArcs(this.#run(table), this.#strokedLeft)
      if (stroked === null) throw new FlatTableError('its curves are too many points')
      this.#strokedLeft -= stroked.length / 2
      return stroked
    }
    if (type !== 9) return this.#run(table)
    const joined: number[] = []
    for (const member of this.#members(table)) {
      const piece = this.#curve(member, member.byte(FIELD.type) || 2, depth + 1)
      const touches = joined.length > 0 && joined.at(-2) === piece[0] && joined.at(-1) === piece[1]
      for (const value of touches ? piece.subarray(2) : piece) joined.push(value)
    }
    return Float64Array.from(joined)
  }

  read(table: FlatTable, type: number, depth = 0): void {
    if (depth > MAX_NESTING) throw new FlatTableError('nested too deeply')
    if (depth === 0) this.result.type = GEOMETRY_TYPE_NAMES[type] ?? `type ${type}`
    switch (type) {
      case 1:
      case 4: {
        const run = this.#run(table)
        if (run.length === 0) this.#add('point', [])
        for (let at = 0; at < run.length; at += 2) this.#add('point', [run.slice(at, at + 2)])
        return
      }
      case 2:
      case 8:
      case 9:
        return this.#add('line', [this.#curve(table, type, depth)])
      case 3:
      case 17:
        if (type === 17) this.result.flattened = true
        return this.#add('polygon', this.#runs(table))
      case 5:
        for (const run of this.#runs(table)) this.#add('line', [run])
        return
      case 10: {
        const rings = this.#members(table).map((ring) => this.#curve(ring, ring.byte(FIELD.type) || 2, depth + 1))
        return this.#add('polygon', rings)
      }
      case 6:
      case 11:
      case 12:
      case 15:
      case 16:
        return this.#collection(table, type, depth)
      case 7:
        this.result.wasCollection = true
        return this.#collection(table, type, depth)
      default:
        throw new FlatTableError(`geometry type ${type}`)
    }
  }

  #collection(table: FlatTable, type: number, depth: number): void {
    if (type === 15 || type === 16) this.result.flattened = true
    const members = this.#members(table)
    if (type === 16 && members.length === 0) for (const run of this.#runs(table)) this.#add('polygon', [run])
    const usual: Record<number, number> = { 6: 3, 11: 2, 12: 3, 15: 3, 16: 17 }
    for (const member of members) this.read(member, member.byte(FIELD.type) || (usual[type] ?? 0), depth + 1)
  }
}

/** The geometry of one feature. @throws FlatTableError, FgbCoordinateError */
export function decodeFgbGeometry(table: FlatTable, layerType: number, featureBytes: number): FgbGeometry {
  const decoder = new Decoder(featureBytes)
  decoder.read(table, layerType === 0 ? table.byte(FIELD.type) : layerType)
  return decoder.result
}
