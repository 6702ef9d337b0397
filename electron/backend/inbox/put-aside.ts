import { randomUUID } from 'node:crypto'
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import { DONE_FOLDER } from './scan.ts'

const MOST_NAMES = 1000

/** The name itself, or with a number behind it: "评审 (2).greenprint". */
const numbered = (name: string, n: number): string => {
  const { name: stem, ext } = path.parse(name)
  return n === 1 ? name : `${stem} (${n})${ext}`
}

/**
 * Makes an empty file of a name that nobody has, so that what is then renamed over it is put over nothing else.
 * @throws AppError 'inbox.cannot-write'
 */
async function freePlace(folder: string, name: string): Promise<string> {
  for (let n = 1; n <= MOST_NAMES; n += 1) {
    const at = path.join(folder, numbered(name, n))
    try {
      await (await open(at, 'wx', 0o600)).close()
      return at
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw cannotWrite(folder, error)
    }
  }
  throw cannotWrite(folder, new Error('EEXIST'))
}

const cannotWrite = (folder: string, cause: unknown): AppError =>
  new AppError(
    'inbox.cannot-write',
    { folder: path.basename(folder), problem: (cause as NodeJS.ErrnoException).code ?? 'EIO' },
    { cause },
  )

async function moveInto(folder: string, file: string, name: string): Promise<string> {
  const place = await freePlace(folder, name)
  try {
    await rename(file, place)
    return place
  } catch (error) {
    await rm(place, { force: true })
    throw cannotWrite(folder, error)
  }
}

/** Moves a file of an inbox into its folder `done`, over no other file. A link is moved as a link. @throws AppError 'inbox.cannot-write' */
export async function putAside(inbox: string, name: string): Promise<void> {
  const done = path.join(inbox, DONE_FOLDER)
  try {
    await mkdir(done, { recursive: true })
    // A link of that name could lead anywhere.
    if (!(await lstat(done)).isDirectory()) throw Object.assign(new Error('done is no folder'), { code: 'ENOTDIR' })
  } catch (error) {
    throw cannotWrite(inbox, error)
  }
  await moveInto(done, path.join(inbox, name), name)
}

/**
 * Puts a file into a folder as a whole or not at all: written under a name that no inbox looks at, then renamed to one that nobody has.
 * @param write writes the file whole, with fsync @throws AppError 'inbox.cannot-write', and what `write` throws
 */
export async function putInto<T>(
  folder: string,
  name: string,
  write: (file: string) => Promise<T>,
): Promise<{ fileName: string; value: T }> {
  const temporary = path.join(folder, `.${randomUUID()}.part`)
  try {
    const value = await write(temporary)
    return { fileName: path.basename(await moveInto(folder, temporary, name)), value }
  } catch (error) {
    throw error instanceof AppError ? error : cannotWrite(folder, error)
  } finally {
    await rm(temporary, { force: true })
  }
}
