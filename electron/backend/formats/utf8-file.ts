import { isUtf8 } from 'node:buffer'
import { fileChunks } from './file-chunks.ts'

/** Bytes of a character that was begun at the end of a piece, at most three. */
function unfinished(chunk: Buffer): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back++) {
    const byte = chunk[chunk.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

/** True when all of a file is valid UTF-8; memory does not grow with it. @throws AppError `import.file-missing` */
export function isUtf8File(file: string, shown: string): boolean {
  let rest: Buffer = Buffer.alloc(0)
  for (const piece of fileChunks(file, shown, () => undefined)) {
    const chunk = rest.length > 0 ? Buffer.concat([rest, piece]) : piece
    const open = unfinished(chunk)
    if (!isUtf8(chunk.subarray(0, chunk.length - open))) return false
    rest = Buffer.from(chunk.subarray(chunk.length - open))
  }
  return rest.length === 0
}
