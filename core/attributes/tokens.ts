import { AppError } from '../errors.ts'

/** A piece of a filter: `at` counts characters from 0. */
export interface Token {
  kind: 'word' | 'quoted' | 'number' | 'sign' | 'end'
  text: string
  at: number
}

/** Full-width signs that input methods write, and what they stand for. Nothing inside quotes is touched. */
const PLAIN: Readonly<Record<string, string>> = {
  '（': '(',
  '）': ')',
  '，': ',',
  '、': ',',
  '＝': '=',
  '＞': '>',
  '＜': '<',
  '！': '!',
  '≥': '>=',
  '≤': '<=',
  '≠': '<>',
}

const QUOTES: Readonly<Record<string, string>> = { "'": "'", '"': '"', '“': '”', '‘': '’', '「': '」', '[': ']' }
const SIGN = /^(?:<=|>=|<>|!=|==|[=<>(),])/
const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?/
const WORD = /^[\p{L}_][\p{L}\p{N}\p{M}_.²–-]*|^%/u

/** Full-width digits and letters as the plain ones. */
const plain = (text: string): string =>
  text.replaceAll(/[（），、！≥≤≠\uff0b-\uff5e]/gu, (one) => PLAIN[one] ?? one.normalize('NFKC'))

/** Reads a text in quotes from its first character on; a doubled quote inside stands for one. */
function quoted(text: string, at: number): { text: string; end: number } {
  const close = QUOTES[text[at] ?? ''] ?? ''
  let value = ''
  for (let here = at + 1; here < text.length; here += 1) {
    const one = text[here] ?? ''
    if (one !== close) value += one
    else if (text[here + 1] === close) {
      value += one
      here += 1
    } else return { text: value, end: here + 1 }
  }
  throw new AppError('attributes.open-quote', { at: at + 1 })
}

/**
 * A filter as its pieces, with an `end` at the end.
 * @throws AppError `attributes.open-quote`, `attributes.unreadable`
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const here = text[at] ?? ''
    if (/\s/u.test(here)) {
      at += 1
      continue
    }
    if (QUOTES[here] !== undefined) {
      const { text: value, end } = quoted(text, at)
      tokens.push({ kind: 'quoted', text: value, at })
      at = end
      continue
    }
    // One character may become two signs (≥), so what is left is made plain from here on, and lengths are counted in the original.
    const rest = plain(text.slice(at))
    const double = (PLAIN[here]?.length ?? 1) > 1 ? PLAIN[here] : undefined
    const sign = SIGN.exec(double ?? rest)?.[0]
    const [number, word] = [NUMBER.exec(rest)?.[0], WORD.exec(rest)?.[0]]
    const found = sign ?? number ?? word
    if (found === undefined) throw new AppError('attributes.unreadable', { at: at + 1, found: here })
    tokens.push({ kind: sign ? 'sign' : number ? 'number' : 'word', text: found, at })
    at += double === undefined ? found.length : 1
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }]
}
