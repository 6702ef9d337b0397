import { bilingual } from '#core/text.ts'
import type { Note } from '#core/model/plan.ts'
import type { SourceLayer, SourceValue } from './format.ts'
import { cleanGeometry } from './geometry.ts'
import { SpooledLayer, type FoundGeometry } from './spooled-layer.ts'
import { axesOf, tableCrs, type Axes } from './table-axes.ts'
import { cellText, columnNames, coordinateOf, findGeometry, headerRow, numberStyle, type TableGeometry } from './table-columns.ts'
import type { NumberStyle } from './coordinate-text.ts'
import { decodeWkb, WkbError, type DecodedWkb } from './wkb.ts'
import { decodeWkt, WktError, type DecodedWkt } from './wkt-geometry.ts'

/** Rows that the rules look at before anything is decided. */
const SAMPLE_ROWS = 1000
/** A number that loses nothing by being one: no leading zeros, no more whole digits than a number holds. */
const PLAIN_NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,30})?(?:[eE][-+]?\d{1,3})?$/
const DECIMAL_COMMA = /^-?(0|[1-9]\d{0,14}),\d{1,12}$/

export interface TableOptions {
  file: string
  layer: string | null
  stagingDir?: string | undefined
  /** Text of the .prj beside the table. */
  prj: string | null
  encoding: SourceLayer['encoding']
  /** What the .csvt beside it says; it wins over names and contents. */
  declared?: { types: readonly string[]; geometry: TableGeometry } | null
  notes: readonly Note[]
}

interface Decided {
  names: string[]
  geometry: TableGeometry
  style: NumberStyle
  axes: Axes | null
}

const info = (code: string, zh: string, en: string): Note => ({ severity: 'info', code, text: bilingual(zh, en) })
const warning = (code: string, zh: string, en: string): Note => ({ severity: 'warning', code, text: bilingual(zh, en) })

/** Counts rows of one kind of trouble and remembers a few, for one sentence. */
class Trouble {
  count = 0
  readonly #rows: number[] = []

  add(row: number): void {
    if (++this.count <= 5) this.#rows.push(row)
  }

  get rows(): string {
    return this.#rows.join(', ')
  }
}

/** Turns the rows of a table (text file or sheet) into layers: header, coordinate columns, axes, CRS, each with its reason. */
export class TableLayer {
  readonly #options: TableOptions
  readonly #layer: SpooledLayer
  readonly #waiting: { row: number; cells: SourceValue[] }[] = []
  readonly #empty = new Trouble()
  readonly #unreadable = new Trouble()
  readonly #wide = new Trouble()
  #decided: Decided | null = null
  #srid: number | null = null

