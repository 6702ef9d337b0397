import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { boundaryLedger } from './boundary-ledger.ts'
import { layerFromSketches } from './build.ts'
import { loadGeos, type Geos } from './geos.ts'
import { totalAreaM2 } from './measure.ts'
import { box, type FeatureSketch } from './sketch.ts'
import { tilingReport } from './tiling.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

function report(sketches: readonly FeatureSketch[]) {
  const layer = layerFromSketches('landuse_plan', sketches)
  const ledger = boundaryLedger()
  ledger.add(layer)
  return { ...tilingReport(ledger.edges(), totalAreaM2(layer), geos), left: ledger.edges().length / 4, layer }
}

const parcel = (x: number, y: number, width: number, height = width): FeatureSketch => ({ polygon: [box(x, y, width, height)] })
/** A block of square parcels of 10 m. */
const block = (columns: number, rows: number, skip: (column: number, row: number) => boolean = () => false): FeatureSketch[] =>
  Array.from({ length: columns * rows }, (_, i) => [i % columns, Math.floor(i / columns)] as const)
    .filter(([column, row]) => !skip(column, row))
    .map(([column, row]) => parcel(10 * column, 10 * row, 10))

describe('overlaps and gaps of a tiling layer', () => {
  it('finds nothing in a layer without fault, of which only the outline is left', () => {
    const { faults, parcelsM2, hullM2, unexplainedM2, left } = report(block(20, 30))
    expect(faults).toEqual([])
    expect([parcelsM2, hullM2, unexplainedM2]).toEqual([60_000, 60_000, 0])
    expect(left).toBe(2 * (20 + 30))
  })

  it('says how large and where, largest first', () => {
    const found = report([
      ...block(6, 6, (column, row) => column === 4 && row === 4),
      parcel(12, 12, 3, 2),
      parcel(0, 50, 10, 10),
    ])
    expect(found).toMatchObject({ overlaps: 2, gaps: 1, overlapM2: 106, gapM2: 100, hullM2: 3600, hairlines: 0 })
    expect(found.faults.map(({ kind, covers, areaM2 }) => [kind, covers, areaM2])).toEqual([
      ['overlap', 2, 100],
      ['gap', 0, 100],
      ['overlap', 2, 6],
    ])
    expect(found.faults[2]).toMatchObject({ box: [12_000, 12_000, 15_000, 14_000] })
    expect(found.faults[1]?.point).toEqual([45_000, 45_000])
  })

  it('counts ground under three features twice', () => {
    const found = report([parcel(0, 0, 10), parcel(4, 0, 10), parcel(8, 0, 10)])
    expect(found.faults.map(({ covers, areaM2 }) => [covers, areaM2])).toEqual([
      [2, 40],
      [2, 40],
      [3, 20],
    ])
    expect(found).toMatchObject({ overlapM2: 120, parcelsM2: 300, hullM2: 180, unexplainedM2: 0 })
  })

  it('sees one whole tiling lying on another, though the edges inside of both cancel', () => {
    const found = report([...block(8, 8), { polygon: [box(0, 0, 80, 80)] }])
    expect(found).toMatchObject({ overlaps: 1, overlapM2: 6400, hullM2: 6400, gapM2: 0 })
  })

  it('keeps what rounding leaves out of the list but in the sums', () => {
    // The neighbour has a vertex on the shared edge that is one millimetre off.
    const found = report([
      { polygon: [[[0, 0], [100, 0], [100, 33.333], [0, 0.001]]] },
      { polygon: [[[0, 0.001], [50, 16.668], [100, 33.333], [100, 60], [0, 60]]] },
    ]) // prettier-ignore
    expect(found).toMatchObject({ overlaps: 0, gaps: 0, hairlines: 1, faults: [] })
    expect(found.hairlineM2).toBeGreaterThan(0)
    expect(found.unexplainedM2).toBeCloseTo(0, 6)
  })

  it('finds every planted fault exactly, and the totals are conserved', () => {
    const place = fc.record({
      column: fc.nat(9),
      row: fc.nat(9),
      x: fc.integer({ min: 1, max: 4000 }),
      y: fc.integer({ min: 1, max: 4000 }),
    })
    const size = fc.record({ width: fc.integer({ min: 10, max: 5000 }), height: fc.integer({ min: 10, max: 5000 }) })
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(place, size), { minLength: 1, maxLength: 12, selector: ([p]) => 10 * p.row + p.column }),
        fc.uniqueArray(fc.nat(99), { maxLength: 8 }),
        (plants, holes) => {
          const planted = new Map(plants.map((plant) => [10 * plant[0].row + plant[0].column, plant]))
          // Gaps are windows in a parcel; every parcel has at most one fault, inside it.
          const sketches: FeatureSketch[] = []
          let [overlapM2, gapM2, overlaps, gaps] = [0, 0, 0, 0]
          for (let i = 0; i < 100; i += 1) {
            const [x, y] = [10 * (i % 10), 10 * Math.floor(i / 10)]
            const plant = planted.get(i)
            if (!plant) {
              sketches.push(parcel(x, y, 10))
              continue
            }
            const [at, { width, height }] = plant
            const inner = box(x + at.x / 1000, y + at.y / 1000, width / 1000, height / 1000)
            if (holes.includes(i)) {
              sketches.push({ polygon: [box(x, y, 10, 10), inner] })
              gapM2 += (width * height) / 1e6
              gaps += 1
            } else {
              sketches.push(parcel(x, y, 10), { polygon: [inner] })
              overlapM2 += (width * height) / 1e6
              overlaps += 1
            }
          }
          const found = report(sketches)
          expect(found).toMatchObject({ overlaps, gaps })
          expect(found.overlapM2).toBeCloseTo(overlapM2, 9)
          expect(found.gapM2).toBeCloseTo(gapM2, 9)
          expect(found.hullM2).toBeCloseTo(10_000, 6)
          expect(found.unexplainedM2).toBeCloseTo(0, 6)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('agrees with the library on any heap of rectangles', () => {
    const place = fc.integer({ min: 0, max: 40_000 })
    const side = fc.integer({ min: 1000, max: 20_000 })
    fc.assert(
      fc.property(fc.array(fc.tuple(place, place, side, side), { minLength: 1, maxLength: 15 }), (heap) => {
        const found = report(heap.map(([x, y, width, height]) => parcel(x / 1000, y / 1000, width / 1000, height / 1000)))
        const unionM2 = totalAreaM2(geos.union(found.layer))
        expect(found.hullM2 - found.gapM2).toBeCloseTo(unionM2, 6)
        expect(found.parcelsM2 - found.overlapM2).toBeCloseTo(unionM2, 6)
        expect(found.unexplainedM2).toBeCloseTo(0, 6)
      }),
      { numRuns: 100 },
    )
  })
})
