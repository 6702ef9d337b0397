import type { LayerColumns } from '../geo/columns.ts'
import { mosaic } from './mosaic.ts'
import { doubleArea, EdgeSet, type Outlines } from './outline.ts'
import { paperPoint, UNITS_PER_PT, type Paper } from './paper.ts'

/** What of a layer is drawn: all features of one class, as rings or runs of paper units. Points are runs of one point. */
export interface DrawnClass {
  classIndex: number
  rings: number[][]
  vertices: number
}

/** Snapping grids that are tried, in hundredths of a point, until the drawing is small enough: 0.0035 mm to 1 mm. */
const GRIDS = [1, 5, 10, 20, 40, 80, 140, 280]
/** Raster cells that replace areas too small to be drawn one by one; the last ones fit any budget. */
const CELLS = [75, 100, 150, 200, 300, 400, 600, 900, 1400]
/** A mean area of fewer squared paper units than this (1 pt²) is drawn as a mosaic. */
const SMALLEST_MEAN_AREA = UNITS_PER_PT ** 2
/** A layer that covers this share of the sheet is ground, not a scatter of places. */
const GROUND_SHARE = 0.2

/**
 * Draws the areas of a layer with at most `budget` vertices: neighbours of one class merge, points snap to a grid that both
 * neighbours share, and ground cut into areas smaller than a dot becomes a mosaic of what lies there. Same input, same drawing.
 */
export function drawAreas(
  layer: LayerColumns,
  classOf: Uint16Array,
  chosen: readonly number[],
  paper: Paper,
  budget: number,
): DrawnClass[] {
  const area = areaOnPaper(layer, chosen, paper)
  const isGround = area >= paper.widthPt * paper.heightPt * UNITS_PER_PT ** 2 * GROUND_SHARE
  if (!isGround || area / chosen.length >= SMALLEST_MEAN_AREA) {
    const drawn = firstFitting(GRIDS, budget, (grid) => outlinesAt(layer, classOf, chosen, paper, grid))
    if (vertexCount(drawn) <= budget) return drawn
  }
  return firstFitting(CELLS, budget, (cell) => mosaic(layer, classOf, chosen, paper, cell))
}

/** Far over the budget the next size would hardly do either, and drawing a city of a million parcels takes a while. */
const HOPELESS = 3

/** Tries sizes from fine to coarse until a drawing fits; the coarsest one whether it fits or not. */
function firstFitting(sizes: readonly number[], budget: number, draw: (size: number) => DrawnClass[]): DrawnClass[] {
  for (let at = 0; ;) {
    const drawn = draw(sizes[at] ?? 0)
    const count = vertexCount(drawn)
    if (count <= budget || at >= sizes.length - 1) return drawn
    at = Math.min(sizes.length - 1, at + (count > budget * HOPELESS ? 2 : 1))
  }
}

/** Draws lines with at most `budget` vertices; where even the coarsest grid has more, the longest lines win. */
export function drawLines(
  layer: LayerColumns,
  classOf: Uint16Array,
  chosen: readonly number[],
  paper: Paper,
  budget: number,
): DrawnClass[] {
  return longestFirst(
    firstFitting(GRIDS, budget, (grid) => runsAt(layer, classOf, chosen, paper, grid)),
    budget,
  )
}

/** Points on a grid of `spacing` paper units: where several fall together one is drawn. */
export function drawPoints(
  layer: LayerColumns,
  classOf: Uint16Array,
  chosen: readonly number[],
  paper: Paper,
  spacing: number,
): DrawnClass[] {
  const coarse = paperPoint(paper, spacing)
  const fine = paperPoint(paper, 1)
  const classes = new Map<number, Map<string, number[]>>()
  for (const feature of chosen) {
    forEachRing(layer, feature, (start, end) => {
      for (let vertex = start; vertex < end; vertex++) {
        const x = layer.xy[vertex * 2] ?? 0
        const y = layer.xy[vertex * 2 + 1] ?? 0
        const places = placesOf(classes, classOf[feature] ?? 0)
        const place = `${coarse.x(x)} ${coarse.y(y)}`
        if (!places.has(place)) places.set(place, [fine.x(x), fine.y(y)])
      }
    })
  }
  return [...classes].map(([classIndex, places]) => ({ classIndex, rings: [...places.values()], vertices: places.size }))
}

