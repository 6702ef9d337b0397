import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { Note } from '#core/model/plan.ts'
import { openContainer } from './container.ts'
import { geojson } from './geojson.ts'
import { geopackage } from './geopackage.ts'
import type { Format, OpenedSource, OpenOptions } from './format.ts'
import { shownName } from './read-file.ts'
import { shapefile } from './shapefile.ts'
import { unpack } from './unpack.ts'

/** What may lie in an archive: every format but archives themselves. */
const INSIDE: readonly Format[] = [shapefile, geopackage, geojson]

const nestedNote = (name: string): Note => ({
  severity: 'warning',
  text: bilingual(`压缩包内的“${name}”也是压缩包，未打开`, `“${name}” inside the archive is an archive too and was not opened`),
})

async function openZip(file: string, options: OpenOptions): Promise<OpenedSource> {
  const shown = shownName(file, options)
  const folder = mkdtempSync(path.join(options.stagingDir ?? tmpdir(), 'greenprint-zip-'))
  const close = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    const { entries, nested } = await unpack(file, shown, folder)
    const [inner] = nested
    if (entries.length === 0 && inner !== undefined) {
      const problem = bilingual(
        '压缩包内只有压缩包，绿图不打开嵌套的压缩包',
        'it holds nothing but archives, and archives inside archives are not opened',
      )
      throw new AppError('import.archive-refused', { file: shown, entry: inner, problem })
    }
    return await openContainer(shown, entries, INSIDE, options, { notes: nested.map(nestedNote), close })
  } catch (error) {
    close()
    throw error
  }
}

/** A zip archive with files of the other formats; entry names may be GBK. */
export const zip: Format = {
  id: 'zip',
  label: bilingual('压缩包（内含 Shapefile、GeoPackage 或 GeoJSON）', 'Zip archive (of Shapefile, GeoPackage or GeoJSON)'),
  extensions: ['.zip'],
  recognises: (file, head) =>
    path.extname(file).toLowerCase() === '.zip' ||
    (path.extname(file) === '' && head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4),
  open: openZip,
}
