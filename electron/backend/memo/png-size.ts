import { inflateSync } from 'node:zlib'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Samples per pixel by the kind of colour; palettes and grey are not what a canvas writes. */
const SAMPLES: Readonly<Record<number, number>> = { 2: 3, 6: 4 }
const MOST_PX = 10_000

/**
 * The size of a picture that the printer will surely take: a whole, plain PNG as a screen writes one (8 bits, true colour, not
 * interlaced) whose data unpack to exactly its pixels. null for anything else, so that one broken file cannot stop a memo.
 */
export function pngSize(bytes: Uint8Array): { widthPx: number; heightPx: number } | null {
  if (SIGNATURE.some((byte, at) => bytes[at] !== byte) || bytes.length < 57) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [widthPx, heightPx] = [view.getUint32(16), view.getUint32(20)]
  const samples = SAMPLES[bytes[25] ?? 0]
  const isPlain = bytes[24] === 8 && bytes[26] === 0 && bytes[27] === 0 && bytes[28] === 0
  if (!isPlain || samples === undefined || widthPx < 1 || heightPx < 1 || widthPx > MOST_PX || heightPx > MOST_PX) return null
  const data = imageData(bytes, view)
  const wanted = heightPx * (1 + widthPx * samples)
  if (data === null) return null
  try {
    return inflateSync(data, { maxOutputLength: wanted }).length === wanted ? { widthPx, heightPx } : null
  } catch {
    // Cut off, or not what it says: not a picture that can be printed.
    return null
  }
}

/** All data of the picture together; null unless the parts follow each other to the end mark. */
function imageData(bytes: Uint8Array, view: DataView): Uint8Array | null {
  const parts: Uint8Array[] = []
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at)
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (at + 12 + length > bytes.length) return null
    if (name === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + length))
    if (name === 'IEND') return Buffer.concat(parts)
    at += 12 + length
  }
  return null
}
