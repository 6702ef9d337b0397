import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { Member } from './container.ts'
import { fileError } from './read-file.ts'

const MAX_DEPTH = 8
const MAX_FILES = 20_000

/** True for an existing folder. @throws AppError `import.file-missing` */
export function isFolder(file: string): boolean {
  try {
    return statSync(file).isDirectory()
  } catch (error) {
    throw fileError(error, path.basename(file))
  }
}

/** True for an Esri file geodatabase: a folder of tables, one source. Its catalogue table tells it where the name does not. */
export const isGeodatabase = (file: string): boolean => /\.gdb$/i.test(file) || existsSync(path.join(file, 'a00000001.gdbtable'))

/** All files below a folder (a geodatabase counts as one), sorted by name, links not followed. @throws AppError `import.limit`, `import.file-missing` */
export function filesBelow(folder: string): Member[] {
  const found: Member[] = []
  const visit = (relative: string, depth: number): void => {
    const entries = readdirSync(path.join(folder, relative), { withFileTypes: true })
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.')) continue
      const name = relative === '' ? entry.name : `${relative}/${entry.name}`
      const isOne = entry.isFile() || (entry.isDirectory() && isGeodatabase(path.join(folder, name)))
      if (entry.isDirectory() && !isOne && depth < MAX_DEPTH) visit(name, depth + 1)
      if (!isOne) continue
      if (found.push({ name, path: path.join(folder, name) }) > MAX_FILES) {
        throw new AppError('import.limit', {
          file: path.basename(folder),
          layer: null,
          what: bilingual('文件数', 'files'),
          limit: MAX_FILES,
        })
      }
    }
  }
  try {
    visit('', 0)
  } catch (error) {
    throw fileError(error, path.basename(folder))
  }
  return found
}
