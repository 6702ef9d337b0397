import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { VctHead } from './vct-head.ts'
import type { VctLines } from './vct-lines.ts'

/** No object of a city plan has more points; a damaged count must not fill the memory. */
const MOST_POINTS = 10_000_000
const MOST_RINGS = 20_000

const isNumber = (text: string): boolean => /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(text)

/** What every object begins with. */
export interface VctObject {
  id: string
  code: string
  line: number
}

/** An area by its own coordinates, or by the numbers of the lines around it, ring by ring. */
export type VctArea = { rings: Float64Array[] } | { arcs: string[][] }

/** Reads the objects of the geometry sections, in either generation of the format. */
export class VctObjects {
  readonly #lines: VctLines
  readonly #head: VctHead
  /** The header says that the first coordinate points north. */
  readonly isNorthFirst: boolean
  hasHeights = false

  constructor(lines: VctLines, head: VctHead) {
    this.#lines = lines
    this.#head = head
    this.isNorthFirst = /^(n|北)/i.test(head.values.get('xaxisdirection') ?? '')
  }

  #split(line: string): string[] {
    return line.split(this.#head.separator === ',' || line.includes(this.#head.separator) ? this.#head.separator : ',')
  }

  #isCoordinates(line: string | null): boolean {
    if (line === null) return false
    const cells = this.#split(line)
    return cells.length >= 2 && cells.every(isNumber)
  }

  #count(): number {
    const count = Number(this.#lines.next())
    if (!Number.isInteger(count) || count < 0) throw this.#lines.broken('此处应为个数', 'a count is missing here')
    if (count > MOST_POINTS) {
      const what = bilingual('单个对象的点数', 'points in one object')
      throw new AppError('import.limit', { file: this.#lines.file, layer: null, what, limit: MOST_POINTS })
    }
    return count
  }

  #coordinates(into: number[]): void {
    const cells = this.#split(this.#lines.next())
    if (cells.length < 2 || !cells.every(isNumber)) throw this.#lines.broken('此处应为坐标', 'coordinates are missing here')
    const [x = Number.NaN, y = Number.NaN] = cells.map(Number)
    this.hasHeights ||= cells.length > 2 && this.#head.values.get('dim') === '3'
    if (this.isNorthFirst) into.push(y, x)
    else into.push(x, y)
  }

  #points(): Float64Array {
    const count = this.#count()
    const run: number[] = []
    for (let done = 0; done < count; done++) this.#coordinates(run)
    return Float64Array.from(run)
  }

  /** Number, feature code and style (or layer) of the next object; null where the section ends. */
  begin(section: string): VctObject | null {
    const first = this.#lines.next()
    if (first.toLowerCase() === `${section.toLowerCase()}end`) return null
    const id = first
    const line = this.#lines.number
    if (!/^[-\w]+$/.test(id)) throw this.#lines.broken('此处应为对象标识号', 'the number of an object is missing here')
    const code = this.#lines.next()
    this.#lines.next() // its style, or the name of its layer
    return { id, code, line }
  }

  /** Generation 3 ends every object with a 0. */
  #end(): void {
    if (this.#head.generation === 3 && this.#lines.next() !== '0')
      throw this.#lines.broken('对象没有以 0 结束', 'an object does not end with 0')
  }

  point(): Float64Array {
    const type = this.#lines.next()
    if (type !== '1' && type !== '2' && type !== '4')
      throw this.#lines.unsupported(`点的特征类型 ${type.slice(0, 20)}`, `points of type ${type.slice(0, 20)}`)
    const run: number[] = []
    const count = this.#isCoordinates(this.#lines.peek()) ? 1 : this.#count()
    for (let done = 0; done < count; done++) this.#coordinates(run)
    this.#end()
    return Float64Array.from(run)
  }

  line(): Float64Array[] {
    const type = this.#lines.next()
    if (type !== '1')
      throw this.#lines.unsupported(
        type === '100' ? '由其他线组成的线' : `线的特征类型 ${type.slice(0, 20)}`,
        type === '100' ? 'lines made of other lines' : `lines of type ${type.slice(0, 20)}`,
      )
    const runs: Float64Array[] = []
    if (this.#head.generation === 2) runs.push(this.#points())
    else
      for (let left = this.#count(); left > 0; left--) {
        const segment = this.#lines.next()
        if (segment !== '11')
          throw this.#lines.unsupported(
            `线段类型 ${segment.slice(0, 20)}（曲线）`,
            `segments of type ${segment.slice(0, 20)} (curves)`,
          )
        runs.push(this.#points())
      }
    this.#end()
    return runs
  }

  polygon(): VctArea {
    return this.#head.generation === 2 ? this.#oldPolygon() : this.#newPolygon()
  }

  #oldPolygon(): VctArea {
    if (!this.#isCoordinates(this.#lines.peek())) this.#lines.next() // some writers put a type before the label point
    this.#coordinates([])
    if (this.#head.hasTopology) return { arcs: this.#references() }
    const rings: Float64Array[] = []
    for (let ring = this.#points(); ring.length > 0; ring = this.#points()) this.#keep(rings, ring)
    return { rings }
  }

  #newPolygon(): VctArea {
    const type = this.#lines.next()
    this.#coordinates([])
    if (type === '100') {
      const made = this.#lines.next()
      if (made !== '21')
        throw this.#lines.unsupported(
          `面的构成类型 ${made.slice(0, 20)}（引用其他面）`,
          `areas of composition ${made.slice(0, 20)} (made of other areas)`,
        )
      const arcs = this.#references()
      this.#end()
      return { arcs }
    }
    if (type !== '1') throw this.#lines.unsupported(`面的特征类型 ${type.slice(0, 20)}`, `areas of type ${type.slice(0, 20)}`)
    const rings: Float64Array[] = []
    for (let left = this.#count(); left > 0; left--) {
      const ring = this.#lines.next()
      if (ring !== '11')
        throw this.#lines.unsupported(
          `边界类型 ${ring.slice(0, 20)}（圆或椭圆）`,
          `outlines of type ${ring.slice(0, 20)} (circles, ellipses)`,
        )
      this.#keep(rings, this.#points())
    }
    this.#end()
    return { rings }
  }

  #keep(rings: Float64Array[], ring: Float64Array): void {
    rings.push(ring)
    if (rings.length > MOST_RINGS) throw this.#tooManyRings()
  }

  #tooManyRings(): AppError {
    const what = bilingual('单个面的环数', 'rings in one area')
    return new AppError('import.limit', { file: this.#lines.file, layer: null, what, limit: MOST_RINGS })
  }

  /** Numbers of lines, eight to a row, a 0 between rings (counted), a minus for lines that run backwards. */
  #references(): string[][] {
    const rings: string[][] = [[]]
    for (let left = this.#count(); left > 0;) {
      for (const cell of this.#split(this.#lines.next())) {
        const id = cell.trim()
        if (id === '') continue // rows may end with a separator
        if (!/^-?\w+$/.test(id)) throw this.#lines.broken('此处应为线的标识号', 'the number of a line is missing here')
        if (id === '0') rings.push([])
        else rings.at(-1)?.push(id)
        left--
      }
      if (rings.length > MOST_RINGS) throw this.#tooManyRings()
    }
    return rings.filter(({ length }) => length > 0)
  }

  /** Text and place of a label. */
  annotation(): { text: string; place: Float64Array } {
    return this.#head.generation === 2 ? this.#oldAnnotation() : this.#newAnnotation()
  }

  #oldAnnotation(): { text: string; place: Float64Array } {
    for (let style = 0; style < 5; style++) this.#lines.next() // typeface, colour, weight, size, spacing
    const text = this.#lines.next()
    return { text, place: this.#points().slice(0, 2) }
  }

  #newAnnotation(): { text: string; place: Float64Array } {
    const type = this.#lines.next()
    let text = this.#lines.next()
    const isEmpty = this.#isCoordinates(text) && this.#lines.peek() === '0'
    const run: number[] = []
    if (isEmpty) {
      const [x = Number.NaN, y = Number.NaN] = this.#split(text).map(Number)
      run.push(...(this.isNorthFirst ? [y, x] : [x, y]))
      text = ''
    } else {
      const count = type === '2' ? this.#count() : 1
      for (let done = 0; done < count; done++) this.#coordinates(run)
    }
    this.#end()
    return { text, place: Float64Array.from(run).slice(0, 2) }
  }
}