export const vertexCount = (drawn: readonly DrawnClass[]): number => drawn.reduce((sum, entry) => sum + entry.vertices, 0)

function placesOf(classes: Map<number, Map<string, number[]>>, classIndex: number): Map<string, number[]> {
  const places = classes.get(classIndex) ?? new Map<string, number[]>()
  classes.set(classIndex, places)
  return places
}

/** Calls back with the vertex range of every ring (or run, or point) of a feature. */
function forEachRing(layer: LayerColumns, feature: number, visit: (start: number, end: number) => void): void {
  const { featureOff, partOff, ringOff } = layer
  for (let part = featureOff[feature] ?? 0; part < (featureOff[feature + 1] ?? 0); part++) {
    for (let ring = partOff[part] ?? 0; ring < (partOff[part + 1] ?? 0); ring++) visit(ringOff[ring] ?? 0, ringOff[ring + 1] ?? 0)
  }
}

/** Sum of ring areas in squared paper units; holes count too, which only errs towards finer drawing. */
function areaOnPaper(layer: LayerColumns, chosen: readonly number[], paper: Paper): number {
  const { x, y } = paperPoint(paper, 1)
  let twice = 0
  for (const feature of chosen) {
    forEachRing(layer, feature, (start, end) => {
      twice += Math.abs(doubleArea(snapped(layer, start, end, x, y)))
    })
  }
  return twice / 2
}

/** A ring on paper, flat, without repeated points. */
function snapped(
  layer: LayerColumns,
  start: number,
  end: number,
  x: (mm: number) => number,
  y: (mm: number) => number,
): number[] {
  const ring: number[] = []
  for (let vertex = start; vertex < end; vertex++) {
    const px = x(layer.xy[vertex * 2] ?? 0)
    const py = y(layer.xy[vertex * 2 + 1] ?? 0)
    if (ring.at(-2) !== px || ring.at(-1) !== py) ring.push(px, py)
  }
  return ring
}

function outlinesAt(
  layer: LayerColumns,
  classOf: Uint16Array,
  chosen: readonly number[],
  paper: Paper,
  grid: number,
): DrawnClass[] {
  const { x, y } = paperPoint(paper, grid)
  const exact = paperPoint(paper, 1)
  const edges = new Map<number, EdgeSet>()
  const specks = new Map<number, Specks>()
  for (const feature of chosen) {
    const classIndex = classOf[feature] ?? 0
    const set = edges.get(classIndex) ?? new EdgeSet()
    edges.set(classIndex, set)
    let kept = 0
    let lost = 0
    forEachRing(layer, feature, (start, end) => {
      const ring = snapped(layer, start, end, x, y)
      kept += Math.abs(doubleArea(ring))
      lost += Math.abs(doubleArea(snapped(layer, start, end, exact.x, exact.y)))
      set.addRing(ring)
    })
    if (kept === 0 && lost > 0) specksOf(specks, classIndex, grid).add(layer, feature, lost / 2, exact)
  }
  return [...edges].map(([classIndex, set]) => {
    const outlines: Outlines = set.outlines()
    const dots = specks.get(classIndex)?.squares() ?? []
    return { classIndex, rings: [...outlines.rings, ...dots], vertices: outlines.vertices + dots.length * 4 }
  })
}

function specksOf(specks: Map<number, Specks>, classIndex: number, grid: number): Specks {
  const found = specks.get(classIndex) ?? new Specks(Math.max(SMALLEST_BIN, grid * 4))
  specks.set(classIndex, found)
  return found
}

/** Specks within 3 pt of each other become one square. */
const SMALLEST_BIN = 300

/** Areas that a grid swallowed whole: summed over small neighbourhoods and drawn as one square of the same area. */
class Specks {
  private readonly size: number
  private readonly bins = new Map<string, { area: number; x: number; y: number }>()

  constructor(size: number) {
    this.size = size
  }

