import type { LayerColumns } from './columns.ts'
import type { PointMap } from './frame.ts'
import type { RasterGrid } from './raster.ts'

/** Per zone: the mean of the cells whose middle it holds, and how many of them have a value and how many have none. */
export interface ZonalMeans {
  /** NaN for a zone that holds no middle of a cell with a value. */
  mean: Float64Array
  cells: Uint32Array
  noData: Uint32Array
}

/**
 * Means of a grid over polygons. A cell belongs to the zone that holds its middle (a middle exactly on an edge belongs to the
 * zone east or north of it), so that zones that tile the ground share every cell out exactly once. Means are of cells, in
 * the grid's own unit; in a system of degrees cells differ in size, which a zone of a city does not notice.
 * @param toGrid metres of the zones' frame → the grid's own coordinates (`frameToGrid`)
 */
export function zonalMeans(zones: LayerColumns, grid: RasterGrid, toGrid: PointMap): ZonalMeans {
  const means: ZonalMeans = {
    mean: new Float64Array(zones.count).fill(NaN),
    cells: new Uint32Array(zones.count),
    noData: new Uint32Array(zones.count),
  }
  if (zones.kind !== 'polygon') return means
  const lines = new ScanLines(grid)
  for (let zone = 0; zone < zones.count; zone++) {
    addZone(zones, zone, toGrid, lines)
    const { sum, cells, noData } = lines.take()
    means.cells[zone] = cells
    means.noData[zone] = noData
    if (cells > 0) means.mean[zone] = sum / cells
  }
  return means
}

function addZone(zones: LayerColumns, zone: number, toGrid: PointMap, lines: ScanLines): void {
  const firstRing = zones.partOff[zones.featureOff[zone] ?? 0] ?? 0
  const endRing = zones.partOff[zones.featureOff[zone + 1] ?? 0] ?? 0
  for (let ring = firstRing; ring < endRing; ring++) {
    const end = zones.ringOff[ring + 1] ?? 0
    let before: [number, number] | null = null
    for (let v = zones.ringOff[ring] ?? 0; v < end; v++) {
      const at = toGrid((zones.xy[2 * v] ?? 0) / 1000, (zones.xy[2 * v + 1] ?? 0) / 1000)
      if (before !== null) lines.edge(before[0], before[1], at[0], at[1])
      before = at
    }
  }
}

/** Collects where edges cross the lines through the middles of rows, then counts the cells between pairs of crossings. */
class ScanLines {
  readonly #grid: RasterGrid
  readonly #cuts = new Map<number, number[]>()

  constructor(grid: RasterGrid) {
    this.#grid = grid
  }

  /** Half-open in y, and always computed from the lower end: an edge shared by two zones cuts both at the very same place. */
  edge(ax: number, ay: number, bx: number, by: number): void {
    if (ay === by) return
    const [x0, y0, x1, y1] = ay < by ? [ax, ay, bx, by] : [bx, by, ax, ay]
    const { topY, leftX, cellX, cellY, rows } = this.#grid
    const first = Math.max(0, Math.floor((topY - y1) / cellY - 0.5))
    const last = Math.min(rows - 1, Math.ceil((topY - y0) / cellY - 0.5))
    for (let row = first; row <= last; row++) {
      const y = topY - (row + 0.5) * cellY
      if (y < y0 || y >= y1) continue
      const cut = (x0 + ((x1 - x0) * (y - y0)) / (y1 - y0) - leftX) / cellX - 0.5
      const known = this.#cuts.get(row)
      if (known) known.push(cut)
      else this.#cuts.set(row, [cut])
    }
  }

  take(): { sum: number; cells: number; noData: number } {
    const { columns, values } = this.#grid
    let [sum, cells, noData] = [0, 0, 0]
    for (const [row, cuts] of this.#cuts) {
      if (cuts.length > 2) cuts.sort((a, b) => a - b)
      for (let k = 0; k + 1 < cuts.length; k += 2) {
        const [a = 0, b = 0] = [cuts[k], cuts[k + 1]]
        const from = row * columns + Math.max(0, Math.ceil(Math.min(a, b)))
        const end = row * columns + Math.min(columns, Math.ceil(Math.max(a, b)))
        for (let cell = from; cell < end; cell++) {
          const value = values[cell] ?? NaN
          if (value === value) {
            sum += value
            cells++
          } else noData++
        }
      }
    }
    this.#cuts.clear()
    return { sum, cells, noData }
  }
}
