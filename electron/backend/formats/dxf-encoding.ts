import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { chosenEncoding, detectEncoding } from './encoding.ts'
import { readHead } from './read-file.ts'
import { foreignLines } from './staging.ts'

const HEADER_BYTES = 64 * 1024
/** From AutoCAD 2007 on, DXF is UTF-8. */
const UTF8_SINCE = 'AC1021'

/** A header variable's value: name, group code, value, each on its line. */
const variable = (header: string, name: string): string | null =>
  new RegExp(`\\$${name}\\s*\\r?\\n\\s*\\d+\\s*\\r?\\n([^\\r\\n]*)`).exec(header)?.[1]?.trim() ?? null

/** How a drawing's text is encoded: its version, its code page, then the text itself. @throws AppError `import.dxf-binary` */
export function dxfEncoding(file: string, shown: string, chosen: string | null): ReturnType<typeof detectEncoding> {
  const header = readHead(file, shown, HEADER_BYTES).toString('latin1')
  if (header.startsWith('AutoCAD Binary DXF')) throw new AppError('import.dxf-binary', { file: shown })
  if (chosen !== null) return chosenEncoding(shown, chosen)
  const texts = foreignLines(file, shown)
  const version = variable(header, 'ACADVER')
  if (version !== null && version >= UTF8_SINCE)
    return detectEncoding(texts, { name: 'UTF-8', source: bilingual(`$ACADVER ${version} `, `$ACADVER ${version}`) })
  const page = variable(header, 'DWGCODEPAGE')
  return detectEncoding(
    texts,
    page === null || page === '' ? null : { name: page, source: bilingual('$DWGCODEPAGE ', '$DWGCODEPAGE') },
  )
}
