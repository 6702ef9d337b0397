/** Where strings end: no double-byte encoding has a quote or a line break as its second byte. */
const QUOTE = 0x22
const MOST_STRINGS = 2000
const LONGEST_STRING = 10_000

/** Strings of a JSON text with foreign characters, as bytes, from its pieces: what its encoding is judged by. */
export function foreignStrings(pieces: Iterable<Buffer>): Uint8Array[] {
  const found = new Map<string, Uint8Array>()
  const keep = (piece: Buffer): void => {
    if (piece.length < LONGEST_STRING && piece.some((byte) => byte >= 0x80))
      found.set(piece.toString('latin1'), Uint8Array.from(piece))
  }
  let rest = Buffer.alloc(0)
  for (const piece of pieces) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece
    let from = 0
    for (let end = bytes.indexOf(QUOTE); end >= 0; end = bytes.indexOf(QUOTE, from)) {
      keep(bytes.subarray(from, end))
      from = end + 1
      if (found.size >= MOST_STRINGS) return [...found.values()]
    }
    rest = Buffer.from(bytes.subarray(Math.max(from, bytes.length - LONGEST_STRING)))
  }
  keep(rest)
  return [...found.values()]
}
