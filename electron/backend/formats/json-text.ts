import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { Guess } from '#core/model/inspection.ts'
import { chosenEncoding, detectEncoding, isValidIn } from './encoding.ts'
import { foreignStrings } from './foreign-strings.ts'

/** Bytes → text: byte-order mark, UTF-8, and what else the strings look like (some Chinese programs write GBK). */
export function decodeJson(bytes: Buffer, file: string, chosen: string | null): { text: string; encoding: Guess<string | null> } {
  if (chosen !== null) {
    const { label, guess } = chosenEncoding(file, chosen)
    return { text: new TextDecoder(label).decode(bytes), encoding: guess }
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return {
      text: new TextDecoder('utf-16le').decode(bytes),
      encoding: { value: 'UTF-16LE', confidence: 1, reason: bilingual('文件开头有字节顺序标记', 'a byte-order mark says so') },
    }
  }
  if (isValidIn('utf-8', [bytes])) {
    return {
      text: new TextDecoder('utf-8').decode(bytes),
      encoding: {
        value: 'UTF-8',
        confidence: 1,
        reason: bilingual('GeoJSON 规定为 UTF-8，内容有效', 'GeoJSON is UTF-8 by rule, and this is valid UTF-8'),
      },
    }
  }
  const { label, guess } = detectEncoding(foreignStrings([bytes]), null)
  return { text: new TextDecoder(label).decode(bytes), encoding: guess }
}

/** Where V8 says that JSON stops being valid, as an index into the text. */
function errorIndex(text: string, message: string): number {
  const position = /at position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return Number(position)
  const quoted = /, (\.\.\.)?"([\s\S]*?)"(?:\.\.\.)? is not valid JSON$/.exec(message)
  const found = quoted ? text.indexOf(quoted[2] ?? '') : -1
  if (found < 0) return text.length
  const token = /^Unexpected token '?([^',]+)'?,/.exec(message)?.[1] ?? ''
  const inside = text.indexOf(token, quoted?.[1] === undefined ? found : found + 10)
  return inside < 0 ? found : inside
}

/** Parses JSON. @throws AppError `import.json-broken` with line and column */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) as unknown
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const before = text.slice(0, errorIndex(text, error.message))
    const line = before.split('\n').length
    throw new AppError('import.json-broken', { file, line, column: before.length - before.lastIndexOf('\n') }, { cause: error })
  }
}
