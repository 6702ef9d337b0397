import { SaxesParser } from 'saxes'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { fileChunks } from './file-chunks.ts'
import type { OpenOptions } from './format.ts'
import { doctypeRefused } from './xml-encoding.ts'

const MAX_DEPTH = 128
/** Characters of one text: the positions of one ring at most. */
const MAX_TEXT = 64 * 1024 * 1024

/** What a reader of XML is told. Names come without their prefix: writers agree on local names, not on namespaces. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  /** The element's own text, all of it. */
  close(name: string, text: string): void
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Attributes without their prefix; namespace declarations are left out. */
function localAttributes(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const local: Record<string, string> = {}
  for (const [name, value] of Object.entries(attributes)) if (!name.startsWith('xmlns')) local[localName(name)] = value
  return local
}

/**
 * Hands the elements of an XML file to `handler`, reading it in pieces: memory does not grow with the file. Any DOCTYPE is refused,
 * and nothing that the file names is ever opened. @throws AppError `import.xml-broken`, `import.limit`
 */
export function readXml(
  source: { path: string; shown: string; label: string },
  handler: XmlHandler,
  report: OpenOptions['report'] = () => undefined,
): void {
  const { shown: file } = source
  const parser: SaxesParser = new SaxesParser({ position: true })
  const texts: string[] = []
  const refuse = (zh: string, en: string, cause?: unknown): AppError => {
    const place = { line: parser.line, column: parser.column + 1 }
    return new AppError('import.xml-broken', { file, ...place, problem: bilingual(zh, en) }, { cause })
  }
  const take = (text: string): void => {
    const own = (texts.at(-1) ?? '') + text
    if (own.length > MAX_TEXT) {
      const what = bilingual('单段文字的字符数', 'characters in one text')
      throw new AppError('import.limit', { file, layer: null, what, limit: MAX_TEXT })
    }
    if (texts.length > 0) texts[texts.length - 1] = own
  }
  parser.on('doctype', () => {
    throw doctypeRefused(file, parser.line, parser.column + 1)
  })
  parser.on('error', (error) => {
    const said = error.message.replace(/^\d+:\d+: /, '').slice(0, 160)
    throw refuse(`XML 语法错误（${said}）`, `it is not well-formed (${said})`, error)
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (texts.push('') > MAX_DEPTH) throw refuse(`元素嵌套超过 ${MAX_DEPTH} 层`, `elements are nested deeper than ${MAX_DEPTH}`)
    handler.open(localName(name), localAttributes(attributes))
  })
  parser.on('text', take)
  parser.on('cdata', take)
  parser.on('closetag', ({ name }) => handler.close(localName(name), texts.pop() ?? ''))
  const decoder = new TextDecoder(source.label)
  for (const chunk of fileChunks(source.path, file, report)) parser.write(decoder.decode(chunk, { stream: true }))
  parser.write(decoder.decode()).close()
}
