import type { LayerColumns } from '../geo/columns.ts'
import { boxOf, markFeature, maskOver, middleOf, type CellMask } from './cell-mask.ts'
import { corridorOf, costSurface } from './cost-surface.ts'

/** Cells of least-cost corridors between patches of habitat. */
export interface ModelledCorridors {
  mask: CellMask
  /** Cells of the corridors, habitat itself left out; ascending. */
  cells: number[]
  /** How many pairs of patches were joined. */
  pairs: number
}

/** Cells along the longer side of the land: the search takes about a second. */
const CELLS = 300

/** Finer cells would say more than the resistances know. */
const LEAST_CELL_MM = 20_000

/**
 * Least-cost corridors between linked patches (features of `patches`), over parcels that resist by `resistanceOf` (1 to 100; 0 where
 * nothing passes). A corridor is where the way costs no more than `tolerance` times the least cost of the pair (Linkage Mapper's
 * normalised corridor, McRae & Kavanagh 2011).
 */
export function modelledCorridors(
  parcels: LayerColumns,
  resistanceOf: (parcel: number) => number,
  patches: LayerColumns,
  pairs: readonly (readonly [number, number])[],
  tolerance: number,
): ModelledCorridors | undefined {
  const all = Array.from({ length: parcels.count }, (_, parcel) => parcel)
  const box = boxOf(parcels, all)
  if (!box || pairs.length === 0) return undefined
  const cellMm = Math.max(LEAST_CELL_MM, Math.max(box[2] - box[0], box[3] - box[1]) / CELLS)
  const mask = maskOver(box, cellMm)
  for (const parcel of all) markFeature(mask, parcels, parcel, Math.round(resistanceOf(parcel)))
  const resistance = Float64Array.from(mask.cells, (cost) => (cost === 0 ? Infinity : cost))
  const grid = { columns: mask.columns, rows: mask.rows, cellM: cellMm / 1000, resistance }
  const habitat = new Uint8Array(mask.cells.length)
  const surfaces = new Map<number, Float64Array>()
  for (const patch of new Set(pairs.flat())) {
    const own = maskOver(box, cellMm)
    markFeature(own, patches, patch)
    own.cells.forEach((is, cell) => {
      if (is === 1) habitat[cell] = 1
    })
    const sources = [...own.cells.keys()].filter((cell) => own.cells[cell] === 1).map((cell) => ({ cell, owner: 0 }))
    surfaces.set(patch, costSurface(grid, sources).cost)
  }
  const cells = new Set<number>()
  let joined = 0
  for (const [one, other] of pairs) {
    const [fromOne, fromOther] = [surfaces.get(one), surfaces.get(other)]
    if (!fromOne || !fromOther) continue
    const detour = corridorOf(fromOne, fromOther)
    let least = Infinity
    fromOne.forEach((cost, cell) => (least = Math.min(least, cost + (fromOther[cell] ?? Infinity))))
    if (least === Infinity) continue
    joined += 1
    detour.forEach((more, cell) => {
      if (more <= (tolerance - 1) * least && habitat[cell] === 0) cells.add(cell)
    })
  }
  return { mask, cells: [...cells].toSorted((one, other) => one - other), pairs: joined }
}

/** The middle of each corridor cell in whole mm of the frame. */
export const corridorPlaces = ({ mask, cells }: ModelledCorridors): [x: number, y: number][] =>
  cells.map((cell) => {
    const [x, y] = middleOf(mask, cell)
    return [Math.round(x), Math.round(y)]
  })
