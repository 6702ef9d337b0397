import { AppError } from '#core/errors.ts'
import type { Guess } from '#core/model/inspection.ts'
import { bilingual } from '#core/text.ts'
import { chosenEncoding, detectEncoding } from './encoding.ts'
import { fileChunks } from './file-chunks.ts'
import { foreignStrings } from './foreign-strings.ts'
import type { SourceValue } from './format.ts'
import { isGeometryType, isRecord, readGeometry } from './geojson-geometry.ts'
import { plainProperty } from './geojson-table.ts'
import { numberIfPlain, parseHtmlTable } from './html-table.ts'
import { JsonScanError, type JsonScanner, type JsonSlice } from './json-scanner.ts'
import type { SpooledLayer } from './spooled-layer.ts'
import { isUtf8File } from './utf8-file.ts'

const HTML_FIELD = /^(description|desc)$/i
/** Double-byte encodings whose second byte may look like a quote's neighbour: the scanner must know. */
const DOUBLE_BYTES = new Set(['gbk', 'gb18030', 'big5', 'shift_jis', 'euc-kr'])

/** How the text of a large JSON file is encoded, found without holding it. */
export interface StreamEncoding {
  decode: (bytes: Uint8Array) => string
  doubleBytes: boolean
  guess: Guess<string | null>
}

/** UTF-8 when the whole file is valid in it; else what its strings look like (Chinese programs write GBK); or what a person chose. */
export function streamEncoding(file: string, shown: string, chosen: string | null): StreamEncoding {
  if (chosen !== null) {
    const { label, guess } = chosenEncoding(shown, chosen)
    const decoder = new TextDecoder(label)
    return { decode: (bytes) => decoder.decode(bytes), doubleBytes: DOUBLE_BYTES.has(label), guess }
  }
  if (isUtf8File(file, shown)) {
    const reason = bilingual('GeoJSON 规定为 UTF-8，内容有效', 'GeoJSON is UTF-8 by rule, and this is valid UTF-8')
    return {
      decode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'),
      doubleBytes: false,
      guess: { value: 'UTF-8', confidence: 1, reason },
    }
  }
  const { label, guess } = detectEncoding(foreignStrings(fileChunks(file, shown, () => undefined)), null)
  const decoder = new TextDecoder(label)
  return { decode: (bytes) => decoder.decode(bytes), doubleBytes: DOUBLE_BYTES.has(label), guess }
}

/** Line and column of a byte, counted only when there is something to say about it. */
export function jsonBroken(file: string, shown: string, offset: number, cause: unknown): AppError {
  let line = 1
  let lineStart = 0
  let before = 0
  for (const chunk of fileChunks(file, shown, () => undefined)) {
    for (let at = chunk.indexOf(0x0a); at >= 0 && before + at < offset; at = chunk.indexOf(0x0a, at + 1)) {
      line++
      lineStart = before + at + 1
    }
    before += chunk.length
    if (before >= offset) break
  }
  return new AppError('import.json-broken', { file: shown, line, column: offset - lineStart + 1 }, { cause })
}

/** Parses one value that was cut out of a file. @throws JsonScanError where it starts, when it is not JSON */
export function parseSlice({ bytes, offset }: JsonSlice, decode: StreamEncoding['decode']): unknown {
  try {
    return JSON.parse(decode(bytes)) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) throw new JsonScanError(offset)
    throw error
  }
}

/** The elements of an array one by one; the scanner stands before its bracket. @throws JsonScanError */
export function* elements(scanner: JsonScanner): Generator<JsonSlice> {
  scanner.expect('[')
  if (scanner.skipSpace() === 0x5d) {
    scanner.skip()
    return
  }
  for (;;) {
    yield scanner.value()
    const next = scanner.skipSpace()
    scanner.skip()
    if (next === 0x5d) return
    if (next !== 0x2c) scanner.fail()
  }
}

/** Attributes of one feature; an HTML table in `description` is read as the attributes that it hides. */
function* propertiesOf(properties: unknown, file: string, row: number, expanded: Set<string>): Generator<[string, SourceValue]> {
  if (!isRecord(properties)) return
  const taken = new Set(Object.keys(properties).map((name) => name.toLowerCase()))
  for (const [name, value] of Object.entries(properties)) {
    const table = HTML_FIELD.test(name) && typeof value === 'string' ? parseHtmlTable(value) : null
    if (!table) yield [name, plainProperty(value, file, row)]
    for (const [key, text] of table ?? []) {
      const free = taken.has(key.toLowerCase()) ? `${name}_${key}` : key
      expanded.add(free)
      yield [free, numberIfPlain(text)]
    }
  }
}

/** Feeds GeoJSON features into a layer, with the same rules as the reader that holds a whole file. */
export class GeoJsonFeatures {
  readonly #file: string
  readonly #layer: SpooledLayer
  readonly #expanded = new Set<string>()

  constructor(file: string, layer: SpooledLayer) {
    this.#file = file
    this.#layer = layer
  }

  #shape(row: number, zh: string, en: string): AppError {
    return new AppError('import.geojson-shape', { file: this.#file, row, problem: bilingual(zh, en) })
  }

  /** A feature or a bare geometry. @throws AppError `import.geojson-shape`, `import.bad-coordinate` */
  add(value: unknown, row: number): void {
    const isBare = isRecord(value) && isGeometryType(value.type)
    const feature = isBare ? { geometry: value, properties: null } : value
    if (!isRecord(feature) || (!isBare && feature.type !== 'Feature'))
      throw this.#shape(row, '不是 Feature', 'it is not a Feature')
    const { geometry, properties } = feature
    const hasNone = geometry === null || geometry === undefined
    const found = hasNone ? [] : readGeometry(geometry, { file: this.#file, row }, this.#layer.tally)
    if (found.length === 0) this.#layer.withoutGeometry(row)
    this.#layer.add(row, found, propertiesOf(properties, this.#file, row, this.#expanded))
  }

  /** Adds what should be said of the attributes. */
  finish(): void {
    if (this.#expanded.size === 0) return
    const list = [...this.#expanded].join(', ')
    const text = bilingual(
      `属性藏在 HTML 表格中，已展开为字段：${list}`,
      `attributes were hidden in an HTML table; they were read as the fields ${list}`,
    )
    this.#layer.notes.push({ severity: 'info', code: 'fields.from-html', text })
  }
}

/** Turns positions of the scanner into a typed error, whatever reads from it. */
export function scanned<T>(file: string, shown: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof JsonScanError) throw jsonBroken(file, shown, error.offset, error)
    throw error
  }
}
