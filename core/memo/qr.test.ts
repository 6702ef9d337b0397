import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correctionBytes, qrMatrix, type QrMatrix } from './qr.ts'

/** Reads a code back the way a scanner does, with nothing of the encoder: format bits, mask, zigzag, blocks, checks, length. */
function scan(matrix: QrMatrix): string {
  const size = matrix.length
  const version = (size - 17) / 4
  const dark = (row: number, column: number) => (matrix[row]?.[column] === true ? 1 : 0)
  let format = 0
  for (const column of [0, 1, 2, 3, 4, 5, 7, 8]) format = (format << 1) | dark(8, column)
  for (const row of [7, 5, 4, 3, 2, 1, 0]) format = (format << 1) | dark(row, 8)
  const mask = ((format ^ 0x5412) >> 10) & 7
  expect(((format ^ 0x5412) >> 13) & 3).toBe(0)
  const flips = [
    (i: number, j: number) => (i + j) % 2,
    (i: number) => i % 2,
    (_: number, j: number) => j % 3,
    (i: number, j: number) => (i + j) % 3,
    (i: number, j: number) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2,
    (i: number, j: number) => ((i * j) % 2) + ((i * j) % 3),
    (i: number, j: number) => (((i * j) % 2) + ((i * j) % 3)) % 2,
    (i: number, j: number) => (((i + j) % 2) + ((i * j) % 3)) % 2,
  ]
  const centres = version === 1 ? [] : [6, ...(version >= 7 ? [[22, 24, 26, 28][version - 7] ?? 0] : []), size - 7]
  const isFunction = (row: number, column: number): boolean => {
    if (row === 6 || column === 6) return true
    if ((row < 9 && column < 9) || (row < 9 && column >= size - 8) || (row >= size - 8 && column < 9)) return true
    if (version >= 7 && ((row < 6 && column >= size - 11) || (column < 6 && row >= size - 11))) return true
    return centres.some((y) =>
      centres.some((x) => {
        const isCorner = (y === 6 && (x === 6 || x === size - 7)) || (x === 6 && y === size - 7)
        return !isCorner && Math.abs(row - y) <= 2 && Math.abs(column - x) <= 2
      }),
    )
  }
  const bits: number[] = []
  let up = true
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1
    for (let step = 0; step < size; step++) {
      const row = up ? size - 1 - step : step
      for (const column of [right, right - 1])
        if (!isFunction(row, column)) bits.push(dark(row, column) ^ (flips[mask]?.(row, column) === 0 ? 1 : 0))
    }
    up = !up
  }
  const words = Array.from({ length: bits.length >> 3 }, (_, at) => Number.parseInt(bits.slice(at * 8, at * 8 + 8).join(''), 2))
  // Blocks of level M as the standard's table 9 prints them: total and data bytes of each block.
  const table: [number, number][][] = [
    [[26, 16]],
    [[44, 28]],
    [[70, 44]],
    [
      [50, 32],
      [50, 32],
    ],
    [
      [67, 43],
      [67, 43],
    ],
    Array.from({ length: 4 }, () => [43, 27]),
    Array.from({ length: 4 }, () => [49, 31]),
    [
      [60, 38],
      [60, 38],
      [61, 39],
      [61, 39],
    ],
    [
      [58, 36],
      [58, 36],
      [58, 36],
      [59, 37],
      [59, 37],
    ],
    [
      [69, 43],
      [69, 43],
      [69, 43],
      [69, 43],
      [70, 44],
    ],
  ]
  const shapes = table[version - 1] ?? []
  const blocks = shapes.map((): number[] => [])
  let next = 0
  for (let at = 0; at < Math.max(...shapes.map(([, data]) => data)); at++)
    for (const [block, [, data]] of shapes.entries()) if (at < data) blocks[block]?.push(words[next++] ?? 0)
  const checks = (shapes[0]?.[0] ?? 0) - (shapes[0]?.[1] ?? 0)
  const read = blocks.map((): number[] => [])
  for (let at = 0; at < checks; at++) for (const block of read) block.push(words[next++] ?? 0)
  for (const [block, data] of blocks.entries()) expect(read[block]).toEqual(correctionBytes(data, checks))
  const stream = blocks
    .flat()
    .map((word) => word.toString(2).padStart(8, '0'))
    .join('')
  expect(stream.slice(0, 4)).toBe('0100')
  const lengthBits = version < 10 ? 8 : 16
  const length = Number.parseInt(stream.slice(4, 4 + lengthBits), 2)
  const bytes = Array.from({ length }, (_, at) =>
    Number.parseInt(stream.slice(4 + lengthBits + at * 8, 12 + lengthBits + at * 8), 2),
  )
  return new TextDecoder().decode(Uint8Array.from(bytes))
}

describe('QR codes', () => {
  it('hold the check bytes of the example in ISO/IEC 18004, annex I', () => {
    const data = [0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11]
    expect(correctionBytes(data, 10)).toEqual([0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55])
  })

  it('are read back, whatever the text and its length', () => {
    for (const length of [1, 14, 26, 42, 62, 84, 106, 122, 152, 180, 213])
      expect(scan(qrMatrix('x'.repeat(length)))).toBe('x'.repeat(length))
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        fc.pre(new TextEncoder().encode(text).length <= 213)
        expect(scan(qrMatrix(text))).toBe(text)
      }),
      { numRuns: 60 },
    )
  })

  it('refuse what they cannot hold', () => {
    expect(() => qrMatrix('x'.repeat(214))).toThrow(RangeError)
  })
})
