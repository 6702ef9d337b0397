import type { SourceValue } from './format.ts'

const ROW = /<th\b[^>]*>([^<]*)<\/th>\s*<td\b[^>]*>([^<]*)<\/td>/gi
/** Exports of ArcGIS have no header cells: two plain cells to a row, name and value. */
const PLAIN_ROW = /<tr\b[^>]*>\s*<td\b[^>]*>([^<]*)<\/td>\s*<td\b[^>]*>([^<]*)<\/td>\s*<\/tr>/gi
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

const plain = (html: string): string =>
  html
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    })
    .trim()

function rowsOf(text: string, pattern: RegExp): Map<string, string> {
  const cells = new Map<string, string>()
  for (const [, name = '', value = ''] of text.matchAll(pattern)) {
    const key = plain(name)
    if (key !== '' && !cells.has(key)) cells.set(key, plain(value))
  }
  return cells
}

/** Attributes that a KML export has hidden in an HTML table (name in <th> or the first <td>, value in <td>); null when the text is no such table. */
export function parseHtmlTable(text: string): Map<string, string> | null {
  if (!/<table\b/i.test(text)) return null
  const cells = rowsOf(text, ROW)
  if (cells.size > 0) return cells
  const plainCells = rowsOf(text, PLAIN_ROW)
  return plainCells.size === 0 ? null : plainCells
}

/** A number when the text is written as one and loses nothing by it: "0701" and long codes stay text. */
export function numberIfPlain(text: string): number | string | null {
  if (text === '') return null
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,12})?$/.test(text) ? Number(text) : text
}

/** The same for a stored value: text that is a plain number becomes one, anything else stays as it is. */
export const plainNumber = (value: SourceValue): SourceValue => (typeof value === 'string' ? numberIfPlain(value) : value)
