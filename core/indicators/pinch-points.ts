import type { LayerColumns } from '../geo/columns.ts'
import { perLayer } from '../geo/edited.ts'
import { OUTSIDE, zoneAt } from '../geo/within.ts'
import { cellOutlines } from '../network/cell-outlines.ts'
import { middleOf } from '../network/cell-mask.ts'
import { patchCosts } from '../network/modelled-corridors.ts'
import { currentMap, narrowPlaces, narrowShare, type NarrowPlace } from '../network/pinch-cells.ts'
import { CORRIDOR_MODEL } from '../reference/corridor-model.ts'
import type { Bilingual } from '../text.ts'
import { classOf, inGroup } from './by-class.ts'
import { corridorModel, type Resistances } from './corridor-model.ts'
import type { PlanData } from './indicator.ts'
import { classTitle } from './land-transition-tables.ts'
import { patchTitle } from './n03-tables.ts'

/** Square cells over the plan, row 0 in the south; in metres of the plan's frame. */
export interface CellPlace {
  columns: number
  rows: number
  /** South-west corner of cell 0. */
  minXM: number
  minYM: number
  cellM: number
}

/** Current through every cell as a share (0 … 1) of what flows between two patches; 0 where none flows. */
export interface CurrentRaster extends CellPlace {
  values: Float32Array
}

/** A place where what moves between two patches of habitat has to squeeze through. */
export interface PinchPoint {
  /** 1 for the narrowest; the same plan gives the same numbers. */
  number: number
  title: Bilingual
  /** The middle of the cell with the most current, metres of the frame. */
  xM: number
  yM: number
  /** Cells of the raster that belong to it, ascending. */
  cells: number[]
  /** The same cells as polygons, in mm of the frame. */
  parts: number[][][]
  areaM2: number
  /** Share of the current that goes through its narrowest cell, and how wide the way effectively is there. */
  share: number
  widthM: number
  /** The patches that it joins, numbered as in N03's tables. */
  patches: { from: number; to: number; title: Bilingual }
  /** Planned land on its cells, the most first; null where none is given. `isBuilt` says that construction is planned there. */
  land: { code: string | null; title: Bilingual; areaM2: number; isBuilt: boolean }[]
  /** Parcels on its cells (`fid` of landuse_plan), the one with the most cells first. */
  parcels: number[]
}

export interface PinchMap {
  points: PinchPoint[]
  raster: CurrentRaster
  /** Pairs of patches between which a current was looked for. */
  pairs: number
}

export interface PinchOptions {
  /** Other resistances than the reference table's, by class code (1–100). */
  resistances?: Resistances
  /** How wide a way is effectively, at most, to be a pinch point, m. */
  widestM?: number
  /** At most so many points. */
  most?: number
  /** Told how far the work is; throws to stop. */
  heartbeat?: (done: number, total: number) => void
}

const remembered = perLayer(() => new Map<string, PinchMap | undefined>())

/**
 * Pinch points of the planned land use by circuit theory (McRae et al. 2008): within the corridors between the largest patches of
 * habitat, cells that so much of the current has to go through that the way is effectively no wider than `widestM`. Pure and slow
 * (a second or more): run it on a worker. Undefined without planned land use or without two patches within reach of each other.
 */
export function pinchPoints(plan: PlanData, options: PinchOptions = {}): PinchMap | undefined {
  const parcels = plan.layer('landuse_plan')
  if (!parcels) return undefined
  const { resistances, widestM = CORRIDOR_MODEL.pinch.widestM.value, most = CORRIDOR_MODEL.pinch.most.value } = options
  const key = JSON.stringify([resistances, widestM, most])
  const known = remembered(parcels)
  if (!known.has(key)) known.set(key, pinchMap(plan, parcels, { ...options, widestM, most }))
  return known.get(key)
}

function pinchMap(
  plan: PlanData,
  parcels: LayerColumns,
  { resistances, widestM, most, heartbeat = () => {} }: PinchOptions & { widestM: number; most: number },
): PinchMap | undefined {
  const { cellsAcross, leastCellM, cutoff, tolerance } = CORRIDOR_MODEL.pinch
  const model = corridorModel(plan, parcels, { cellsAcross: cellsAcross.value, leastCellM: leastCellM.value }, resistances)
  if (!model) return undefined
  const { ground, network, pairs } = model
  const costs = patchCosts(ground, network.layer, pairs.flat(), () => heartbeat(0, pairs.length))
  const currents = currentMap(ground, costs, pairs, { cutoff: cutoff.value, tolerance: tolerance.value, heartbeat })
  const { columns, rows, cellM } = ground.grid
  const { minX, minY } = ground.mask
  const raster = { columns, rows, minXM: minX / 1000, minYM: minY / 1000, cellM, values: currents.share }
  const places = narrowPlaces(currents, ground.grid, narrowShare(cellM, widestM), most)
  const points = places.map((place, at) => pointOf(parcels, raster, place, at + 1))
  return { points, raster, pairs: pairs.length }
}

function pointOf(
  parcels: LayerColumns,
  raster: CurrentRaster,
  { cells, peak, share, pair }: NarrowPlace,
  number: number,
): PinchPoint {
  const place = { ...raster, minX: 1000 * raster.minXM, minY: 1000 * raster.minYM, cellMm: 1000 * raster.cellM, cells: NONE }
  const [x, y] = middleOf(place, peak)
  const cellM2 = raster.cellM ** 2
  const onParcel = new Map<number, number>()
  for (const cell of cells) {
    const [cellX, cellY] = middleOf(place, cell)
    const parcel = zoneAt(parcels, Math.round(cellX), Math.round(cellY))
    onParcel.set(parcel, (onParcel.get(parcel) ?? 0) + 1)
  }
  const [from, to] = [patchTitle(pair[0]), patchTitle(pair[1])]
  return {
    number,
    title: { zh: `夹点 ${number}`, en: `pinch point ${number}` },
    xM: x / 1000,
    yM: y / 1000,
    cells,
    parts: cellOutlines(place, cells),
    areaM2: cells.length * cellM2,
    share,
    widthM: raster.cellM / share,
    patches: { from: pair[0] + 1, to: pair[1] + 1, title: { zh: `${from.zh}—${to.zh}`, en: `${from.en} to ${to.en}` } },
    land: landOn(parcels, onParcel, cellM2),
    parcels: [...onParcel]
      .filter(([parcel]) => parcel !== OUTSIDE)
      .toSorted(([one, count], [other, more]) => more - count || one - other)
      .map(([parcel]) => parcels.fid[parcel] ?? 0),
  }
}

const NONE = new Uint8Array(0)

function landOn(parcels: LayerColumns, onParcel: ReadonlyMap<number, number>, cellM2: number): PinchPoint['land'] {
  const isBuilt = inGroup(parcels, 'construction')
  const sums = new Map<string | null, PinchPoint['land'][number]>()
  for (const [parcel, count] of onParcel) {
    const code = (parcel === OUTSIDE ? undefined : classOf(parcels, parcel)) ?? null
    const title = code === null ? { zh: '无用地数据', en: 'no land use given' } : classTitle(code)
    const sum = sums.get(code) ?? { code, title, areaM2: 0, isBuilt: code !== null && isBuilt(parcel) }
    sum.areaM2 += count * cellM2
    sums.set(code, sum)
  }
  return [...sums.values()].toSorted(
    (one, other) => other.areaM2 - one.areaM2 || (one.code ?? '').localeCompare(other.code ?? ''),
  )
}
