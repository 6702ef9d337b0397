import type { LayerColumns } from '../geo/columns.ts'
import { labelled } from '../network/morphology.ts'
import { outlineOfCells, type OutlinePart } from './cell-outline.ts'
import { figuresAt, type CellFigures, type Surroundings } from './figures.ts'
import { cellsOfFeature, siteCells, type SiteCells, type SiteGround } from './site-cells.ts'

/** The pieces of ground that are scored: cells of a grid, or parcels of stock land (and submitted areas) as they are. */
export interface SiteUnits {
  /** Width of the cells of the grid. */
  cellM: number
  areaM2: Float64Array
  /** Usable stock land of each, and ground where no area may lie. */
  stockM2: Float64Array
  excludedM2: Float64Array
  figures: CellFigures
  /** Units that an area may be made of. */
  candidates: readonly number[]
  /** Units that a submitted feature covers, with the share of each that it takes; undefined where it has no ground. */
  sharesOf(layer: LayerColumns, feature: number): ReadonlyMap<number, number> | undefined
  /** Units that lie together. */
  groups(chosen: readonly number[]): number[][]
  /** What a unit is called in the grid or the layer. */
  nameOf(unit: number): number
  outlineOf(group: readonly number[]): OutlinePart[]
  /** A place in the middle of a group, mm. */
  middleOf(group: readonly number[]): [x: number, y: number]
}

export interface UnitsRule {
  cellM: number
  leastStockShare: number
}

/** Square cells with stock land and no ground that is excluded; cells of submitted areas are scored as well. */
export function cellUnits(
  ground: SiteGround,
  around: Surroundings,
  submitted: readonly LayerColumns[],
  rule: UnitsRule,
): SiteUnits | undefined {
  const site = siteCells(ground, submitted, rule.cellM)
  if (!site) return undefined
  const shares = submitted.map((layer) =>
    Array.from({ length: layer.count }, (_, feature) => cellsOfFeature(site, layer, feature)),
  )
  const isCandidate = (cell: number) =>
    (site.stockShare[cell] ?? 0) >= Math.max(rule.leastStockShare, 1e-9) && site.excludedShare[cell] === 0
  const open = Array.from(site.stockShare.keys()).filter(isCandidate)
  const inSubmitted = shares.flatMap((list) => list.flatMap((each) => [...each.keys()]))
  const cells = [...new Set([...open, ...inSubmitted])].toSorted((one, other) => one - other)
  const unitOf = new Map(cells.map((cell, unit) => [cell, unit]))
  const cellM2 = (site.cellMm / 1000) ** 2
  const places = cells.map((cell) => middleOf(site, cell))
  return {
    cellM: site.cellMm / 1000,
    areaM2: new Float64Array(cells.length).fill(cellM2),
    stockM2: Float64Array.from(cells, (cell) => cellM2 * (site.stockShare[cell] ?? 0)),
    excludedM2: Float64Array.from(cells, (cell) => cellM2 * (site.excludedShare[cell] ?? 0)),
    figures: {
      ...figuresAt(site, places, around, ground),
      ...(ground.stock ? { inefficiency: pick(site.inefficiency, cells) } : {}),
      ...(ground.stock && ground.tenureOf ? { tenure: pick(site.tenure, cells) } : {}),
      ...(ground.hazards?.length ? { hazard: pick(site.hazard, cells).map((severity) => 1 - severity) } : {}),
    },
    candidates: open.flatMap((cell) => unitOf.get(cell) ?? []),
    sharesOf(layer, feature) {
      const found = shares[submitted.indexOf(layer)]?.[feature]
      if (!found || found.size === 0) return undefined
      return new Map([...found].map(([cell, share]) => [unitOf.get(cell) ?? -1, share]))
    },
    groups(chosen) {
      const marked = new Uint8Array(site.columns * site.rows)
      for (const unit of chosen) marked[cells[unit] ?? -1] = 1
      return labelled(marked, site.columns, site.rows).pieces.map((piece) =>
        piece.toSorted((one, other) => one - other).flatMap((cell) => unitOf.get(cell) ?? []),
      )
    },
    nameOf: (unit) => cells[unit] ?? -1,
    outlineOf: (group) =>
      outlineOfCells(
        site,
        group.flatMap((unit) => cells[unit] ?? []),
      ),
    middleOf: (group) => mostCentral(group.map((unit) => places[unit] ?? [0, 0])),
  }
}

const pick = (values: Float64Array, cells: readonly number[]): Float64Array =>
  Float64Array.from(cells, (cell) => values[cell] ?? 0)

const middleOf = ({ columns, minX, minY, cellMm }: SiteCells, cell: number): [x: number, y: number] => [
  minX + ((cell % columns) + 0.5) * cellMm,
  minY + (Math.floor(cell / columns) + 0.5) * cellMm,
]

/** The place nearest to the mean of all. */
export function mostCentral(places: readonly (readonly [number, number])[]): [x: number, y: number] {
  const mean = [0, 1].map((axis) => places.reduce((sum, place) => sum + (place[axis] ?? 0), 0) / places.length)
  const away = ([x, y]: readonly [number, number]) => (x - (mean[0] ?? 0)) ** 2 + (y - (mean[1] ?? 0)) ** 2
  const [x, y] = places.reduce((best, place) => (away(place) < away(best) ? place : best), places[0] ?? [0, 0])
  return [x, y]
}