  constructor(options: TableOptions) {
    this.#options = options
    this.#layer = new SpooledLayer({
      ...options,
      interpret: (value, field) => this.#typed(value, field),
    })
  }

  /** A value in its own type: text that is a number becomes one, unless the .csvt says that it is text. */
  #typed(value: SourceValue, field: string): SourceValue {
    if (typeof value !== 'string') return value
    const declared = this.#options.declared?.types[this.#decided?.names.indexOf(field) ?? -1]
    if (declared !== undefined && /^(string|date|time|datetime)/i.test(declared)) return value
    if (this.#decided?.style.decimalComma && DECIMAL_COMMA.test(value)) return Number(value.replace(',', '.'))
    return PLAIN_NUMBER.test(value) && Number.isFinite(Number(value)) ? Number(value) : value
  }

  add(row: number, cells: SourceValue[]): void {
    if (this.#decided) this.#put(this.#decided, row, cells)
    else if (this.#waiting.push({ row, cells }) >= SAMPLE_ROWS) this.#decide()
  }

  #decide(): Decided {
    const rows = this.#waiting.map(({ cells }) => cells)
    const header = headerRow(rows)
    const body = this.#waiting.slice(header + 1)
    const width = Math.max(0, ...rows.map((cells) => cells.length))
    const names = columnNames(header < 0 ? undefined : rows[header], width)
    const data = body.map(({ cells }) => cells)
    const style = numberStyle(data)
    const geometry = this.#options.declared?.geometry ?? findGeometry(names, data, style)
    const decided: Decided = { names, geometry, style, axes: this.#axes(geometry, data, style) }
    this.#decided = decided
    this.#describe(decided, header)
    const hidden = geometry && geometry.how !== 'pair' ? geometry.column : -1
    this.#layer.declare(names.filter((_, at) => at !== hidden))
    for (const { row, cells } of body) this.#put(decided, row, cells)
    this.#waiting.length = 0
    return decided
  }

  #axes(geometry: TableGeometry, rows: readonly SourceValue[][], style: NumberStyle): Axes | null {
    if (geometry?.how !== 'pair') return null
    const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
    for (const cells of rows) {
      const [x, y] = [coordinateOf(cells[geometry.x], style), coordinateOf(cells[geometry.y], style)]
      if (x === null || y === null) continue
      box.splice(0, 4, Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y))
    }
    return box[0] <= box[2] ? axesOf(geometry.kind, box, this.#options.prj) : null
  }

  /** Says what was decided, so that nothing about a table is guessed silently. */
  #describe({ names, geometry, style, axes }: Decided, header: number): void {
    const { notes } = this.#layer
    const skipped = this.#waiting[header]?.row
    notes.push(...this.#options.notes)
    if (header > 0)
      notes.push(
        info(
          'table.header-row',
          `第 ${skipped} 行作为表头，其上各行未读取`,
          `row ${skipped} was taken as the header; the rows above it were not read`,
        ),
      )
    if (header < 0)
      notes.push(info('table.no-header', '没有表头，字段按列号命名', 'there is no header; fields are named by their columns'))
    if (style.decimalComma) notes.push(info('table.decimal-comma', '数值以逗号为小数点', 'numbers use the decimal comma'))
    if (geometry === null) {
      notes.push(
        warning(
          'table.no-geometry',
          '没有找到 WKT 列或坐标列，只有属性，不能作为图层导入',
          'no WKT or coordinate columns were found: attributes only, which cannot be a layer',
        ),
      )
      return
    }
    const [first, second] = geometry.how === 'pair' ? [names[geometry.x], names[geometry.y]] : [names[geometry.column], undefined]
    const columns = second === undefined ? `“${first}”` : `“${first}”, “${second}”`
    notes.push(info('table.geometry-columns', `几何取自列 ${columns}`, `geometry was read from ${columns}`))
    if (axes && (axes.swapped || axes.doubtful)) notes.push({ severity: 'warning', text: axes.reason, code: 'table.axes' })
  }

  #put(decided: Decided, row: number, cells: readonly SourceValue[]): void {
    const { names, geometry } = decided
    const hidden = geometry && geometry.how !== 'pair' ? geometry.column : -1
    const found = this.#geometry(decided, row, cells)
    if (cells.length > names.length && cells.slice(names.length).some((value) => cellText(value).trim() !== ''))
      this.#wide.add(row)
    const values: [string, SourceValue][] = []
    for (const [at, name] of names.entries()) {
      const value = cells[at] ?? null
      if (at !== hidden) values.push([name, value === '' ? null : value])
    }
    this.#layer.add(row, found, values)
  }

  #geometry({ geometry, style, axes }: Decided, row: number, cells: readonly SourceValue[]): FoundGeometry[] {
    if (geometry === null) return []
    if (geometry.how === 'pair') {
      const texts = [cells[geometry.x], cells[geometry.y]].map(cellText)
      const [x, y] = [coordinateOf(cells[geometry.x], style), coordinateOf(cells[geometry.y], style)]
      const isEmpty = texts.every((text) => text.trim() === '')
      if (x === null || y === null || Math.abs(x) >= 1e12 || Math.abs(y) >= 1e12) {
        ;(isEmpty ? this.#empty : this.#unreadable).add(row)
        return []
      }
      const run = axes?.swapped ? Float64Array.of(y, x) : Float64Array.of(x, y)
      return [{ kind: 'point', type: 'Point', geometry: { kind: 'point', parts: [[run]] } }]
    }
    const text = cellText(cells[geometry.column]).trim()
    if (text === '') {
      this.#empty.add(row)
      return []
    }
    const decoded = this.#decode(geometry.how, text)
    if (decoded === null) {
      this.#unreadable.add(row)
      return []
    }
    const { tally } = this.#layer
    tally.droppedZ ||= decoded.hasZ
    tally.droppedM ||= decoded.hasM
    if (decoded.wasCollection) tally.exploded++
    if (decoded.hadCurves) tally.stroked++
    return [...decoded.parts].map(([kind, parts]) => ({
      kind,
      type: decoded.type,
      geometry: cleanGeometry(kind, parts, row, tally),
    }))
  }

  /** The geometry of a cell; null (and counted) when its text is none. */
  #decode(how: 'wkt' | 'wkb', text: string): DecodedWkb | null {
    try {
      if (how === 'wkb') return decodeWkb(Buffer.from(text, 'hex'))
      const decoded: DecodedWkt = decodeWkt(text)
      this.#srid ??= decoded.srid
      return decoded
    } catch (error) {
      if (error instanceof WktError || error instanceof WkbError) return null
      throw error
    }
  }

  /** The layers of the table. To be called once, after the last row. */
  finish(): SourceLayer[] {
    const { names, geometry, axes } = this.#decided ?? this.#decide()
    const { notes } = this.#layer
    const [empty, unreadable] = [this.#empty, this.#unreadable]
    if (empty.count > 0)
      notes.push(
        warning(
          'geometry.missing',
          `${empty.count} 行没有坐标（如第 ${empty.rows} 行）`,
          `${empty.count} rows have no coordinates (rows ${empty.rows} …)`,
        ),
      )
    if (unreadable.count > 0)
      notes.push(
        warning(
          'geometry.unreadable',
          `${unreadable.count} 行的坐标或几何无法读取（如第 ${unreadable.rows} 行），按无几何处理`,
          `the coordinates or geometry of ${unreadable.count} rows cannot be read (rows ${unreadable.rows} …); they are kept without geometry`,
        ),
      )
    const wide = this.#wide
    if (wide.count > 0)
      notes.push(
        warning(
          'table.rows-wide',
          `${wide.count} 行的列数多于表头（如第 ${wide.rows} 行），多出的列未读取`,
          `${wide.count} rows have more columns than the header (rows ${wide.rows} …); the further ones were not read`,
        ),
      )
    const degrees = geometry?.how === 'pair' && geometry.kind === 'degrees'
    const crs = tableCrs(this.#layer.extent, { prj: this.#options.prj, srid: this.#srid, degrees, names })
    const doubted = axes?.doubtful ? { ...crs, confidence: Math.min(crs.confidence, 0.3) } : crs
    return this.#layer.toLayers({ crs: doubted, encoding: this.#options.encoding })
  }

  close(): void {
    this.#layer.close()
  }
}
