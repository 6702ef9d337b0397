import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corridorOf, costSurface, NO_CELL, pathTo, type CostGrid } from './cost-surface.ts'
import { graphOf } from './graph.ts'
import { pathFinder } from './path-tree.ts'

const grids = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([columns, rows]) =>
    fc
      .array(fc.constantFrom(1, 2, 10, 100, Infinity), { minLength: columns * rows, maxLength: columns * rows })
      .map((cells): CostGrid => ({ columns, rows, cellM: 10, resistance: Float64Array.from(cells) })),
  )

/** The same search as a graph of neighbours. */
function byGraph({ columns, rows, cellM, resistance }: CostGrid, source: number): Float64Array {
  const links: [number, number, number][] = []
  for (let cell = 0; cell < columns * rows; cell += 1) {
    for (const [dx, dy] of [
      [1, 0],
      [0, 1],
      [1, 1],
      [-1, 1],
    ] as const) {
      const [x, y] = [(cell % columns) + dx, Math.floor(cell / columns) + dy]
      if (x < 0 || x >= columns || y >= rows) continue
      const other = y * columns + x
      const mean = ((resistance[cell] ?? 0) + (resistance[other] ?? 0)) / 2
      if (mean < Infinity) links.push([cell, other, mean * Math.hypot(dx, dy) * cellM])
    }
  }
  const graph = graphOf(columns * rows, {
    from: links.map(([u]) => u),
    to: links.map(([, v]) => v),
    length: links.map(([, , l]) => l),
  })
  return pathFinder(graph).from(source).distance
}

describe('a cost surface', () => {
  it('costs what the best way through the grid costs', () => {
    fc.assert(
      fc.property(grids, fc.nat(), (grid, anywhere) => {
        const source = anywhere % (grid.columns * grid.rows)
        const found = costSurface(grid, [{ cell: source, owner: 0 }])
        const isOpen = grid.resistance[source] !== Infinity
        const expected = isOpen ? byGraph(grid, source) : new Float64Array(grid.resistance.length).fill(Infinity)
        const wrong = [...found.cost].filter(
          (cost, cell) => cost !== expected[cell] && !(Math.abs(cost - (expected[cell] ?? 0)) < 1e-9),
        )
        expect(wrong).toEqual([])
        const path = pathTo(found, grid.resistance.length - 1)
        expect(path[0] ?? source).toBe(source)
      }),
    )
  })

  it('gives every cell to the nearest source, the lower owner when two are as near', () => {
    const grid: CostGrid = { columns: 5, rows: 1, cellM: 10, resistance: new Float64Array(5).fill(1) }
    const { owner, cost } = costSurface(grid, [
      { cell: 4, owner: 1 },
      { cell: 0, owner: 0 },
    ])
    expect([...owner]).toEqual([0, 0, 0, 1, 1])
    expect([...cost]).toEqual([0, 10, 20, 10, 0])
    expect([...costSurface(grid, [{ cell: 0, owner: 0 }], 15).owner]).toEqual([0, 0, NO_CELL, NO_CELL, NO_CELL])
  })

  it('has a corridor that is nothing on the best path and grows beside it', () => {
    const resistance = Float64Array.from([1, 1, 1, 9, 9, 9, 9, 9, 9])
    const grid: CostGrid = { columns: 3, rows: 3, cellM: 1, resistance }
    const [one, other] = [0, 2].map((cell) => costSurface(grid, [{ cell, owner: 0 }]).cost)
    const corridor = corridorOf(one ?? new Float64Array(), other ?? new Float64Array())
    expect([...corridor.subarray(0, 3)]).toEqual([0, 0, 0])
    expect(Math.min(...corridor.subarray(3))).toBeGreaterThan(0)
  })
})
