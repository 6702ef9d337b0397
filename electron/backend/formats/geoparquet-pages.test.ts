import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPages, type PagedColumn } from './geoparquet-pages.ts'
import { ThriftReader } from './thrift-compact.ts'

const varint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))])
const i32 = (value: number): number[] => varint(2 * value)
/** Fields one after the other, each a whole number. */
const numbers = (...values: number[]): number[] => values.flatMap((value) => [0x15, ...i32(value)])

/** A data page of version 1: type, sizes, and then its own header as field 5. */
function dataPage(values: number, body: number[], encoding = 0): Uint8Array {
  const head = [...numbers(0, body.length, body.length), 0x2c, ...numbers(values, encoding, 3, 3), 0, 0]
  return Uint8Array.from([...head, ...body])
}
/** Levels of one width: their length, then one run of a value. */
const levels = (run: number): number[] => {
  const bytes = [...varint(2 * run), 1]
  return [bytes.length, 0, 0, 0, ...bytes]
}

const flat: PagedColumn = { values: 10, rows: 10, maxRepetition: 0, maxDefinition: 1, unpack: undefined }
const limits = { bytes: 1 << 20 }

describe('pages of a Parquet column', () => {
  it('are sound when they hold what the metadata states', () => {
    expect(() => checkPages(dataPage(10, levels(10)), flat, limits)).not.toThrow()
    expect(() => checkPages(dataPage(10, [...levels(10), 3, ...varint(20), 5], 8), flat, limits)).not.toThrow()
    const two = Uint8Array.from([...dataPage(6, levels(6)), ...dataPage(4, levels(4))])
    expect(() => checkPages(two, flat, limits)).not.toThrow()
  })

  it.each<[string, Uint8Array, Partial<PagedColumn>, RegExp]>([
    ['a run of levels for ever', dataPage(10, levels(500_000_000)), {}, /repeats a value/],
    ['a run of indexes for ever', dataPage(10, [...levels(10), 3, ...varint(1_000_000_000), 5], 8), {}, /repeats a value/],
    ['more values than stated', dataPage(11, levels(11)), {}, /more values than its column/],
    ['more values than rows', dataPage(10, levels(10)), { rows: 9 }, /more values than it can hold/],
    ['more nested values than bits', dataPage(10_000, []), { values: 10_000, maxDefinition: 0, maxRepetition: 1 }, /./],
    ['levels beyond the page', dataPage(10, [200, 0, 0, 0, 1]), {}, /levels beyond its end/],
    ['indexes of too many bits', dataPage(10, [...levels(10), 77, 2, 5], 8), {}, /too many bits/],
    ['a page beyond its column', dataPage(10, levels(10)).subarray(0, -1), {}, /reaches beyond/],
  ])('are refused for %s', (_what, chunk, column, message) => {
    expect(() => checkPages(chunk, { ...flat, ...column }, limits)).toThrow(message)
    expect(() => checkPages(chunk, { ...flat, ...column }, limits)).toThrow(RangeError)
  })

  it('are refused when they unpack to more than the limit', () => {
    expect(() => checkPages(dataPage(10, levels(10)), flat, { bytes: 3 })).toThrow(/larger than the limit/)
  })
})

/** Where reading ended, or what it threw. */
function outcomeOf(bytes: Uint8Array): number | Error {
  const reader = new ThriftReader(bytes, 0)
  try {
    reader.struct()
    return reader.at
  } catch (error) {
    return error as Error
  }
}

it('page headers of any bytes are read or refused, and nothing is made that they ask for', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const outcome = outcomeOf(bytes)
      return outcome instanceof RangeError || (typeof outcome === 'number' && outcome <= bytes.length)
    }),
    { numRuns: 2000 },
  )
  expect(outcomeOf(Uint8Array.from([0x15, 2, 0]))).toBe(3)
})
