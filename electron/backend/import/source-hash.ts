import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/** Files that make up one shapefile and change what is read from it. */
const SHAPEFILE_PARTS = ['.cpg', '.dbf', '.prj', '.shp', '.shx']
const CHUNK_BYTES = 1 << 18

/** SHA-256 of a file's bytes, read in pieces; what `sha256sum` prints. */
export function fileSha256(file: string, onBytes: (bytes: number) => void = () => undefined): string {
  const hash = createHash('sha256')
  const chunk = Buffer.alloc(CHUNK_BYTES)
  const descriptor = fs.openSync(file, 'r')
  try {
    for (let read = fs.readSync(descriptor, chunk); read > 0; read = fs.readSync(descriptor, chunk)) {
      hash.update(chunk.subarray(0, read))
      onBytes(read)
    }
  } finally {
    fs.closeSync(descriptor)
  }
  return hash.digest('hex')
}

/**
 * The hash of a source: of one file its bytes; of a shapefile or a folder, of the sorted list of its files' names and
 * hashes, one "<sha256>  <name>" per line as `sha256sum` writes them.
 */
export function sourceSha256(source: string, onBytes?: (bytes: number) => void): string {
  const files = membersOf(source)
  if (files === undefined) return fileSha256(source, onBytes)
  const list = files.map(
    (file) => `${fileSha256(file, onBytes)}  ${path.relative(path.dirname(source), file).split(path.sep).join('/')}\n`,
  )
  return createHash('sha256').update(list.join('')).digest('hex')
}

/** How much there is to read of a source; 0 when it is not there. */
export function sourceBytes(source: string): number {
  if (!fs.existsSync(source)) return 0
  return (membersOf(source) ?? [source]).reduce((sum, file) => sum + fs.statSync(file).size, 0)
}

function membersOf(source: string): string[] | undefined {
  if (fs.statSync(source).isDirectory())
    return fs
      .readdirSync(source, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .toSorted()
  if (path.extname(source).toLowerCase() !== '.shp') return undefined
  const stem = path.basename(source, path.extname(source)).toLowerCase()
  return fs
    .readdirSync(path.dirname(source))
    .filter((name) => SHAPEFILE_PARTS.includes(path.extname(name).toLowerCase()))
    .filter((name) => path.basename(name, path.extname(name)).toLowerCase() === stem)
    .toSorted()
    .map((name) => path.join(path.dirname(source), name))
}
