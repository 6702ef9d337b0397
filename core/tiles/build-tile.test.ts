import { describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import type { LayerColumns } from '../geo/columns.ts'
import type { FeatureSketch } from '../geo/sketch.ts'
import { buildTile } from './build-tile.ts'
import { CELL_PX } from './cells.ts'
import { STEPS_PER_PX, TILE_PX, tileGrid } from './grid.ts'

const TILE_STEPS = TILE_PX * STEPS_PER_PX
const square = (x: number, y: number, side: number): [number, number][] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
]

const classesOf = (layer: LayerColumns, classes = 1): Uint16Array =>
  Uint16Array.from({ length: layer.count }, (_, i) => i % classes)

/** Rings of a feature of a tile as places of the whole grid. */
function ringsOnGrid(tile: ReturnType<typeof buildTile>, x: number, y: number, index: number): string[][] {
  const rings: string[][] = []
  for (let ring = tile.featureOff[index] ?? 0; ring < (tile.featureOff[index + 1] ?? 0); ring++) {
    const points: string[] = []
    for (let v = tile.ringOff[ring] ?? 0; v < (tile.ringOff[ring + 1] ?? 0); v++)
      points.push(`${(tile.xy[2 * v] ?? 0) + x * TILE_STEPS},${(tile.xy[2 * v + 1] ?? 0) + y * TILE_STEPS}`)
    rings.push(points)
  }
  return rings
}

describe('tiles of polygons', () => {
  it('draw a shape that reaches into two tiles at the same places in both', () => {
    const grid = tileGrid([0, 0, 1000, 1000])
    const lake: FeatureSketch = {
      polygon: [
        Array.from({ length: 90 }, (_, i) => [500 + 9 * Math.cos(i / 14.3), 260 + 8 * Math.sin(i / 14.3)] as [number, number]),
      ],
    }
    const layer = layerFromSketches('green', [lake])
    const [left, right] = [buildTile(layer, classesOf(layer), grid, 1, 0, 1), buildTile(layer, classesOf(layer), grid, 1, 1, 1)]
    expect(left.fid).toEqual(Float64Array.of(1))
    expect(ringsOnGrid(left, 0, 1, 0)[0]?.length).toBeGreaterThan(20)
    expect(ringsOnGrid(right, 1, 1, 0)).toEqual(ringsOnGrid(left, 0, 1, 0))
  })

  it('let neighbours share their edge to the last step, however their rings begin and turn', () => {
    const edge = Array.from({ length: 60 }, (_, i) => [500 + 3 * Math.sin(i / 5), 400 + i * 0.09] as [number, number])
    const west: FeatureSketch = { polygon: [[...edge, [300, 400 + 59 * 0.09], [300, 400]]] }
    const east: FeatureSketch = { polygon: [[...edge.toReversed(), [700, 400], [700, 400 + 59 * 0.09]]] }
    const layer = layerFromSketches('landuse_plan', [west, east])
    const grid = tileGrid([0, 0, 1000, 1000])
    const tile = buildTile(layer, classesOf(layer), grid, 0, 0, 0)
    const [one = [], other = []] = [ringsOnGrid(tile, 0, 0, 0)[0], ringsOnGrid(tile, 0, 0, 1)[0]]
    const onlyOne = one.filter((point) => !other.includes(point))
    expect(new Set(onlyOne).size).toBe(2)
    expect(new Set(other.filter((point) => !one.includes(point))).size).toBe(2)
    expect(one.length).toBeLessThan(60)
  })

  it('keep holes, cut them like shells, and drop those that close up', () => {
    const ring = [square(100, 100, 800), square(300, 300, 400), square(150.1, 150.1, 0.02)]
    const layer = layerFromSketches('green', [{ polygon: ring }])
    const grid = tileGrid([0, 0, 1000, 1000])
    const tile = buildTile(layer, classesOf(layer), grid, 0, 0, 0)
    expect(ringsOnGrid(tile, 0, 0, 0)).toHaveLength(2)
    const quarter = buildTile(layer, classesOf(layer), grid, 1, 0, 0)
    expect(ringsOnGrid(quarter, 0, 0, 0)).toHaveLength(2)
    for (const value of quarter.xy) {
      expect(value).toBeGreaterThanOrEqual(-24 * STEPS_PER_PX)
      expect(value).toBeLessThanOrEqual(TILE_STEPS + 24 * STEPS_PER_PX)
    }
  })

  it('are empty outside the grid and where nothing lies', () => {
    const layer = layerFromSketches('green', [{ polygon: [square(0, 0, 10)] }])
    const grid = tileGrid([0, 0, 1000, 1000])
    for (const [z, x, y] of [
      [40, 0, 0],
      [2, 9, 0],
      [2, 3, 0],
    ] as const)
      expect(buildTile(layer, classesOf(layer), grid, z, x, y)).toMatchObject({ kind: 'polygon', fid: new Float64Array(0) })
    const nothing = layerFromSketches('green', [])
    expect(buildTile(nothing, classesOf(nothing), grid, 0, 0, 0).fid).toHaveLength(0)
  })
})

