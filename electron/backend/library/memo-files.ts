import { open, readdir, lstat } from 'node:fs/promises'
import path from 'node:path'

/** A file to be looked at, and whether a person chose it or a folder that it lies in. */
export interface FoundFile {
  file: string
  isChosen: boolean
}

const MOST_DEPTH = 8
const MOST_ENTRIES = 50_000

/** What begins like this may carry a review: PDF, zip, an encrypted package, JSON, a page. */
const BEGINNINGS = [/^\s*%PDF-/, /^PK/, /^GREENPRINT-SEALED/, /^\ufeff?\s*[{<]/]

/** Whether a file's first bytes are those of a form that a review travels in, whatever it is called. */
export async function mayCarryReview(file: string): Promise<boolean> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0)
    const beginning = buffer.subarray(0, bytesRead).toString('utf8')
    return BEGINNINGS.some((pattern) => pattern.test(beginning)) || path.extname(file).toLowerCase() === '.greenprint'
  } finally {
    await handle.close()
  }
}

/** Files among what was chosen, folders walked; links are not followed, so that a folder cannot lead out of itself or in a circle. */
export async function filesBelow(chosen: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = []
  let entries = 0
  const walk = async (folder: string, depth: number): Promise<void> => {
    if (depth > MOST_DEPTH) return
    const list = await readdir(folder, { withFileTypes: true })
    for (const entry of list.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      entries += 1
      if (entries > MOST_ENTRIES) return
      const at = path.join(folder, entry.name)
      if (entry.isDirectory()) await walk(at, depth + 1)
      else if (entry.isFile()) found.push({ file: at, isChosen: false })
    }
  }
  for (const one of chosen) {
    if ((await lstat(one)).isDirectory()) await walk(one, 0)
    else found.push({ file: one, isChosen: true })
  }
  return found
}
