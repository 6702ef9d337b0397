import type { HandedFile } from '../api/shell.ts'

const fileOf = (entry: FileSystemFileEntry): Promise<File> => new Promise((resolve, reject) => entry.file(resolve, reject))

/** A folder is read in portions; an empty portion is the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (portion.length === 0) return all
    all.push(...portion)
  }
}

async function walk(entry: FileSystemEntry): Promise<HandedFile[]> {
  const path = entry.fullPath.replace(/^\//, '')
  if (entry.isFile) return [{ file: await fileOf(entry as FileSystemFileEntry), path }]
  const inside = await entriesOf(entry as FileSystemDirectoryEntry)
  return (await Promise.all(inside.map(walk))).flat()
}

/**
 * Every file of a drop, folders included, with its path inside what was dropped. Entries must be taken before the first wait:
 * the browser empties the drop when its event is over.
 */
export function droppedFiles(transfer: DataTransfer): Promise<HandedFile[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  return Promise.all(entries.map(walk)).then((lists) => lists.flat())
}

/** In Electron the folder itself is handed over, not its contents: the host reads it from the disk. */
export const droppedItems = (transfer: DataTransfer): HandedFile[] =>
  [...transfer.files].map((file) => ({ file, path: file.name }))
