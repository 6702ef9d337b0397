import { interestingDouble, interestingInt, withBytes, type Mutator } from './mutator.ts'
import { oneOf, type Pick } from './random.ts'

const notEmpty = (bytes: Buffer): boolean => bytes.length > 0
const block = (bytes: Buffer, pick: Pick): [start: number, end: number] => {
  const start = pick(bytes.length)
  const longest = oneOf(pick, [4, 32, 512, bytes.length])
  return [start, Math.min(bytes.length, start + 1 + pick(longest))]
}

/** A little-endian or big-endian number in the file that says how long something in it is. */
function lengthField(bytes: Buffer, pick: Pick): Buffer {
  const candidates: number[] = []
  for (let at = 0; at + 4 <= Math.min(bytes.length, 4096); at++) {
    const [little, big] = [bytes.readUInt32LE(at), bytes.readUInt32BE(at)]
    if ([little, big, 2 * big].some((value) => value > 3 && value <= bytes.length && value * 64 >= bytes.length))
      candidates.push(at)
  }
  if (candidates.length === 0) return bytes
  const at = oneOf(pick, candidates)
  const big = bytes.readUInt32BE(at) <= bytes.length
  const value = big ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)
  const changed = oneOf(pick, [
    0,
    1,
    value - 1,
    value + 1,
    value * 2,
    Math.floor(value / 2),
    bytes.length + 1,
    0x7fffffff,
    0xffffffff,
  ])
  const written = Buffer.alloc(4)
  if (big) written.writeUInt32BE(changed >>> 0)
  else written.writeUInt32LE(changed >>> 0)
  return withBytes(bytes, at, written)
}

/** Damage that any file can suffer, whatever it is. */
export const BYTE_MUTATORS: readonly Mutator[] = [
  {
    name: 'flip a bit',
    applies: notEmpty,
    mutate(bytes, pick) {
      const at = pick(bytes.length)
      return withBytes(bytes, at, Uint8Array.of((bytes[at] ?? 0) ^ (1 << pick(8))))
    },
  },
  {
    name: 'set a byte',
    applies: notEmpty,
    mutate: (bytes, pick) => withBytes(bytes, pick(bytes.length), Uint8Array.of(pick(256))),
  },
  { name: 'truncate', applies: notEmpty, mutate: (bytes, pick) => bytes.subarray(0, pick(bytes.length)) },
  {
    name: 'delete a block',
    applies: notEmpty,
    mutate(bytes, pick) {
      const [start, end] = block(bytes, pick)
      return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
    },
  },
  {
    name: 'repeat a block',
    applies: (bytes) => bytes.length > 0 && bytes.length < 512 * 1024,
    mutate(bytes, pick) {
      const [start, end] = block(bytes, pick)
      const times = oneOf(pick, [1, 2, 16])
      return Buffer.concat([
        bytes.subarray(0, end),
        ...Array.from({ length: times }, () => bytes.subarray(start, end)),
        bytes.subarray(end),
      ])
    },
  },
  {
    name: 'splice with another seed',
    applies: notEmpty,
    mutate: (bytes, pick, other) => Buffer.concat([bytes.subarray(0, pick(bytes.length)), other.subarray(pick(other.length))]),
  },
  {
    name: 'interesting whole number',
    applies: notEmpty,
    mutate: (bytes, pick) => withBytes(bytes, pick(bytes.length), interestingInt(pick, oneOf(pick, [1, 2, 4, 8] as const))),
  },
  {
    name: 'interesting double',
    applies: (bytes) => bytes.length >= 8,
    mutate: (bytes, pick) => withBytes(bytes, pick(bytes.length - 7), interestingDouble(pick, pick(4) > 0)),
  },
  { name: 'length field', applies: (bytes) => bytes.length >= 8, mutate: lengthField },
]
