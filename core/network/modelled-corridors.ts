import type { LayerColumns } from '../geo/columns.ts'
import { boxOf, markFeature, maskOver, middleOf, type CellMask } from './cell-mask.ts'
import { corridorOf, costSurface, type CostGrid } from './cost-surface.ts'

/** Land as cells that resist: what corridors are modelled on. */
export interface CorridorGround {
  /** Where the cells lie; marked with their resistance, 0 where nothing passes. */
  mask: CellMask
  grid: CostGrid
  box: readonly [number, number, number, number]
}

/** How fine cells are: so many along the longer side of the land, and none smaller than that. */
export interface CellRule {
  cellsAcross: number
  leastCellM: number
}

/** One patch of habitat on the cells, and what it costs to come to any cell from it. */
export interface PatchCost {
  cells: number[]
  cost: Float64Array
}

/** Cells of least-cost corridors between patches of habitat. */
export interface ModelledCorridors {
  mask: CellMask
  /** Cells of the corridors, habitat itself left out; ascending. */
  cells: number[]
  /** How many pairs of patches were joined. */
  pairs: number
}

export type PatchPair = readonly [one: number, other: number]

/** Parcels as cells that resist by `resistanceOf` (1 to 100; 0 where nothing passes); undefined without any ground. */
export function corridorGround(
  parcels: LayerColumns,
  resistanceOf: (parcel: number) => number,
  { cellsAcross, leastCellM }: CellRule,
): CorridorGround | undefined {
  const all = Array.from({ length: parcels.count }, (_, parcel) => parcel)
  const box = boxOf(parcels, all)
  if (!box) return undefined
  const cellMm = Math.max(1000 * leastCellM, Math.max(box[2] - box[0], box[3] - box[1]) / cellsAcross)
  const mask = maskOver(box, cellMm)
  for (const parcel of all) markFeature(mask, parcels, parcel, Math.round(resistanceOf(parcel)))
  const resistance = Float64Array.from(mask.cells, (cost) => (cost === 0 ? Infinity : cost))
  return { mask, grid: { columns: mask.columns, rows: mask.rows, cellM: cellMm / 1000, resistance }, box }
}

/** Cells and cost surfaces of the chosen patches (features of `patches`). */
export function patchCosts(
  { mask, grid, box }: CorridorGround,
  patches: LayerColumns,
  chosen: Iterable<number>,
  heartbeat: () => void = () => {},
): Map<number, PatchCost> {
  const found = new Map<number, PatchCost>()
  for (const patch of new Set(chosen)) {
    heartbeat()
    const own = maskOver(box, mask.cellMm)
    markFeature(own, patches, patch)
    const cells = [...own.cells.keys()].filter((cell) => own.cells[cell] === 1)
    const sources = cells.map((cell) => ({ cell, owner: 0 }))
    found.set(patch, { cells, cost: costSurface(grid, sources).cost })
  }
  return found
}

/** What the way between two patches costs at least; Infinity where there is none. */
export function leastCost(one: Float64Array, other: Float64Array): number {
  let least = Infinity
  for (let cell = 0; cell < one.length; cell += 1) least = Math.min(least, (one[cell] ?? Infinity) + (other[cell] ?? Infinity))
  return least
}

/**
 * Least-cost corridors between linked patches. A corridor is where the way costs no more than `cutoff` times the least cost of the
 * pair (Linkage Mapper's normalised corridor, McRae & Kavanagh 2011).
 */
export function modelledCorridors(
  ground: CorridorGround,
  patches: LayerColumns,
  pairs: readonly PatchPair[],
  cutoff: number,
): ModelledCorridors {
  const costs = patchCosts(ground, patches, pairs.flat())
  const habitat = new Uint8Array(ground.mask.cells.length)
  for (const { cells } of costs.values()) for (const cell of cells) habitat[cell] = 1
  const cells = new Set<number>()
  let joined = 0
  for (const [one, other] of pairs) {
    const [fromOne, fromOther] = [costs.get(one)?.cost, costs.get(other)?.cost]
    const least = fromOne && fromOther ? leastCost(fromOne, fromOther) : Infinity
    if (!fromOne || !fromOther || least === Infinity) continue
    joined += 1
    corridorOf(fromOne, fromOther).forEach((more, cell) => {
      if (more <= (cutoff - 1) * least && habitat[cell] === 0) cells.add(cell)
    })
  }
  return { mask: ground.mask, cells: [...cells].toSorted((one, other) => one - other), pairs: joined }
}

/** The middle of each corridor cell in whole mm of the frame. */
export const corridorPlaces = ({ mask, cells }: Pick<ModelledCorridors, 'mask' | 'cells'>): [x: number, y: number][] =>
  cells.map((cell) => {
    const [x, y] = middleOf(mask, cell)
    return [Math.round(x), Math.round(y)]
  })
