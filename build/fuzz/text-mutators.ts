import type { Mutator } from './mutator.ts'
import { oneOf, type Pick } from './random.ts'

/** Text in one byte per character, so that any bytes survive the way there and back. */
const latin = (bytes: Buffer): string => bytes.toString('latin1')
const raw = (text: string): Buffer => Buffer.from(text, 'latin1')

/** Few control characters at the start: a text format. */
const isText = (bytes: Buffer): boolean => {
  const head = bytes.subarray(0, 512)
  return head.length > 0 && head.every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13)
}
const startsWith = (bytes: Buffer, characters: string): boolean => {
  const first = latin(bytes.subarray(0, 64)).replace(/^ï»¿/, '').trimStart()[0]
  return first !== undefined && characters.includes(first)
}
const isXml = (bytes: Buffer): boolean => startsWith(bytes, '<')
const isJson = (bytes: Buffer): boolean => startsWith(bytes, '{[')

/** Replaces one of the places where a pattern fits. */
function replaceOne(bytes: Buffer, pick: Pick, pattern: RegExp, by: (found: string) => string): Buffer {
  const text = latin(bytes)
  const found = [...text.matchAll(pattern)]
  const match = found[pick(found.length)]
  if (match === undefined) return bytes
  return raw(text.slice(0, match.index) + by(match[0]) + text.slice(match.index + match[0].length))
}

const NUMBERS = [
  '1e400',
  '-1e400',
  'NaN',
  '-0',
  'Infinity',
  '1e308',
  '99999999999999999999',
  '0x10',
  '',
  '-',
  '1,5',
  '1.2.3',
  '1e-400',
]
const DEEP = 3000

const NUMBER: Mutator = {
  name: 'number in text',
  applies: isText,
  mutate: (bytes, pick) => replaceOne(bytes, pick, /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi, () => oneOf(pick, NUMBERS)),
}

const ENCODING: Mutator = {
  name: 'encoding swap',
  applies: isText,
  mutate(bytes, pick) {
    const text = bytes.toString('utf8')
    const swaps: (() => Buffer)[] = [
      () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
      () => Buffer.from(text, 'utf16le'),
      () => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]),
      () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
      () => Buffer.from(text, 'latin1'),
      () => replaceOne(bytes, pick, /[\w]{2,}/g, () => raw('\xc2\xcc\xb5\xd8\x81').toString('latin1')),
      () =>
        replaceOne(bytes, pick, /\w/g, () => oneOf(pick, ['\0', '\xff', '\xc0\xaf', '\xed\xa0\x80', '\u0085', '\xe2\x80\xae'])),
    ]
    return oneOf(pick, swaps)()
  },
}

const LINES: Mutator = {
  name: 'lines dropped, doubled or swapped',
  applies: isText,
  mutate(bytes, pick) {
    const lines = latin(bytes).split('\n')
    const at = pick(lines.length)
    const line = lines[at] ?? ''
    const other = pick(lines.length)
    const ways: string[][] = [
      lines.toSpliced(at, 1),
      lines.toSpliced(at, 0, ...Array.from({ length: oneOf(pick, [1, 3, 200]) }, () => line)),
      lines.with(at, lines[other] ?? '').with(other, line),
      lines.with(at, `${line.slice(0, pick(line.length + 1))}`),
      lines.with(at, line + line),
    ]
    return raw(oneOf(pick, ways).join('\n'))
  },
}

const XML: Mutator = {
  name: 'XML tags',
  applies: isXml,
  mutate(bytes, pick) {
    const insert = (text: string) => replaceOne(bytes, pick, /<\w[^>]*>/g, (tag) => tag + text)
    const ways: (() => Buffer)[] = [
      () => replaceOne(bytes, pick, /<\/?\w[^>]*>/g, () => ''),
      () => replaceOne(bytes, pick, /<\/?\w[^>]*>/g, (tag) => tag + tag),
      () => replaceOne(bytes, pick, /<(\w[\w:]*)/g, () => oneOf(pick, ['<', '<x', '<a:b:c', '<__proto__', '<constructor'])),
      () =>
        replaceOne(bytes, pick, /="[^"]*"/g, () =>
          oneOf(pick, ['=""', '="&lt;"', '="&#0;"', '="&unknown;"', '=x', `="${'y'.repeat(5000)}"`]),
        ),
      () => insert('<![CDATA['),
      () => insert('<a>'.repeat(DEEP)),
      () => insert('<!-- '),
      () => insert('&#x110000;'),
      () =>
        raw(latin(bytes).replace(/^(<\?xml[^>]*\?>)?/, (found) => `${found}<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>`)),
      () =>
        replaceOne(bytes, pick, /encoding="[^"]*"/g, () =>
          oneOf(pick, ['encoding="UTF-16"', 'encoding="GBK"', 'encoding="nonsense"']),
        ),
      () => replaceOne(bytes, pick, />[^<]+</g, () => oneOf(pick, ['><', '>,,,<', '>1,<', '>1e400,1e400<', '>a b c<'])),
    ]
    return oneOf(pick, ways)()
  },
}

const JSON_STRUCTURE: Mutator = {
  name: 'JSON structure',
  applies: isJson,
  mutate(bytes, pick) {
    const ways: (() => Buffer)[] = [
      () => replaceOne(bytes, pick, /[{}[\],:]/g, () => oneOf(pick, ['', '[', ']', '{', '}', ',', ':', ',,'])),
      () =>
        replaceOne(bytes, pick, /"[^"]*"\s*:/g, () =>
          oneOf(pick, ['"__proto__":', '"constructor":', '"type":', '"coordinates":', '"":']),
        ),
      () =>
        replaceOne(bytes, pick, /:\s*("[^"]*"|-?[\d.]+|null|true|false)/g, () =>
          oneOf(pick, [':null', ':[]', ':{}', ':[[[]]]', ':"x"', ':1e400', ':true']),
        ),
      () => replaceOne(bytes, pick, /\[/g, () => '['.repeat(DEEP)),
      () =>
        replaceOne(bytes, pick, /"[^"]*"/g, () =>
          oneOf(pick, ['"\\ud800"', '"\\u0000"', '"', `"${'绿'.repeat(3000)}"`, '"\\x"']),
        ),
      () =>
        replaceOne(bytes, pick, /\[[^[\]]*\]/g, () =>
          oneOf(pick, ['[]', '[null,null]', '[1]', '["1","2"]', '[1e400,0]', '[0,0,0,0,0]']),
        ),
    ]
    return oneOf(pick, ways)()
  },
}

/** Damage that only text formats suffer. */
export const TEXT_MUTATORS: readonly Mutator[] = [NUMBER, ENCODING, LINES, XML, JSON_STRUCTURE]
