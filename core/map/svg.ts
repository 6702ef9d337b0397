/** Fonts of the product by the names under which PDF, HTML and screen know them. */
export const SANS = 'Noto Sans SC'

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

/** `#RRGGBBAA` as two attributes: eight-digit colours print black. */
export function paint(attribute: 'fill' | 'stroke', colour: string | null): string {
  if (colour === null) return ` ${attribute}="none"`
  const alpha = colour.length === 9 ? Math.round((parseInt(colour.slice(7), 16) / 255) * 100) / 100 : 1
  return ` ${attribute}="${colour.slice(0, 7)}"${alpha < 1 ? ` ${attribute}-opacity="${alpha}"` : ''}`
}

const number = (value: number): string => String(Math.round(value * 100) / 100)

export const rectangle = (x: number, y: number, width: number, height: number, attributes: string): string =>
  `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"${attributes}/>`

export const path = (d: string, attributes: string): string => (d === '' ? '' : `<path d="${d}"${attributes}/>`)

export interface TextStyle {
  size: number
  weight?: 'bold'
  anchor?: 'start' | 'middle' | 'end'
  colour?: string
  /** Width of a line around the letters in their own colour, points. */
  halo?: number
}

/** One line of text; `y` is its baseline. */
export function text(x: number, y: number, words: string, { size, weight, anchor, colour = '#1F2328', halo }: TextStyle): string {
  const more = `${weight ? ` font-weight="${weight}"` : ''}${anchor && anchor !== 'start' ? ` text-anchor="${anchor}"` : ''}${halo ? ` stroke="${colour}" stroke-width="${number(halo)}" stroke-linejoin="round"` : ''}`
  return `<text x="${number(x)}" y="${number(y)}" font-family="${SANS}" font-size="${number(size)}" fill="${colour}"${more}>${escapeXml(words)}</text>`
}

/** Width of a line in points, by rule of thumb: one em for Chinese, a little more than half for the rest. Never too small. */
export function textWidth(words: string, size: number): number {
  let ems = 0
  for (const character of words) ems += (character.codePointAt(0) ?? 0) > 0x2e7f ? 1 : character === ' ' ? 0.28 : 0.58
  return ems * size
}

/** Breaks a label into lines that fit a width: between words, and between any two Chinese characters. */
export function wrapText(words: string, size: number, width: number): string[] {
  const pieces = words.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []
  const lines: string[] = []
  let line = ''
  for (const piece of pieces) {
    if (line !== '' && textWidth(line + piece.trimEnd(), size) > width) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines
}
