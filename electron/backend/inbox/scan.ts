import { constants } from 'node:fs'
import { access, lstat, open, opendir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { InboxState } from '#core/contract/inbox-procedures.ts'
import { mayCarryReview } from '../library/memo-files.ts'

/** A file as one look sees it. */
export interface SeenEntry {
  name: string
  /** Where its bytes lie: inside the folder, also behind a link. */
  file: string
  sizeBytes: number
  modifiedMs: number
  isOutside: boolean
}

export interface Look {
  state: Exclude<InboxState, 'none'>
  isReadOnly: boolean
  entries: SeenEntry[]
  others: number
  left: number
}

export const INBOX_LIMITS = {
  /** Names that one look reads; a folder with more is somebody's archive. */
  names: 20_000,
  /** Files that are looked into; the latest first. */
  files: 2000,
}

/** Where files go that are done with. */
export const DONE_FOLDER = 'done'

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | null)?.code ?? ''
const NOT_THERE: Look = { state: 'gone', isReadOnly: false, entries: [], others: 0, left: 0 }

/** Looks at a folder once: names, sizes, times. Nothing is opened but to read its first bytes, and only of new files. */
export async function lookInto(
  folder: string,
  isOther: (entry: SeenEntry) => Promise<boolean>,
  limits = INBOX_LIMITS,
): Promise<Look> {
  try {
    if (!(await stat(folder)).isDirectory()) return { ...NOT_THERE, state: 'not-a-folder' }
    const root = await realpath(folder)
    const found: SeenEntry[] = []
    let names = 0
    let left = 0
    for await (const entry of await opendir(folder)) {
      // A name that begins with a dot is another program's, or a file that is still being written by this one.
      if (entry.name.startsWith('.') || entry.name === DONE_FOLDER) continue
      names += 1
      if (names > limits.names) left += 1
      else {
        const seen = await entryOf(root, entry.name)
        if (seen !== null) found.push(seen)
      }
    }
    const latest = found.toSorted((a, b) => b.modifiedMs - a.modifiedMs || (a.name < b.name ? -1 : 1))
    const kept: SeenEntry[] = []
    let others = 0
    for (const entry of latest) {
      if (kept.length >= limits.files) left += 1
      else if (!entry.isOutside && (await isOther(entry))) others += 1
      else kept.push(entry)
    }
    return { state: 'ready', isReadOnly: !(await isWritable(folder)), entries: kept, others, left }
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return NOT_THERE
    if (code === 'ENOTDIR') return { ...NOT_THERE, state: 'not-a-folder' }
    // A stick that was pulled out, a share that does not answer, no right to read.
    if (/^E[A-Z]+$/.test(code)) return { ...NOT_THERE, state: 'unreadable' }
    throw error
  }
}

/** A file, or a link to a file inside of the folder; null for all else, and for what went while it was looked at. */
async function entryOf(root: string, name: string): Promise<SeenEntry | null> {
  const at = path.join(root, name)
  try {
    const info = await lstat(at)
    if (info.isSymbolicLink()) {
      const target = await realpath(at).catch(() => null)
      const isInside = target !== null && target.startsWith(root + path.sep)
      const behind = isInside ? await stat(target) : info
      if (isInside && !behind.isFile()) return null
      return { name, file: target ?? at, sizeBytes: behind.size, modifiedMs: behind.mtimeMs, isOutside: !isInside }
    }
    return info.isFile() ? { name, file: at, sizeBytes: info.size, modifiedMs: info.mtimeMs, isOutside: false } : null
  } catch (error) {
    if (/^E[A-Z]+$/.test(codeOf(error))) return null
    throw error
  }
}

const isWritable = (folder: string): Promise<boolean> =>
  access(folder, constants.W_OK).then(
    () => true,
    () => false,
  )

/** Whether a file carries no review, by its first bytes. One that cannot be read is no other: it is shown with its reason. */
export const carriesNothing = async ({ file }: SeenEntry): Promise<boolean> => {
  try {
    // An applicant's table has no beginning of its own.
    return path.extname(file).toLowerCase() !== '.csv' && !(await mayCarryReview(file))
  } catch (error) {
    if (/^E[A-Z]+$/.test(codeOf(error))) return false
    throw error
  }
}

/** Whether nobody is writing it: a writer on Windows, or a share that keeps locks, refuses a second one. Nothing is written. */
export async function isFree(file: string): Promise<boolean> {
  try {
    await (await open(file, 'r+')).close()
    return true
  } catch (error) {
    // Without the right to write the question cannot be put: what is read is checked byte by byte in any case.
    return !['EBUSY', 'ETXTBSY', 'EAGAIN', 'ESHARE', 'ENOENT'].includes(codeOf(error))
  }
}
