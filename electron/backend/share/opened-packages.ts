import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { CancelSignal } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { FileTokens } from '../backend.ts'
import type { OpenedPackage, PackageFiles } from './package-files.ts'

export interface Opening {
  packages: PackageFiles
  tempDir: string
}

/** Opens packages into a folder of their own, which is gone afterwards whatever happens. */
export async function withOpened<T>(
  { packages, tempDir }: Opening,
  passphrase: string | null,
  signal: CancelSignal,
  work: (open: (file: string) => Promise<OpenedPackage>) => Promise<T>,
): Promise<T> {
  const dir = path.join(tempDir, `share-${randomUUID()}`)
  let count = 0
  try {
    return await work(async (file) => {
      count += 1
      const own = path.join(dir, String(count))
      await mkdir(own, { recursive: true, mode: 0o700 })
      return packages.open(file, own, passphrase, signal)
    })
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** Where the files of a token are. @throws AppError 'import.files-gone' */
export function pathsOfToken(tokens: FileTokens, token: FileToken): readonly string[] {
  const found = tokens.paths(token)
  if (found === undefined || found.length === 0) throw new AppError('import.files-gone', {})
  return found
}
