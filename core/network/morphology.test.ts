import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { squaredDistance } from './distance-transform.ts'
import { PATTERN, pattern, patternShares } from './morphology.ts'

const read = (picture: string) => {
  const lines = picture.trim().split('\n')
  const columns = lines[0]?.trim().length ?? 0
  return {
    columns,
    rows: lines.length,
    cells: Uint8Array.from(lines.join('').replaceAll(/\s/g, ''), (sign) => (sign === '#' ? 1 : 0)),
  }
}
const SIGNS = ['.', 'C', 'i', 'e', 'p', 'B', 'L', 'b']
const shown = (picture: string, edge = 1): string[] => {
  const { cells, columns, rows } = read(picture)
  const found = pattern(cells, columns, rows, edge)
  return Array.from({ length: rows }, (_, row) =>
    [...found.subarray(row * columns, (row + 1) * columns)].map((kind) => SIGNS[kind]).join(''),
  )
}

describe('distance to the nearest marked cell', () => {
  it('is what looking at all of them gives', () => {
    const grid = fc
      .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
      .chain(([columns, rows]) =>
        fc
          .array(fc.integer({ min: 0, max: 1 }), { minLength: columns * rows, maxLength: columns * rows })
          .map((cells) => ({ columns, rows, cells: Uint8Array.from(cells) })),
      )
    fc.assert(
      fc.property(grid, ({ columns, rows, cells }) => {
        const slow = Array.from(cells, (_, cell) =>
          cells.reduce((least, is, other) => {
            const [dx, dy] = [(cell % columns) - (other % columns), Math.floor(cell / columns) - Math.floor(other / columns)]
            return is === 1 ? Math.min(least, dx * dx + dy * dy) : least
          }, Infinity),
        )
        expect([...squaredDistance(cells, columns, rows)]).toEqual(slow)
      }),
    )
  })
})

describe('an MSPA-like pattern', () => {
  it('sees two cores, their edges, the bridge between them and the islet apart', () => {
    expect(
      shown(`
        ................
        .#####....#####.
        .#####....#####.
        .##############.
        .#####....#####.
        .#####....#####.
        ................
        ....##..........
      `),
    ).toEqual([
      '................',
      '.eeeee....eeeee.',
      '.eCCCe....eCCCe.',
      '.eCCCCeBBeCCCCe.',
      '.eCCCe....eCCCe.',
      '.eeeee....eeeee.',
      '................',
      '....ii..........',
    ])
  })

  it('sees a branch that ends, and the rim of a hole', () => {
    expect(
      shown(`
        ............
        .#######....
        .#######....
        .###.######.
        .#######....
        .#######....
        ............
      `),
    ).toEqual(['............', '.eeeeeee....', '.eCCpCCe....', '.eCp.pCCebb.', '.eCCpCCe....', '.eeeeeee....', '............'])
  })

  it('sees a loop from a core back to itself', () => {
    const found = shown(`
      ............
      .######.....
      .###########
      .######....#
      .######....#
      .###########
      .######.....
      ............
    `)
    expect(found[2]).toBe('.eCCCCCeLLLL')
    expect(found.join('').includes('B')).toBe(false)
  })

  it('takes unknown cells neither for ground nor for background', () => {
    const whole = new Uint8Array(49).fill(1)
    expect(pattern(whole, 7, 7, 1).every((kind) => kind === PATTERN.core)).toBe(true)
    const known = whole.map((_, cell) => (cell % 7 > 4 ? 2 : cell === 16 ? 0 : 1))
    const found = pattern(known, 7, 7, 1)
    expect(found.filter((_, cell) => known[cell] !== 1).every((kind) => kind === PATTERN.background)).toBe(true)
    // the side towards the unknown is no edge; the hole away from it is one
    expect([found[4], found[15], found[17]]).toEqual([PATTERN.core, PATTERN.perforation, PATTERN.perforation])
    const notch = known.map((value, cell) => (cell === 18 ? 0 : value))
    expect(pattern(notch, 7, 7, 1)[11]).toBe(PATTERN.edge)
  })

  it('divides all foreground, and has less core the wider the edge', () => {
    const grid = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 100, maxLength: 100 })
    fc.assert(
      fc.property(grid, fc.integer({ min: 1, max: 3 }), (values, edge) => {
        const cells = Uint8Array.from(values, (value) => (value > 1 ? 1 : 0))
        const found = pattern(cells, 10, 10, edge)
        expect([...found].map((kind) => (kind === PATTERN.background ? 0 : 1))).toEqual([...cells])
        const [narrow, wide] = [patternShares(found), patternShares(pattern(cells, 10, 10, edge + 1))]
        expect(wide?.core ?? 0).toBeLessThanOrEqual(narrow?.core ?? 0)
        const sum = Object.values(narrow ?? { none: 1 }).reduce((all, share) => all + share, 0)
        expect(sum).toBeCloseTo(1, 12)
      }),
    )
    expect(patternShares(new Uint8Array(4))).toBeUndefined()
  })
})
