import fc from 'fast-check'
import { layerFromSketches } from './build.ts'
import type { LayerColumns } from './columns.ts'
import type { FeatureSketch } from './sketch.ts'

/** Generators of layers for property tests: ordinary shapes, and grids on which everything coincides. */
export type Ring = [x: number, y: number][]

/** A star-shaped ring around a point: any radii give a valid polygon. Whole decimetres make coincident edges likely. */
export const starRing: fc.Arbitrary<Ring> = fc
  .tuple(
    fc.integer({ min: -300, max: 300 }),
    fc.integer({ min: -300, max: 300 }),
    fc.array(fc.integer({ min: 20, max: 800 }), { minLength: 3, maxLength: 24 }),
  )
  .map(([x, y, radii]) =>
    radii.map((radius, index): [number, number] => {
      const angle = (2 * Math.PI * index) / radii.length
      return [x / 10 + (radius / 10) * Math.cos(angle), y / 10 + (radius / 10) * Math.sin(angle)]
    }),
  )

const cell = fc.integer({ min: 0, max: 6 })
/** An upright rectangle or right triangle on a grid of whole metres: edges, corners and whole shapes coincide all the time. */
export const gridRing: fc.Arbitrary<Ring> = fc
  .tuple(cell, cell, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 4 }))
  .map(([x, y, width, height, cut]) => {
    const corners: Ring = [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ]
    return cut === 4 ? corners : corners.filter((_, at) => at !== cut)
  })

/** A ring that need not be valid: any vertices on a small grid, so that it crosses itself, turns back and repeats vertices. */
export const wildRing: fc.Arbitrary<Ring> = fc.array(fc.tuple(cell, cell), { minLength: 3, maxLength: 10 })

/** A rectangle with a hole that may touch or share its edge. */
export const holedPolygon: fc.Arbitrary<Ring[]> = fc
  .tuple(cell, cell, fc.integer({ min: 3, max: 5 }), fc.integer({ min: 3, max: 5 }))
  .map(([x, y, width, height]) => [
    [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ],
    [
      [x + 1, y + 1],
      [x + 1, y + height - 1],
      [x + width - 1, y + height - 1],
      [x + width - 1, y + 1],
    ],
  ])

/** A layer of polygons, each with a class and a number. */
export const layerOf = (polygons: readonly (readonly Ring[])[], shiftM: [number, number] = [0, 0]): LayerColumns =>
  layerFromSketches(
    'landuse_plan',
    polygons.map((rings, at): FeatureSketch => ({
      polygon: rings.map((ring) => ring.map(([x, y]): [number, number] => [x + shiftM[0], y + shiftM[1]])),
      attributes: { class: `c${at % 3}`, size: at },
    })),
  )

const polygons = (ring: fc.Arbitrary<Ring>, most: number) =>
  fc.array(
    ring.map((only) => [only]),
    { minLength: 1, maxLength: most },
  )

/** Polygons of a layer: stars, grid shapes, shapes with holes, or a tiling of squares. */
export const polygonSet: fc.Arbitrary<Ring[][]> = fc.oneof(
  polygons(starRing, 6),
  polygons(gridRing, 8),
  fc.array(holedPolygon, { minLength: 1, maxLength: 4 }),
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 3 })).map(([size, at]) => tiles(size, at)),
)

/** Polygons that may be broken in every way. */
export const wildSet: fc.Arbitrary<Ring[][]> = polygons(wildRing, 5)

function tiles(size: number, at: number): Ring[][] {
  return Array.from({ length: 9 }, (_, index) => {
    const x = at + size * (index % 3)
    const y = at + size * Math.floor(index / 3)
    return [
      [
        [x, y],
        [x + size, y],
        [x + size, y + size],
        [x, y + size],
      ],
    ]
  })
}
