import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { Note } from '#core/model/plan.ts'
import { openContainer } from './container.ts'
import type { Format, OpenedSource, OpenOptions } from './format.ts'
import { shownName } from './read-file.ts'
import { unpack } from './unpack.ts'

const nestedNote = (name: string): Note => ({
  severity: 'warning',
  code: 'archive.nested',
  params: { file: name },
  text: bilingual(`压缩包内的“${name}”也是压缩包，未打开`, `“${name}” inside the archive is an archive too and was not opened`),
})

async function openZip(file: string, options: OpenOptions, inside: readonly Format[]): Promise<OpenedSource> {
  const shown = shownName(file, options)
  const folder = mkdtempSync(path.join(options.stagingDir ?? tmpdir(), 'greenprint-zip-'))
  const close = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    const { entries, nested } = await unpack(file, shown, folder, namesOf(inside))
    const [inner] = nested
    if (entries.length === 0 && inner !== undefined) {
      const problem = bilingual(
        '压缩包内只有压缩包，绿图不打开嵌套的压缩包',
        'it holds nothing but archives, and archives inside archives are not opened',
      )
      throw new AppError('import.archive-refused', { file: shown, entry: inner, problem })
    }
    return await openContainer(shown, entries, inside, options, { notes: nested.map(nestedNote), close })
  } catch (error) {
    close()
    throw error
  }
}

/** Tells by its name whether an entry can be part of a layer. */
function namesOf(inside: readonly Format[]): (name: string) => boolean {
  const wanted = new Set(inside.flatMap(({ extensions, sidecars = [] }) => [...extensions, ...sidecars]))
  return (name) => wanted.has(path.posix.extname(name).toLowerCase())
}

/** A zip archive with files of other formats (every format but archives themselves); entry names may be GBK. */
export const zipOf = (inside: readonly Format[]): Format => ({
  id: 'zip',
  label: bilingual('压缩包（内含下列各种格式的文件）', 'Zip archive (of files in the other formats)'),
  extensions: ['.zip'],
  recognises: (file, head) =>
    path.extname(file).toLowerCase() === '.zip' ||
    (path.extname(file) === '' && head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4),
  open: (file, options) => openZip(file, options, inside),
})