describe('overview tiles', () => {
  /** 80 × 80 parcels in eight bands of ten: shares of the classes 1/2, 1/4, 1/8, 1/8. */
  const side = 80
  const parcels = Array.from({ length: side * side }, (_, i): FeatureSketch => ({
    polygon: [square((i % side) * 10, Math.floor(i / side) * 10, 10)],
  }))
  const layer = layerFromSketches('landuse_plan', parcels)
  const wanted = [0, 0, 0, 0, 1, 1, 2, 3]
  const classOf = Uint16Array.from({ length: layer.count }, (_, i) => wanted[Math.floor((i % side) / 10)] ?? 0)
  const grid = tileGrid([0, 0, 800, 800])

  it('show parcels that would be specks as cells that keep the share of each class', () => {
    const tile = buildTile(layer, classOf, grid, 0, 0, 0)
    // At 1.02 × 800 m in 512 px a parcel is 6.3 px wide.
    expect(tile.kind).toBe('cells')
    expect(tile.fid).toHaveLength(0)
    const areas = [0, 0, 0, 0]
    for (let at = 0; at < tile.cells.length; at += 5) {
      const [x = 0, y = 0, width = 0, height = 0, index = 0] = tile.cells.subarray(at, at + 5)
      for (const value of [x, y, width, height]) expect(value % CELL_PX).toBe(0)
      areas[index] = (areas[index] ?? 0) + width * height
    }
    const total = areas.reduce((sum, value) => sum + value, 0)
    const edgeCells = (TILE_PX / CELL_PX) * CELL_PX ** 2
    expect(Math.abs(total - (TILE_PX / 1.02) ** 2)).toBeLessThan(4 * edgeCells)
    for (const [index, share] of [0.5, 0.25, 0.125, 0.125].entries())
      expect(Math.abs((areas[index] ?? 0) - share * total), `class ${index}`).toBeLessThan(2 * edgeCells)
  })

  it('never cover a cell twice, and merge columns of one class into few rectangles', () => {
    const { cells } = buildTile(layer, classOf, grid, 0, 0, 0)
    const seen = new Set<string>()
    for (let at = 0; at < cells.length; at += 5) {
      const [x = 0, y = 0, width = 0, height = 0] = cells.subarray(at, at + 5)
      for (let cx = x; cx < x + width; cx += CELL_PX)
        for (let cy = y; cy < y + height; cy += CELL_PX) {
          expect(seen.has(`${cx},${cy}`)).toBe(false)
          seen.add(`${cx},${cy}`)
        }
    }
    expect(cells.length / 5).toBeLessThan(20)
  })

  it('give way to real outlines as soon as parcels can be seen', () => {
    const tile = buildTile(layer, classOf, grid, 1, 0, 0)
    expect(tile.kind).toBe('polygon')
    expect(tile.fid.length).toBeGreaterThan(1000)
    expect([...tile.classIndex].every((index) => wanted.includes(index))).toBe(true)
  })

  it('stand beside overview tiles only, however few parcels a neighbour holds', () => {
    // Four quarters of a city: 14,400 parcels in one of them, 36 in another, none in the others.
    const dense = Array.from({ length: 120 * 120 }, (_, i): FeatureSketch => ({
      polygon: [square((i % 120) * 4, Math.floor(i / 120) * 4, 4)],
    }))
    const loose = Array.from({ length: 36 }, (_, i): FeatureSketch => ({
      polygon: [square(520 + (i % 6) * 80, Math.floor(i / 6) * 80, 80)],
    }))
    const city = layerFromSketches('landuse_plan', [...dense, ...loose])
    const around = tileGrid([0, 0, 1000, 1000])
    const kinds = (z: number) => {
      const tiles = Array.from({ length: 4 ** z }, (_, i) =>
        buildTile(city, classesOf(city), around, z, i % 2 ** z, Math.floor(i / 2 ** z)),
      )
      return new Set(tiles.map(({ kind }) => kind))
    }
    expect(kinds(1)).toEqual(new Set(['cells']))
    expect(kinds(2)).toEqual(new Set(['polygon']))
    // The few are drawn in their whole size, not left out.
    const { cells } = buildTile(city, classesOf(city), around, 1, 1, 1)
    const coveredPx = Array.from({ length: cells.length / 5 }, (_, i) => (cells[5 * i + 2] ?? 0) * (cells[5 * i + 3] ?? 0))
    const sidePx = (480 / 1020) * 2 * TILE_PX
    expect(coveredPx.reduce((sum, one) => sum + one, 0) / sidePx ** 2).toBeCloseTo(1, 1)
  })

  it('paint what is drawn last on top, whether the tile shows all of the layer or a corner', () => {
    const cover = layerFromSketches('landuse_plan', [...parcels, { polygon: [square(0, 0, 800)] }])
    const classes = Uint16Array.from({ length: cover.count }, (_, i) => (i === cover.count - 1 ? 7 : 1))
    const { cells } = buildTile(cover, classes, grid, 0, 0, 0)
    expect(new Set(cells.filter((_, i) => i % 5 === 4))).toEqual(new Set([7]))
    const corner = buildTile(cover, classes, grid, 3, 1, 1)
    expect(corner.classIndex.at(-1)).toBe(7)
    expect(corner.fid).toEqual(corner.fid.toSorted())
  })
})

