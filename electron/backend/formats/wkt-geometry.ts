import type { GeometryKind } from '#core/model/roles.ts'
import { isCoordinate } from './geometry.ts'
import { MOST_STROKED_POINTS, strokeArcs } from './stroke-arcs.ts'
import type { DecodedWkb } from './wkb.ts'

/** Why a text is not a geometry that can be read. */
export class WktError extends Error {}

/** What WKT held: as WKB, and whether arcs were turned into straight pieces. */
export interface DecodedWkt extends DecodedWkb {
  /** EPSG code of an "SRID=4547;" before the text. */
  srid: number | null
}

const TOKEN = /\s*(?:([A-Za-z]+)|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([(),]))/y
const MAX_NESTING = 16

/** True when a text begins as WKT does. */
export const looksLikeWkt = (text: string): boolean =>
  /^\s*(?:SRID=\d+;)?\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON|CURVE|SURFACE|GEOMETRYCOLLECTION|CIRCULARSTRING|COMPOUNDCURVE|CURVEPOLYGON|TIN|TRIANGLE|POLYHEDRALSURFACE)\s*[ZM]{0,2}\s*(?:\(|EMPTY)/i.test(
    text,
  )

class WktReader {
  readonly #text: string
  readonly #token = new RegExp(TOKEN)
  #next: RegExpExecArray | null = null
  #end = 0
  #strokedLeft = MOST_STROKED_POINTS
  readonly result: DecodedWkt

  constructor(text: string) {
    const srid = /^\s*SRID=(\d{1,6});/i.exec(text)
    this.#text = srid ? text.slice(srid[0].length) : text
    this.result = {
      type: '',
      parts: new Map(),
      hasZ: false,
      hasM: false,
      wasCollection: false,
      srid: srid ? Number(srid[1]) : null,
      hadCurves: false,
    }
    this.#advance()
  }

  #advance(): void {
    this.#token.lastIndex = this.#end
    this.#next = this.#token.exec(this.#text)
    if (this.#next) this.#end = this.#token.lastIndex
  }

  #word(): string {
    const word = this.#next?.[1]?.toUpperCase()
    if (word === undefined) throw new WktError('a word is missing')
    this.#advance()
    return word
  }

  #take(sign: string): boolean {
    if (this.#next?.[3] !== sign) return false
    this.#advance()
    return true
  }

  #need(sign: string): void {
    if (!this.#take(sign)) throw new WktError(`“${sign}” is missing`)
  }

  /** "(", items with commas between, ")"; or EMPTY, which has none. */
  #list(item: () => void): void {
    if (this.#next?.[1]?.toUpperCase() === 'EMPTY') {
      this.#advance()
      return
    }
    this.#need('(')
    do item()
    while (this.#take(','))
    this.#need(')')
  }

  #position(run: number[], hasMTag: boolean): void {
    const numbers: number[] = []
    while (this.#next?.[2] !== undefined) {
      numbers.push(Number(this.#next[2]))
      this.#advance()
    }
    const [x, y] = numbers
    if (x === undefined || y === undefined || numbers.length > 4 || !numbers.every(isCoordinate))
      throw new WktError('a position is not two to four numbers')
    if (numbers.length === 4 || (numbers.length === 3 && !hasMTag)) this.result.hasZ = true
    if (numbers.length === 4 || (numbers.length === 3 && hasMTag)) this.result.hasM = true
    run.push(x, y)
  }

  #run(hasM: boolean): Float64Array {
    const run: number[] = []
    this.#list(() => this.#position(run, hasM))
    return Float64Array.from(run)
  }

  /** An arc string as straight pieces. */
  #arcs(hasM: boolean): Float64Array {
    const stroked = strokeArcs(this.#run(hasM), this.#strokedLeft)
    if (stroked === null) throw new WktError('its curves are too many points')
    this.#strokedLeft -= stroked.length / 2
    this.result.hadCurves = true
    return stroked
  }

  /** A line, or a curve in its place: an arc string, or several pieces end to end. */
  #curve(hasM: boolean): Float64Array {
    if (this.#next?.[1] === undefined || this.#next[1].toUpperCase() === 'EMPTY') return this.#run(hasM)
    const { name, hasM: own } = this.#tag()
    if (name === 'LINESTRING') return this.#run(own)
    if (name === 'CIRCULARSTRING') return this.#arcs(own)
    if (name !== 'COMPOUNDCURVE') throw new WktError(`${name} is no curve`)
    return this.#compound(own)
  }

  #compound(hasM: boolean): Float64Array {
    const points: number[] = []
    this.#list(() => {
      const piece = this.#curve(hasM)
      const continues = points.length > 0 && points.at(-2) === piece[0] && points.at(-1) === piece[1]
      for (const value of continues ? piece.subarray(2) : piece) points.push(value)
    })
    return Float64Array.from(points)
  }

  #rings(hasM: boolean): Float64Array[] {
    const rings: Float64Array[] = []
    this.#list(() => rings.push(this.#curve(hasM)))
    return rings
  }

  #tag(): { name: string; hasM: boolean } {
    const word = this.#word()
    const suffix = /^(\w+?)(ZM|Z|M)$/.exec(word)
    const name = suffix && !KNOWN.has(word) ? (suffix[1] ?? word) : word
    let dimensions = name === word ? '' : (suffix?.[2] ?? '')
    if (/^(ZM|Z|M)$/i.test(this.#next?.[1] ?? '')) dimensions = this.#word()
    if (!KNOWN.has(name)) throw new WktError(`${name.slice(0, 40)} is not a geometry that can be read`)
    return { name, hasM: dimensions === 'M' }
  }

  #parts(kind: GeometryKind): Float64Array[][] {
    const known = this.result.parts.get(kind) ?? []
    this.result.parts.set(kind, known)
    return known
  }

  #multiPoint(hasM: boolean): void {
    const parts = this.#parts('point')
    this.#list(() => {
      if (this.#next?.[2] === undefined) {
        const run = this.#run(hasM)
        parts.push(run.length === 0 ? [] : [run])
        return
      }
      const run: number[] = []
      this.#position(run, hasM)
      parts.push([Float64Array.from(run)])
    })
  }

  geometry(depth: number): void {
    if (depth > MAX_NESTING) throw new WktError('nested too deeply')
    const { name, hasM } = this.#tag()
    if (depth === 0) this.result.type = name
    switch (name) {
      case 'POINT': {
        const run = this.#run(hasM)
        if (run.length > 2) throw new WktError('a point has one position')
        this.#parts('point').push(run.length === 0 ? [] : [run])
        return
      }
      case 'MULTIPOINT':
        return this.#multiPoint(hasM)
      case 'LINESTRING':
        this.#parts('line').push([this.#run(hasM)])
        return
      case 'CIRCULARSTRING':
        this.#parts('line').push([this.#arcs(hasM)])
        return
      case 'COMPOUNDCURVE':
        this.#parts('line').push([this.#compound(hasM)])
        return
      case 'MULTILINESTRING':
      case 'MULTICURVE': {
        const lines = this.#parts('line')
        return this.#list(() => lines.push([this.#curve(hasM)]))
      }
      case 'POLYGON':
      case 'TRIANGLE':
      case 'CURVEPOLYGON':
        this.#parts('polygon').push(this.#rings(hasM))
        return
      case 'MULTIPOLYGON':
      case 'MULTISURFACE': {
        const polygons = this.#parts('polygon')
        return this.#list(() => {
          const own = this.#next?.[1] === undefined ? hasM : this.#tag().hasM
          polygons.push(this.#rings(own))
        })
      }
      default:
        this.result.wasCollection = true
        return this.#list(() => this.geometry(depth + 1))
    }
  }

  end(): void {
    if (this.#next || this.#text.slice(this.#end).trim() !== '') throw new WktError('text after the geometry')
  }
}

const KNOWN = new Set([
  'POINT',
  'MULTIPOINT',
  'LINESTRING',
  'CIRCULARSTRING',
  'COMPOUNDCURVE',
  'MULTILINESTRING',
  'MULTICURVE',
  'POLYGON',
  'TRIANGLE',
  'CURVEPOLYGON',
  'MULTIPOLYGON',
  'MULTISURFACE',
  'GEOMETRYCOLLECTION',
])

/** Reads WKT or EWKT; arcs become straight pieces (`STROKED` says how fine). @throws WktError */
export function decodeWkt(text: string): DecodedWkt {
  const reader = new WktReader(text)
  reader.geometry(0)
  reader.end()
  return reader.result
}
