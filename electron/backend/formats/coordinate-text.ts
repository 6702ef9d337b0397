/** How numbers are written in a table: which sign is the decimal mark, and whether thousands are set apart. */
export interface NumberStyle {
  decimalComma: boolean
}

const PLAIN = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?$/
const THOUSANDS = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/
const COMMA = /^[-+]?\d+,\d+$/
const COMMA_THOUSANDS = /^[-+]?\d{1,3}(?:\.\d{3})+,\d+$/

/** Full-width digits and signs, as Chinese input methods write them, in their plain form. */
const narrow = (text: string): string => text.normalize('NFKC').replaceAll('−', '-').replaceAll('\u00A0', ' ').trim()

/** A number as tables write it, or null when the text is none. */
export function numberOf(text: string, { decimalComma }: NumberStyle): number | null {
  const plain = narrow(text).replace(/(?<=\d)[ '’](?=\d{3}(\D|$))/g, '')
  if (PLAIN.test(plain)) return Number(plain)
  if (decimalComma) {
    if (COMMA.test(plain)) return Number(plain.replace(',', '.'))
    if (COMMA_THOUSANDS.test(plain)) return Number(plain.replaceAll('.', '').replace(',', '.'))
    return null
  }
  return THOUSANDS.test(plain) ? Number(plain.replaceAll(',', '')) : null
}

/** Whether numbers use the decimal comma: some text can be read with it only, and none without it only. */
export function usesDecimalComma(texts: Iterable<string>): boolean {
  let withComma = 0
  let withoutComma = 0
  for (const raw of texts) {
    const text = narrow(raw)
    if (!text.includes(',')) continue
    if (COMMA.test(text) || COMMA_THOUSANDS.test(text)) withComma++
    if (THOUSANDS.test(text)) withoutComma++
  }
  return withComma > 0 && withComma >= withoutComma
}

const HEMISPHERE: Record<string, number> = { n: 1, e: 1, 北: 1, 东: 1, 東: 1, s: -1, w: -1, 南: -1, 西: -1 }
const DEGREES = String.raw`[°度:\s-]\s*`
const ANGLE = new RegExp(
  String.raw`^([-+])?\s*(\d{1,3}(?:[.,]\d+)?)(?:\s*${DEGREES}(?:(\d{1,2}(?:[.,]\d+)?)(?:\s*['′’‘分:\s-]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:["″”“秒]|''|′′)?)?)?)?)?\s*$`,
)

/**
 * An angle written in degrees, minutes and seconds (39°54′20″N, 116-23-17, 北纬39度54分20秒, 1 5 30.6) as decimal degrees; null when
 * the text is none. Plain decimal degrees count too when they carry a sign of direction or of degrees.
 */
export function angleOf(raw: string): number | null {
  const text = narrow(raw.replace(/[º˚]/g, '°'))
    .replaceAll('纬', '')
    .replaceAll('緯', '')
    .replaceAll('经', '')
    .replaceAll('經', '')
    .toLowerCase()
  const letter = /^([nsew北南东東西])|([nsew北南东東西])$/.exec(text)
  const sign = letter ? (HEMISPHERE[letter[1] ?? letter[2] ?? ''] ?? 1) : 1
  const body = letter ? text.replace(letter[0], '').trim() : text
  const found = ANGLE.exec(body)
  if (!found) return null
  const [, minus, degrees = '', minutes, seconds] = found
  if (minutes === undefined && !letter && !/[°度]/.test(body)) return null
  const [d, m, s] = [degrees, minutes ?? '0', seconds ?? '0'].map((part) => Number(part.replace(',', '.')))
  if (d === undefined || m === undefined || s === undefined || m >= 60 || s >= 60 || d > 360) return null
  return sign * (minus === '-' ? -1 : 1) * (d + m / 60 + s / 3600)
}
