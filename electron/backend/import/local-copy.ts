import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { networkKind, type StatFs } from '#db/filesystem.ts'
import { AppError } from '#core/errors.ts'
import { makeOwn } from '../formats/own-copy.ts'
import { fileError } from '../formats/read-file.ts'

/** A source as it is read: itself on a local disk, a private copy of it where it lies on a share. */
export interface LocalSource {
  path: string
  remove: () => void
}

/**
 * Sources on a network share are copied first and never opened in place: a reader that stays on the share would hold the file
 * while colleagues work on it, and stop half-way when the connection does. Beside a file its companions of the same name are
 * copied too (.dbf, .prj, .tfw …); a folder is copied whole, its links left out.
 * @throws AppError `import.file-missing`, `import.disk-full`
 */
export function localSource(source: string, shown: string, statfs?: StatFs): LocalSource {
  try {
    if (networkKind(source, statfs) === undefined) return { path: source, remove: () => undefined }
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-share-'))
    const remove = () => fs.rmSync(folder, { recursive: true, force: true })
    try {
      const copy = copyInto(folder, source)
      makeOwn(folder)
      return { path: copy, remove }
    } catch (error) {
      remove()
      throw error
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('import.disk-full', {}, { cause: error })
    throw fileError(error, shown)
  }
}

function copyInto(folder: string, source: string): string {
  const target = path.join(folder, path.basename(source))
  if (fs.statSync(source).isDirectory()) {
    fs.cpSync(source, target, { recursive: true, filter: (from) => !fs.lstatSync(from).isSymbolicLink() })
    return target
  }
  const stem = path.basename(source, path.extname(source)).toLowerCase()
  for (const entry of fs.readdirSync(path.dirname(source), { withFileTypes: true })) {
    const belongs = entry.name.toLowerCase().startsWith(`${stem}.`) && entry.isFile()
    if (belongs) fs.copyFileSync(path.join(path.dirname(source), entry.name), path.join(folder, entry.name))
  }
  if (!fs.existsSync(target)) fs.copyFileSync(source, target)
  return target
}
