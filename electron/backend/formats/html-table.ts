const ROW = /<th\b[^>]*>([^<]*)<\/th>\s*<td\b[^>]*>([^<]*)<\/td>/gi
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

const plain = (html: string): string =>
  html
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    })
    .trim()

/** Attributes that a KML export has hidden in an HTML table (name in <th>, value in <td>); null when the text is no such table. */
export function parseHtmlTable(text: string): Map<string, string> | null {
  if (!/<table\b/i.test(text)) return null
  const cells = new Map<string, string>()
  for (const [, name = '', value = ''] of text.matchAll(ROW)) {
    const key = plain(name)
    if (key !== '' && !cells.has(key)) cells.set(key, plain(value))
  }
  return cells.size === 0 ? null : cells
}

/** A number when the text is written as one and loses nothing by it: "0701" and long codes stay text. */
export function numberIfPlain(text: string): number | string | null {
  if (text === '') return null
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,12})?$/.test(text) ? Number(text) : text
}
