import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { chosenEncoding, detectEncoding } from './encoding.ts'
import { readHead } from './read-file.ts'
import { foreignLines } from './staging.ts'

const DECLARED = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/

const byMark = (label: string, name: string): ReturnType<typeof detectEncoding> => ({
  label,
  guess: { value: name, confidence: 1, reason: bilingual('文件开头有字节顺序标记', 'a byte-order mark says so') },
})

/** How an XML file is encoded: its byte-order mark, its declaration, then the text itself. */
export function xmlEncoding(file: string, shown: string, chosen: string | null): ReturnType<typeof detectEncoding> {
  if (chosen !== null) return chosenEncoding(shown, chosen)
  const head = readHead(file, shown, 512)
  if (head[0] === 0xff && head[1] === 0xfe) return byMark('utf-16le', 'UTF-16LE')
  if (head[0] === 0xfe && head[1] === 0xff) return byMark('utf-16be', 'UTF-16BE')
  const declared = DECLARED.exec(head.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, ''))?.[1] ?? 'UTF-8'
  return detectEncoding(foreignLines(file, shown), {
    name: declared,
    source: bilingual('XML 声明', 'the XML declaration'),
  })
}

/** Document type declarations can name files and unfold without end; no plan needs one. */
export const doctypeRefused = (file: string, line: number, column: number): AppError =>
  new AppError('import.xml-broken', {
    file,
    line,
    column,
    problem: bilingual('含有 DOCTYPE 声明，出于安全不读取', 'it has a DOCTYPE, which is not read for safety'),
  })
