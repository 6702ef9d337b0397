import type { Lattice } from './lattice.ts'
import { parcelRing, type Parcel } from './parcels.ts'

/** A north-up grid of tree-canopy shares 0..1; NaN outside the city. Row 0 is the north. */
export interface CanopyGrid {
  columns: number
  rows: number
  cellM: number
  /** South-west corner, metres in the city's CRS. */
  westM: number
  southM: number
  values: Float32Array
}

const CANOPY_SHARE: Record<string, number> = {
  '03': 0.78,
  '1401': 0.42,
  '02': 0.35,
  '05': 0.25,
  '0701': 0.17,
  '0703': 0.2,
  '08': 0.19,
  '12': 0.12,
  '01': 0.03,
  '09': 0.08,
  '10': 0.05,
  '11': 0.04,
}

const shareOf = (code: string): number => CANOPY_SHARE[code.slice(0, 4)] ?? CANOPY_SHARE[code.slice(0, 2)] ?? 0

/** Paints each parcel's share on the cells whose middle it holds (even–odd scan lines). */
export function canopyGrid(lattice: Lattice, parcels: readonly Parcel[], cellM: number): CanopyGrid {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < lattice.vertices.length; i += 2) {
    west = Math.min(west, lattice.vertices[i] ?? west)
    east = Math.max(east, lattice.vertices[i] ?? east)
    south = Math.min(south, lattice.vertices[i + 1] ?? south)
    north = Math.max(north, lattice.vertices[i + 1] ?? north)
  }
  const westM = Math.floor(west)
  const southM = Math.floor(south)
  const columns = Math.ceil((east - westM) / cellM)
  const rows = Math.ceil((north - southM) / cellM)
  const grid: CanopyGrid = { columns, rows, cellM, westM, southM, values: new Float32Array(columns * rows).fill(NaN) }
  for (const parcel of parcels) paint(grid, parcelRing(lattice, parcel), shareOf(parcel.code))
  return grid
}

function paint(grid: CanopyGrid, ring: Float64Array, share: number): void {
  let [low, high] = [Infinity, -Infinity]
  for (let i = 1; i < ring.length; i += 2) {
    low = Math.min(low, ring[i] ?? low)
    high = Math.max(high, ring[i] ?? high)
  }
  const first = Math.max(0, Math.ceil((low - grid.southM) / grid.cellM - 0.5))
  const last = Math.min(grid.rows - 1, Math.floor((high - grid.southM) / grid.cellM - 0.5))
  for (let fromSouth = first; fromSouth <= last; fromSouth++) {
    const y = grid.southM + (fromSouth + 0.5) * grid.cellM
    const cuts: number[] = []
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const [x0, y0, x1, y1] = [ring[i] ?? 0, ring[i + 1] ?? 0, ring[i + 2] ?? 0, ring[i + 3] ?? 0]
      if (y0 > y !== y1 > y) cuts.push(x0 + ((x1 - x0) * (y - y0)) / (y1 - y0))
    }
    cuts.sort((a, b) => a - b)
    const row = (grid.rows - 1 - fromSouth) * grid.columns
    for (let k = 0; k + 1 < cuts.length; k += 2) {
      const from = Math.ceil(((cuts[k] ?? 0) - grid.westM) / grid.cellM - 0.5)
      const to = Math.floor(((cuts[k + 1] ?? 0) - grid.westM) / grid.cellM - 0.5)
      grid.values.fill(share, row + Math.max(0, from), row + Math.min(grid.columns - 1, to) + 1)
    }
  }
}

/** The grid as an Esri ASCII raster, two decimals, −9999 for no data. */
export function canopyAsc(grid: CanopyGrid): string {
  const header = `ncols ${grid.columns}\nnrows ${grid.rows}\nxllcorner ${grid.westM}\nyllcorner ${grid.southM}\ncellsize ${grid.cellM}\nNODATA_value -9999\n`
  const rows: string[] = []
  for (let row = 0; row < grid.rows; row++) {
    const values = Array.from(grid.values.subarray(row * grid.columns, (row + 1) * grid.columns), (v) =>
      Number.isNaN(v) ? '-9999' : v.toFixed(2),
    )
    rows.push(values.join(' '))
  }
  return header + rows.join('\n') + '\n'
}