describe('tiles of lines and points', () => {
  it('cut a line to pieces where it leaves the tile', () => {
    const zigzag: [number, number][] = [
      [10, 900],
      [990, 900],
      [990, 700],
      [10, 700],
    ]
    const layer = layerFromSketches('greenway', [{ line: zigzag }])
    const tile = buildTile(layer, classesOf(layer), tileGrid([0, 0, 1000, 1000]), 1, 0, 0)
    expect(tile.kind).toBe('line')
    expect(ringsOnGrid(tile, 0, 0, 0)).toHaveLength(2)
  })

  it('thin many points to the same few each time, and neighbours agree on the border', () => {
    const points = Array.from({ length: 20_000 }, (_, i): FeatureSketch => ({ point: [(i * 618.034) % 1000, (i * 7.31) % 1000] }))
    const layer = layerFromSketches('facility', points)
    const grid = tileGrid([0, 0, 1000, 1000])
    const tile = buildTile(layer, classesOf(layer), grid, 0, 0, 0)
    expect(tile.fid.length).toBeGreaterThan(1000)
    expect(tile.fid.length).toBeLessThanOrEqual(4000)
    expect(buildTile(layer, classesOf(layer), grid, 0, 0, 0)).toEqual(tile)
    const inBoth = (x: number) => {
      const part = buildTile(layer, classesOf(layer), grid, 1, x, 0)
      const near = [...part.fid].filter(
        (_, i) => Math.abs((part.xy[2 * i] ?? 0) + x * TILE_STEPS - TILE_STEPS) < 8 * STEPS_PER_PX,
      )
      return near.toSorted((a, b) => a - b)
    }
    expect(inBoth(0).length).toBeGreaterThan(0)
    expect(inBoth(1)).toEqual(inBoth(0))
    const few = layerFromSketches('facility', points.slice(0, 500))
    expect(buildTile(few, classesOf(few), grid, 0, 0, 0).fid).toHaveLength(500)
  })
})
