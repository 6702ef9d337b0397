import { angleOf, numberOf, usesDecimalComma, type NumberStyle } from './coordinate-text.ts'
import type { SourceValue } from './format.ts'
import { looksLikeWkt } from './wkt-geometry.ts'

/** What a pair of coordinate columns calls itself. */
export type PairKind = 'degrees' | 'grid' | 'plain'

/** Where the geometry of a table's rows stands. */
export type TableGeometry = { how: 'wkt' | 'wkb'; column: number } | { how: 'pair'; kind: PairKind; x: number; y: number } | null

type Axis = 'lon' | 'lat' | 'east' | 'north' | 'x' | 'y'

const WORDS: Record<Axis, readonly string[]> = {
  lon: ['lon', 'lng', 'long', 'longitude', '经度', '東經', '东经', '経度', '經度'],
  lat: ['lat', 'latitude', '纬度', '北緯', '北纬', '緯度', '维度'],
  east: ['easting', 'eastings', 'east', 'e', '东', '東', '东向', '横', '橫', '横轴', '橫軸'],
  north: ['northing', 'northings', 'north', 'n', '北', '北向', '纵', '縱', '纵轴', '縱軸'],
  x: ['x', 'pointx', 'geomx', 'xcoord', 'coordx', 'xcoordinate', 'centroidx', 'x轴'],
  y: ['y', 'pointy', 'geomy', 'ycoord', 'coordy', 'ycoordinate', 'centroidy', 'y轴'],
}
const WKT_NAMES = new Set([
  'wkt',
  'ewkt',
  'geom',
  'geometry',
  'thegeom',
  'wktgeom',
  'geomwkt',
  'shape',
  'wkb',
  '几何',
  '几何图形',
  '坐标串',
  '图形',
])
/** Units and the word "coordinate" say nothing about the axis. */
const EMPTY_WORDS = /坐标值?|座標值?|值$|[(（[].*?[)）\]]|[°度米]$|\bm(?:etres?)?$/giu

const words = (name: string): string[] =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(EMPTY_WORDS, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

/** How well a column's name says that it is an axis: 3 exactly, 2 by its last word, 1 by one of its words, 0 not. */
function likeness(name: string, axis: Axis): number {
  const parts = words(name)
  const known = WORDS[axis]
  if (known.includes(parts.join(''))) return 3
  if (axis === 'lon' || axis === 'lat') {
    const foreign = known.filter((word) => !/^[a-z]/.test(word))
    if (foreign.some((word) => name.includes(word))) return 2
  }
  const isLetter = (word: string): boolean => word === 'e' || word === 'n'
  if (known.includes(parts.at(-1) ?? '') && !isLetter(parts.at(-1) ?? '')) return 2
  return parts.some((word) => known.includes(word) && !isLetter(word)) ? 1 : 0
}

function bestColumn(names: readonly string[], axis: Axis): { column: number; score: number } {
  let best = { column: -1, score: 0 }
  for (const [column, name] of names.entries()) {
    const score = likeness(name, axis)
    if (score > best.score) best = { column, score }
  }
  return best
}

/** Text of a cell, for rules that look at how values are written. */
export const cellText = (value: SourceValue | undefined): string => (value === null || value === undefined ? '' : String(value))

const HEX_WKB = /^0[01](?:[0-9a-f]{2}){8,}$/i

function shareOf(rows: readonly (readonly SourceValue[])[], column: number, test: (text: string) => boolean): number {
  const texts = rows.map((row) => cellText(row[column])).filter((text) => text.trim() !== '')
  return texts.length === 0 ? 0 : texts.filter(test).length / texts.length
}

/** One coordinate as a number: plain, with the table's decimal mark, or as an angle. */
export function coordinateOf(value: SourceValue | undefined, style: NumberStyle): number | null {
  if (typeof value === 'number') return value
  const text = cellText(value)
  return numberOf(text, style) ?? angleOf(text)
}

const PAIRS: readonly { kind: PairKind; x: Axis; y: Axis }[] = [
  { kind: 'degrees', x: 'lon', y: 'lat' },
  { kind: 'grid', x: 'east', y: 'north' },
  { kind: 'plain', x: 'x', y: 'y' },
]

/**
 * The columns that hold a table's geometry: WKT or hexadecimal WKB by content, else a pair of columns by their names, whose
 * values can be read as coordinates. Null when the table has none.
 */
export function findGeometry(
  names: readonly string[],
  rows: readonly (readonly SourceValue[])[],
  style: NumberStyle,
): TableGeometry {
  for (const column of names.keys()) {
    if (shareOf(rows, column, looksLikeWkt) >= 0.5) return { how: 'wkt', column }
    const isNamed = WKT_NAMES.has(words(names[column] ?? '').join(''))
    if (isNamed && shareOf(rows, column, (text) => HEX_WKB.test(text)) >= 0.5) return { how: 'wkb', column }
  }
  for (const { kind, x: xAxis, y: yAxis } of PAIRS) {
    const x = bestColumn(names, xAxis)
    const y = bestColumn(names, yAxis)
    if (x.score === 0 || y.score === 0 || x.column === y.column) continue
    const isReadable = (column: number): boolean => shareOf(rows, column, (text) => coordinateOf(text, style) !== null) >= 0.5
    if (isReadable(x.column) && isReadable(y.column)) return { how: 'pair', kind, x: x.column, y: y.column }
  }
  return null
}

/** The decimal mark of a table, judged by all columns whose values look like numbers. */
export function numberStyle(rows: readonly (readonly SourceValue[])[]): NumberStyle {
  return { decimalComma: usesDecimalComma(rows.flatMap((row) => row.filter((value) => typeof value === 'string'))) }
}

const isData = (value: SourceValue | undefined): boolean => {
  if (typeof value === 'number' || typeof value === 'boolean') return true
  const text = cellText(value)
  return looksLikeWkt(text) || numberOf(text, { decimalComma: true }) !== null || numberOf(text, { decimalComma: false }) !== null
}
const filled = (row: readonly SourceValue[]): number => row.filter((value) => cellText(value).trim() !== '').length

/**
 * Which of the first rows names the columns: titles and empty rows above it are sparser than the table. -1 when the first full
 * row holds data, so the columns have no names.
 */
export function headerRow(rows: readonly (readonly SourceValue[])[]): number {
  const most = Math.max(0, ...rows.map(filled))
  const first = rows.slice(0, 10).findIndex((row) => filled(row) >= Math.max(1, most * 0.6))
  const row = rows[first]
  return row && !row.some((value) => cellText(value).trim() !== '' && isData(value)) ? first : -1
}

/** Column names as given, made unique; columns without one are numbered. */
export function columnNames(header: readonly SourceValue[] | undefined, width: number): string[] {
  const taken = new Set<string>()
  return Array.from({ length: width }, (_, at) => {
    const given = cellText(header?.[at]).replace(/\s+/g, ' ').trim().slice(0, 200)
    const base = given === '' ? `field_${at + 1}` : given
    let name = base
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${base}_${number}`
    taken.add(name.toLowerCase())
    return name
  })
}
