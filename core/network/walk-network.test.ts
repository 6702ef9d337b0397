import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { attacher, byLink, reached, startsOf, type Attachment } from './attach.ts'
import { componentsOf } from './graph.ts'
import { spread } from './spread.ts'
import { walkNetwork, type WalkNetwork } from './walk-network.ts'

type Line = [number, number][]

const roads = (...lines: Line[]) =>
  layerFromSketches(
    'road_network',
    lines.map((line) => ({ line })),
  )
const network = (lines: Line[], snapM = 1): WalkNetwork => walkNetwork(roads(...lines), { snapM })
const parts = ({ graph }: WalkNetwork) => componentsOf(graph).count

/** Walking distance between two places, in m. */
function between(built: WalkNetwork, from: [number, number], to: [number, number], limit = 1e6): number {
  const attach = attacher(built, 1000)
  const place = ([x, y]: [number, number]): Attachment => {
    const found = attach(1000 * x, 1000 * y)
    if (!found) throw new Error('too far from any road')
    return found
  }
  const sources = [{ at: place(from), owner: 0 }]
  return reached(built, spread(built.graph, startsOf(built, sources), limit), byLink(sources), place(to), limit).distance
}

describe('a walking network', () => {
  it('joins roads that share a vertex, and not those that merely cross', () => {
    const across: Line = [
      [0, 0],
      [100, 0],
    ]
    const over: Line = [
      [50, -50],
      [50, 50],
    ]
    expect(parts(network([across, over]))).toBe(2)
    const meeting: Line = [
      [50, -50],
      [50, 0],
      [50, 50],
    ]
    const met: Line = [
      [0, 0],
      [50, 0],
      [100, 0],
    ]
    const built = network([met, meeting])
    expect(parts(built)).toBe(1)
    expect(built.graph).toMatchObject({ nodes: 5, links: 4 })
    expect(between(built, [0, 0], [50, 50])).toBeCloseTo(100, 6)
  })

  it('joins a loose end to a road within the tolerance, at a vertex or between two', () => {
    const street: Line = [
      [0, 0],
      [100, 0],
      [200, 0],
    ]
    const lane: Line = [
      [60, 0.8],
      [60, 40],
    ]
    const path: Line = [
      [100.5, -0.5],
      [100, -30],
    ]
    const built = network([street, lane, path])
    expect(parts(built)).toBe(1)
    expect(built).toMatchObject({ joinedEnds: 2, looseEnds: 4 })
    expect(between(built, [60, 40], [100, -30])).toBeCloseTo(39.2 + 40 + 29.5, 0)
    expect(parts(network([street, lane, path], 0.1))).toBe(3)
    expect(network([street, lane, path], 0)).toMatchObject({ joinedEnds: 0, looseEnds: 6 })
  })

  it('joins two loose ends that face each other', () => {
    const one: Line = [
      [0, 0],
      [50, 0],
    ]
    const other: Line = [
      [50.6, 0],
      [90, 0],
    ]
    expect(network([one, other])).toMatchObject({ joinedEnds: 2, looseEnds: 2 })
    expect(between(network([one, other]), [0, 0], [90, 0])).toBeCloseTo(89.4, 6)
  })

  it('leaves out roads nobody may walk on', () => {
    const layer = roads([
      [0, 0],
      [9, 0],
    ])
    expect(walkNetwork(layer, { snapM: 1, select: () => false }).graph).toMatchObject({ nodes: 0, links: 0 })
    expect(attacher(walkNetwork(layer, { snapM: 1, select: () => false }), 100)(0, 0)).toBeUndefined()
  })
})

describe('walking', () => {
  const square: Line = [
    [0, 0],
    [100, 0],
    [100, 100],
    [0, 100],
    [0, 0],
  ]

  it('goes round the block, or along one side when both stand there, and adds the way to the road', () => {
    const built = network([square])
    expect(between(built, [20, 5], [70, -3])).toBeCloseTo(5 + 50 + 3, 6)
    expect(between(built, [0, 50], [100, 50])).toBeCloseTo(200, 6)
    expect(between(built, [0, 50], [100, 50], 199)).toBe(Infinity)
  })

  it('finds the nearest road like looking at all of them does', () => {
    const place = fc.integer({ min: -400, max: 400 })
    const line = fc.tuple(fc.tuple(place, place), fc.tuple(place, place)).filter(([[ax, ay], [bx, by]]) => ax !== bx || ay !== by)
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.tuple(place, place), (lines, [x, y]) => {
        const built = network(lines as Line[], 0)
        const found = attacher(built, 2000)(1000 * x, 1000 * y)
        const nearest = Math.min(...lines.map(([a, b]) => toLine(a, b, x, y)))
        expect(found?.offM).toBeCloseTo(nearest, 6)
      }),
    )
  })

  it('is as far there as back', () => {
    const built = network([
      square,
      [
        [100, 100],
        [180, 130],
      ],
    ])
    const place = fc.tuple(fc.integer({ min: -20, max: 200 }), fc.integer({ min: -20, max: 150 }))
    fc.assert(
      fc.property(place, place, (from, to) => {
        expect(between(built, from, to)).toBeCloseTo(between(built, to, from), 6)
      }),
    )
  })
})

function toLine([ax, ay]: [number, number], [bx, by]: [number, number], x: number, y: number): number {
  const share = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)))
  return Math.hypot(ax + share * (bx - ax) - x, ay + share * (by - ay) - y)
}
