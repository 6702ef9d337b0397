import type { Pick } from './random.ts'

/** One way to damage a file. `other` is another seed of the same format; the bytes given are never changed in place. */
export interface Mutator {
  name: string
  /** False where it would do nothing: it knows its formats by their bytes, so that new drivers are covered by themselves. */
  applies(bytes: Buffer): boolean
  mutate(bytes: Buffer, pick: Pick, other: Buffer): Buffer
}

/** A copy with a few bytes written over; what lies beyond the end is left out. */
export function withBytes(bytes: Buffer, at: number, written: Uint8Array): Buffer {
  const copy = Buffer.from(bytes)
  copy.set(written.subarray(0, Math.max(0, copy.length - at)), Math.min(at, copy.length))
  return copy
}

const INTERESTING = [
  0n,
  1n,
  -1n,
  2n,
  0x7fn,
  0x80n,
  0xffn,
  0x7fffn,
  0x8000n,
  0xffffn,
  0x1_0000n,
  0x7fff_ffffn,
  0x8000_0000n,
  0xffff_fffen,
  0xffff_ffffn,
  0x1_0000_0000n,
  0x7fff_ffff_ffff_ffffn,
]

/** A number at the edge of some type, as 1, 2, 4 or 8 bytes of either order. */
export function interestingInt(pick: Pick, width: 1 | 2 | 4 | 8, littleEndian = pick(2) === 0): Buffer {
  const value = BigInt.asUintN(width * 8, INTERESTING[pick(INTERESTING.length)] ?? 0n)
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  const low = bytes.subarray(0, width)
  return littleEndian ? low : Buffer.from(low.toReversed())
}

const DOUBLES = [Number.NaN, Infinity, -Infinity, -0, 1e308, -1e308, 5e-324, 1e15, 180.000001, -1e-300]

export function interestingDouble(pick: Pick, littleEndian = true): Buffer {
  const bytes = Buffer.alloc(8)
  const value = DOUBLES[pick(DOUBLES.length)] ?? 0
  if (littleEndian) bytes.writeDoubleLE(value)
  else bytes.writeDoubleBE(value)
  return bytes
}

/** A field of a known place: its offset, width and byte order. */
export type Field = readonly [at: number, width: 1 | 2 | 4 | 8, order: 'le' | 'be']

/** Sets one of the fields to an interesting number, or nudges it by one. */
export function mutateField(bytes: Buffer, pick: Pick, fields: readonly Field[]): Buffer {
  const inside = fields.filter(([at, width]) => at >= 0 && at + width <= bytes.length)
  const [at, width, order] = inside[pick(inside.length)] ?? [0, 1, 'le']
  if (at + width > bytes.length) return bytes
  if (pick(4) > 0) return withBytes(bytes, at, interestingInt(pick, width, order === 'le'))
  const copy = Buffer.from(bytes)
  const low = order === 'le' ? at : at + width - 1
  copy[low] = ((copy[low] ?? 0) + (pick(2) === 0 ? 1 : 255)) & 0xff
  return copy
}
