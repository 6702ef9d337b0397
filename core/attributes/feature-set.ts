import * as z from 'zod'

/**
 * Features of one layer, by number, as bits: a million of them take 125 kB. Bit b of byte i stands for the number `first + 8·i + b`; `first` is a
 * multiple of 8, and neither end has a byte without any feature, so that the same features are always the same bytes.
 */
export interface FeatureSet {
  readonly first: number
  readonly bits: Uint8Array<ArrayBuffer>
}

/** Longest set that a screen may send: numbers within 32 million of each other. */
const MOST_BYTES = 4 * 1024 * 1024

/** A set as it comes from elsewhere. */
export const featureSetSchema = z.strictObject({
  first: z.number().int().min(0).multipleOf(8),
  bits: z.instanceof<typeof Uint8Array<ArrayBuffer>>(Uint8Array).refine(({ length }) => length <= MOST_BYTES),
})

/** Nothing. */
export const NO_FEATURES: FeatureSet = { first: 0, bits: new Uint8Array(0) }

/** The set of these numbers, in any order, however often each is named; numbers are whole and not below zero. */
export function featureSet(fids: Iterable<number> & { length?: number }): FeatureSet {
  const list = Array.isArray(fids) || ArrayBuffer.isView(fids) ? (fids as ArrayLike<number>) : [...fids]
  if (list.length === 0) return NO_FEATURES
  let [low, high] = [Infinity, -Infinity]
  for (let at = 0; at < list.length; at++) {
    const fid = list[at] ?? 0
    if (fid < low) low = fid
    if (fid > high) high = fid
  }
  const first = low - (low % 8)
  const bits = new Uint8Array(Math.floor((high - first) / 8) + 1)
  for (let at = 0; at < list.length; at++) {
    const place = (list[at] ?? 0) - first
    const byte = Math.floor(place / 8)
    bits[byte] = (bits[byte] ?? 0) | (1 << (place % 8))
  }
  return { first, bits }
}

/** Whether a feature is in a set. */
export function hasFeature({ first, bits }: FeatureSet, fid: number): boolean {
  const place = fid - first
  return place >= 0 && ((bits[Math.floor(place / 8)] ?? 0) & (1 << (place % 8))) !== 0
}

const ONES = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1
  return count
})

/** How many features a set has. */
export function featureCount({ bits }: FeatureSet): number {
  let count = 0
  for (let at = 0; at < bits.length; at++) count += ONES[bits[at] ?? 0] ?? 0
  return count
}

/** The numbers of a set, upwards. */
export function featuresOf({ first, bits }: FeatureSet): number[] {
  const fids: number[] = []
  for (let at = 0; at < bits.length; at++) {
    const byte = bits[at] ?? 0
    for (let bit = 0; byte >> bit > 0; bit++) if ((byte >> bit) & 1) fids.push(first + 8 * at + bit)
  }
  return fids
}

/** Whether two sets have the same features. */
export const sameFeatures = (one: FeatureSet, other: FeatureSet): boolean =>
  one === other ||
  (one.first === other.first &&
    one.bits.length === other.bits.length &&
    one.bits.every((byte, at) => byte === (other.bits[at] ?? 0)))

/** What becomes of the set that was there before. */
export type SelectHow = 'replace' | 'add' | 'remove' | 'toggle'

const JOIN: Record<SelectHow, (before: number, given: number) => number> = {
  replace: (_before, given) => given,
  add: (before, given) => before | given,
  remove: (before, given) => before & ~given,
  toggle: (before, given) => before ^ given,
}

/** A set after features were put in its place, added to it, taken out of it, or turned over. */
export function joinedFeatures(before: FeatureSet, given: FeatureSet, how: SelectHow): FeatureSet {
  if (how === 'replace' || before.bits.length === 0) return how === 'remove' ? NO_FEATURES : given
  if (given.bits.length === 0) return before
  const first = Math.min(before.first, given.first)
  const end = Math.max(before.first + 8 * before.bits.length, given.first + 8 * given.bits.length)
  const bits = new Uint8Array((end - first) / 8)
  bits.set(before.bits, (before.first - first) / 8)
  const offset = (given.first - first) / 8
  for (let at = 0; at < given.bits.length; at++) bits[offset + at] = JOIN[how](bits[offset + at] ?? 0, given.bits[at] ?? 0)
  return trimmed({ first, bits })
}

function trimmed({ first, bits }: FeatureSet): FeatureSet {
  let [from, to] = [0, bits.length]
  while (from < to && bits[from] === 0) from++
  while (to > from && bits[to - 1] === 0) to--
  return from === to ? NO_FEATURES : { first: first + 8 * from, bits: bits.slice(from, to) }
}