  add(layer: LayerColumns, feature: number, area: number, at: { x: (mm: number) => number; y: (mm: number) => number }): void {
    const vertex = layer.ringOff[layer.partOff[layer.featureOff[feature] ?? 0] ?? 0] ?? 0
    const x = at.x(layer.xy[vertex * 2] ?? 0)
    const y = at.y(layer.xy[vertex * 2 + 1] ?? 0)
    const key = `${Math.floor(x / this.size)} ${Math.floor(y / this.size)}`
    const bin = this.bins.get(key)
    if (bin === undefined) this.bins.set(key, { area, x, y })
    else bin.area += area
  }

  squares(): number[][] {
    return [...this.bins.values()].map(({ area, x, y }) => {
      const half = Math.max(1, Math.round(Math.sqrt(area) / 2))
      return [x - half, y - half, x + half, y - half, x + half, y + half, x - half, y + half]
    })
  }
}

function runsAt(layer: LayerColumns, classOf: Uint16Array, chosen: readonly number[], paper: Paper, grid: number): DrawnClass[] {
  const { x, y } = paperPoint(paper, grid)
  return byClass(layer, classOf, chosen, 4, (start, end) => straightened(snapped(layer, start, end, x, y)))
}

/** Every area with its own outline, to a hundredth of a point. */
export function drawParcels(layer: LayerColumns, classOf: Uint16Array, chosen: readonly number[], paper: Paper): DrawnClass[] {
  const { x, y } = paperPoint(paper, 1)
  // The last vertex repeats the first; the path is closed anyway.
  return byClass(layer, classOf, chosen, 6, (start, end) => snapped(layer, start, end - 1, x, y))
}

/** The rings or runs of some features, put together by class; those of fewer than `least` coordinates are left out. */
function byClass(
  layer: LayerColumns,
  classOf: Uint16Array,
  chosen: readonly number[],
  least: number,
  drawn: (start: number, end: number) => number[],
): DrawnClass[] {
  const classes = new Map<number, DrawnClass>()
  for (const feature of chosen) {
    const classIndex = classOf[feature] ?? 0
    const own = classes.get(classIndex) ?? { classIndex, rings: [], vertices: 0 }
    classes.set(classIndex, own)
    forEachRing(layer, feature, (start, end) => {
      const ring = drawn(start, end)
      if (ring.length < least) return
      own.rings.push(ring)
      own.vertices += ring.length / 2
    })
  }
  return [...classes.values()]
}

/** Drops inner points of a run that lie on the straight line between their neighbours. */
function straightened(run: readonly number[]): number[] {
  const kept = run.slice(0, 2)
  for (let at = 2; at < run.length; at += 2) {
    const [x, y] = [run[at] ?? 0, run[at + 1] ?? 0]
    const [nextX, nextY] = [run[at + 2], run[at + 3]]
    if (nextX === undefined || nextY === undefined) kept.push(x, y)
    else if ((x - (kept.at(-2) ?? 0)) * (nextY - y) !== (y - (kept.at(-1) ?? 0)) * (nextX - x)) kept.push(x, y)
  }
  return kept
}

function longestFirst(drawn: DrawnClass[], budget: number): DrawnClass[] {
  if (vertexCount(drawn) <= budget) return drawn
  const runs = drawn.flatMap(({ classIndex, rings }) => rings.map((ring) => ({ classIndex, ring, length: lengthOf(ring) })))
  runs.sort((a, b) => b.length - a.length)
  const classes = new Map(drawn.map(({ classIndex }) => [classIndex, { classIndex, rings: [] as number[][], vertices: 0 }]))
  let spent = 0
  for (const { classIndex, ring } of runs) {
    if (spent + ring.length / 2 > budget) break
    const target = classes.get(classIndex)
    target?.rings.push(ring)
    if (target) target.vertices += ring.length / 2
    spent += ring.length / 2
  }
  return [...classes.values()]
}

function lengthOf(run: readonly number[]): number {
  let sum = 0
  for (let at = 2; at < run.length; at += 2)
    sum += Math.hypot((run[at] ?? 0) - (run[at - 2] ?? 0), (run[at + 1] ?? 0) - (run[at - 1] ?? 0))
  return sum
}
