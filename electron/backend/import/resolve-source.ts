import fs from 'node:fs'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import type { Manifest } from '#core/model/manifest.ts'
import { isRasterRole } from '#core/model/roles.ts'
import { sourceBytes } from './source-hash.ts'

/** Where the files of a manifest lie. */
export interface SourceRoot {
  /** Folder that the manifest's paths are relative to. */
  dir: string
  /** True: a path that leaves the folder is refused (the manifest came from a screen, not from a person's own hand). */
  confined: boolean
}

/** Absolute path of a manifest's path. @throws AppError `import.path-outside`, `import.file-missing`. */
export function resolveSource(root: SourceRoot, file: string): string {
  const full = path.resolve(root.dir, file)
  if (file.includes('\0')) throw new AppError('import.file-missing', { file })
  if (root.confined && isOutside(path.resolve(root.dir), full)) throw new AppError('import.path-outside', { file })
  if (!fs.existsSync(full)) throw new AppError('import.file-missing', { file })
  // A link may lead out of the folder although its name does not.
  if (root.confined && isOutside(fs.realpathSync(root.dir), fs.realpathSync(full)))
    throw new AppError('import.path-outside', { file })
  return full
}

function isOutside(dir: string, full: string): boolean {
  const relative = path.relative(dir, full)
  return relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)
}

/** Bytes of the sources whose geometry will be worked on. */
export function vectorBytes(manifest: Manifest, root: SourceRoot): number {
  const files = new Set(manifest.layers.filter(({ role }) => !isRasterRole(role)).map(({ path: file }) => file))
  return [...files].reduce((sum, file) => sum + sourceBytes(resolveSource(root, file)), 0)
}
