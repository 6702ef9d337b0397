import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { decodeFrame, encodeFrame } from './frames.ts'

declare const TextEncoder: new () => { encode(text: string): Uint8Array }

const bytes = (value: unknown): Uint8Array<ArrayBuffer> => {
  const frame = encodeFrame(value)
  if (typeof frame === 'string') throw new Error('expected a binary frame')
  return frame
}
const roundTrip = (value: unknown) => {
  const frame = encodeFrame(value)
  return decodeFrame(typeof frame === 'string' ? frame : frame.buffer)
}
const refused = (data: string | Uint8Array): string => {
  try {
    decodeFrame(data)
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
  return 'accepted'
}

/** A frame with any header, true or not. */
const forged = (head: unknown, partBytes = 0, headLength?: number): Uint8Array => {
  const json = new TextEncoder().encode(JSON.stringify(head))
  const start = Math.ceil((4 + json.length) / 8) * 8
  const frame = new Uint8Array(start + partBytes)
  new DataView(frame.buffer).setUint32(0, headLength ?? json.length, true)
  frame.set(json, 4)
  return frame
}

const binary = fc.oneof(
  fc.uint8Array(),
  fc.int8Array(),
  fc.uint8ClampedArray(),
  fc.uint16Array(),
  fc.int16Array(),
  fc.uint32Array(),
  fc.int32Array(),
  fc.float32Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
  fc.uint8Array().map((view) => Uint8Array.from(view).buffer),
)
const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '$b', 'length', '0'))
const { tree } = fc.letrec((tie) => ({
  leaf: fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(null), binary),
  tree: fc.oneof(
    { maxDepth: 5 },
    tie('leaf'),
    fc.array(tie('tree'), { maxLength: 5 }),
    fc.array(fc.tuple(key, tie('tree')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
  ),
}))

describe('frames', () => {
  it('bring back every value with typed arrays anywhere in it', () => {
    fc.assert(
      fc.property(tree, (value) => {
        expect(roundTrip(value)).toEqual(value)
      }),
      { numRuns: 500 },
    )
  })

  it('leave the value they were made from untouched', () => {
    const value = { list: [Uint8Array.of(1)], other: { kept: true } }
    encodeFrame(value)
    expect(value).toEqual({ list: [Uint8Array.of(1)], other: { kept: true } })
  })

  it('are text without binary parts, even for values that look like ours', () => {
    const value = [[[['a'], 'Uint8Array', 4]], null]
    expect(encodeFrame(value)).toBe(JSON.stringify(value))
    expect(roundTrip(value)).toEqual(value)
  })

  it('lay typed arrays over the frame without copying', () => {
    const frame = bytes([Float64Array.of(1, 2), Uint8Array.of(3), Float64Array.of(4)])
    const [first, , third] = decodeFrame(frame.buffer) as [Float64Array, Uint8Array, Float64Array]
    expect(first.buffer).toBe(frame.buffer)
    expect(first.byteOffset % 8).toBe(0)
    expect(third.byteOffset % 8).toBe(0)
    expect(third).toEqual(Float64Array.of(4))
  })

  it('read a frame that sits at an odd place of a larger buffer', () => {
    const frame = bytes({ xy: Float64Array.of(1.5) })
    const shifted = new Uint8Array(frame.length + 3)
    shifted.set(frame, 3)
    expect(decodeFrame(shifted.subarray(3))).toEqual({ xy: Float64Array.of(1.5) })
  })

  it('send a view, not the buffer behind it', () => {
    const view = new Uint16Array(Uint16Array.of(1, 2, 3, 4).buffer, 2, 2)
    expect(roundTrip([view])).toEqual([Uint16Array.of(2, 3)])
    const shared = new Uint8Array(new SharedArrayBuffer(2)).fill(5)
    expect(roundTrip([shared])).toEqual([Uint8Array.of(5, 5)])
  })

  it('refuse at the sender what they cannot hold', () => {
    expect(() => encodeFrame({ view: new DataView(new ArrayBuffer(1)) })).toThrow(TypeError)
  })

  it.each<[string, string | Uint8Array]>([
    ['text that is not JSON', '{'],
    ['nothing', new Uint8Array(0)],
    ['three bytes', new Uint8Array(3)],
    ['a header longer than the frame', forged([[], 1], 0, 4_000_000_000)],
    ['a header cut short', forged([[], 1], 0, 3)],
    ['a header that is not UTF-8', forged([[], 'x']).map((byte) => (byte === 0x78 ? 0xff : byte))],
    ['a header that is an object', forged({ length: 2, 0: [], 1: null })],
    ['a header of three', forged([[], 1, 2])],
    ['parts that are no list', forged([{}, null])],
    ['a part that is no header', forged([[null], null])],
    ['a path that is no list', forged([['a', 'Uint8Array', 0], { a: null }])],
    ['a path of objects', forged([[[[{}], 'Uint8Array', 0]], { a: null }])],
    ['a path that leads nowhere', forged([[[['b'], 'Uint8Array', 0]], { a: null }])],
    ['a path through a string', forged([[[['a', 'length'], 'Uint8Array', 0]], { a: 'text' }])],
    ['a path to a prototype', forged([[[['__proto__', 'polluted'], 'Uint8Array', 0]], {}])],
    ['a path to a constructor', forged([[[['constructor', 'prototype', 'x'], 'Uint8Array', 0]], {}])],
    ['a path to the list’s length', forged([[[['length'], 'Uint8Array', 0]], []])],
    ['a place that is taken', forged([[[['a'], 'Uint8Array', 0]], { a: 1 }])],
    [
      'two parts for one place',
      forged([
        [
          [['a'], 'Uint8Array', 0],
          [['a'], 'Uint8Array', 0],
        ],
        { a: null },
      ]),
    ],
    [
      'a part inside a part',
      forged(
        [
          [
            [['a'], 'Uint8Array', 8],
            [['a', 0], 'Uint8Array', 0],
          ],
          { a: null },
        ],
        8,
      ),
    ],
    ['an unknown kind', forged([[[['a'], 'DataView', 0]], { a: null }])],
    ['a kind from a prototype', forged([[[['a'], 'constructor', 0]], { a: null }])],
    ['a length that does not fit', forged([[[['a'], 'Float64Array', 4]], { a: null }], 8)],
    ['a negative length', forged([[[['a'], 'Uint8Array', -8]], { a: null }], 8)],
    ['a fraction of a byte', forged([[[['a'], 'Uint8Array', 0.5]], { a: null }], 8)],
    ['a part longer than the frame', forged([[[['a'], 'Uint8Array', 9]], { a: null }], 8)],
    ['a part of 2^53 bytes', forged([[[['a'], 'Uint8Array', Number.MAX_SAFE_INTEGER]], { a: null }], 8)],
    ['bytes that belong to nothing', forged([[], null], 8)],
  ])('refuse %s', (_, data) => {
    expect(refused(data)).toBe('request.bad-frame')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('refuse or read any bytes, and never break', () => {
    const good = bytes({ t: 'result', id: 1, value: { xy: Int32Array.of(1, 2), name: '青岚' } })
    const flip = fc.record({ at: fc.nat(good.length - 1), to: fc.nat(255), length: fc.integer({ min: 0, max: good.length }) })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), flip), (change) => {
        const data = change instanceof Uint8Array ? change : good.slice(0, change.length)
        if (!(change instanceof Uint8Array) && change.at < data.length) data[change.at] = change.to
        expect(['accepted', 'request.bad-frame']).toContain(refused(data))
      }),
      { numRuns: 2000 },
    )
  })
})
