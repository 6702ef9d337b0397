import { bilingual } from '#core/text.ts'
import type { Guess } from '#core/model/inspection.ts'
import { chosenEncoding, detectEncoding } from './encoding.ts'
import { fileChunks } from './file-chunks.ts'
import type { OpenOptions } from './format.ts'
import { readHead } from './read-file.ts'
import { foreignLines } from './staging.ts'
import { isUtf8File } from './utf8-file.ts'

/** The encoding of a text file: the decoder's label, and what the reader is told of it. */
export interface TextEncoding {
  label: string
  guess: Guess<string | null>
}

const found = (label: string, zh: string, en: string): TextEncoding => ({
  label,
  guess: { value: label.toUpperCase(), confidence: 1, reason: bilingual(zh, en) },
})

/** How a text file is encoded: what a person chose, its byte-order mark, UTF-8 where all of it is valid, else statistics. */
export function textEncoding(file: string, shown: string, chosen: string | null): TextEncoding {
  if (chosen !== null) return chosenEncoding(shown, chosen)
  const [a, b, c] = readHead(file, shown, 3)
  const mark = ['文件开头有字节顺序标记', 'a byte-order mark says so'] as const
  if (a === 0xff && b === 0xfe) return found('utf-16le', ...mark)
  if (a === 0xfe && b === 0xff) return found('utf-16be', ...mark)
  if (a === 0xef && b === 0xbb && c === 0xbf) return found('utf-8', ...mark)
  if (isUtf8File(file, shown)) return found('utf-8', '内容是有效的 UTF-8', 'all of it is valid UTF-8')
  return detectEncoding(foreignLines(file, shown), null)
}

/** The text of a file in pieces, from front to end. */
export function* decodedText(file: string, shown: string, label: string, report: OpenOptions['report']): Generator<string> {
  const decoder = new TextDecoder(label)
  for (const chunk of fileChunks(file, shown, report)) {
    const text = decoder.decode(chunk, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}
