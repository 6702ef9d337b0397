import type { LayerColumns } from '../geo/columns.ts'
import { boxOf, markFeature, maskOver, middleOf, type CellMask } from './cell-mask.ts'
import { costSurface, pathTo, type CostGrid } from './cost-surface.ts'
import { squaredDistance } from './distance-transform.ts'

/** Cells along the longer side of a feature's box: fine enough for a corridor, and quick. */
const CELLS = 240

/** What the rim costs at most, the middle being 1: a search over a wider range of costs corrects itself too often. */
const DEAREST = 1024

/**
 * The axis of a polygon feature, as x, y, x, y … in mm of the frame: from the place that is farthest from everything to the one that is
 * farthest from it, along the middle. Found on a grid: cells near the rim are dear, so that the cheapest way keeps to the
 * middle; steps of the grid are then straightened. Empty for a feature without ground. A closed ring is cut somewhere.
 */
export function axisOf(layer: LayerColumns, feature: number): Float64Array {
  const box = boxOf(layer, [feature])
  if (!box) return new Float64Array()
  const [minX, minY, maxX, maxY] = box
  const mask = maskOver(box, Math.max(1000, Math.max(maxX - minX, maxY - minY) / CELLS))
  markFeature(mask, layer, feature)
  const [open, middle] = costsOf(mask)
  const start = mask.cells.indexOf(1)
  if (start < 0) return new Float64Array()
  const one = farthest(costSurface(open, [{ cell: start, owner: 0 }]).cost)
  const other = farthest(costSurface(open, [{ cell: one, owner: 0 }]).cost)
  const path = pathTo(costSurface(middle, [{ cell: one, owner: 0 }]), other)
  return straightened(
    path.map((cell) => middleOf(mask, cell)),
    mask.cellMm,
  )
}

/** The ground as a grid that costs the same everywhere, and as one that is dear near the rim. */
function costsOf({ columns, rows, cells }: CellMask): [open: CostGrid, middle: CostGrid] {
  const toRim = squaredDistance(
    cells.map((is) => (is === 0 ? 1 : 0)),
    columns,
    rows,
  )
  const deepest = toRim.reduce((most, depth) => Math.max(most, depth), 0)
  const grid = { columns, rows, cellM: 1 }
  const outside = (cell: number) => cells[cell] === 0
  const open = Float64Array.from(cells, (_, cell) => (outside(cell) ? Infinity : 1))
  const middle = toRim.map((depth, cell) => (outside(cell) ? Infinity : Math.min(DEAREST, deepest / depth)))
  return [
    { ...grid, resistance: open },
    { ...grid, resistance: middle },
  ]
}

function farthest(cost: Float64Array): number {
  let found = 0
  for (let cell = 0; cell < cost.length; cell += 1) {
    const [here = Infinity, best = -1] = [cost[cell], cost[found]]
    if (here !== Infinity && (here > best || best === Infinity)) found = cell
  }
  return found
}

/** Leaves out the vertices that a line within `toleranceMm` can do without (Douglas & Peucker 1973). */
function straightened(points: readonly (readonly [number, number])[], toleranceMm: number): Float64Array {
  const kept = new Set([0, points.length - 1])
  const stack: [number, number][] = [[0, points.length - 1]]
  for (let piece = stack.pop(); piece; piece = stack.pop()) {
    const [from, to] = piece
    let [worst, at] = [toleranceMm, -1]
    for (let index = from + 1; index < to; index += 1) {
      const away = offLine(points[index], points[from], points[to])
      if (away > worst) [worst, at] = [away, index]
    }
    if (at < 0) continue
    kept.add(at)
    stack.push([from, at], [at, to])
  }
  return Float64Array.from([...kept].toSorted((one, other) => one - other).flatMap((index) => points[index] ?? []))
}

function offLine(
  [x, y]: readonly [number, number] = [0, 0],
  [ax, ay]: readonly [number, number] = [0, 0],
  [bx, by]: readonly [number, number] = [0, 0],
): number {
  const length = Math.hypot(bx - ax, by - ay)
  return length === 0 ? Math.hypot(x - ax, y - ay) : Math.abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length
}
