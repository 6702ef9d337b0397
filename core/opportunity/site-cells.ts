import { textAt, numberAt, type LayerColumns } from '../geo/columns.ts'
import { placesOfPolygon } from '../geo/places-within.ts'
import { OUTSIDE, zoneAt } from '../geo/within.ts'
import { boxOf, markFeature, type CellMask } from '../network/cell-mask.ts'
import { OPPORTUNITY } from './criteria.ts'

/** Every cell is looked at in 4 × 4 places. */
const FINE = 4
const PLACES = FINE * FINE

/** A grid has at most this many cells; wider ones are taken where there would be more. */
export const MOST_CELLS = 90_000

/** Cells over a city in rows from the south, and what lies in them. */
export interface SiteCells extends Omit<CellMask, 'cells'> {
  /** Usable stock land, as a share of the cell. */
  stockShare: Float64Array
  /** Ground that may not be built on, as a share of the cell. */
  excludedShare: Float64Array
  /** 0 … 1 over the usable stock land of the cell; 0 without any. */
  inefficiency: Float64Array
  /** How simply that land is owned, 0 … 1; 0 without any. */
  tenure: Float64Array
  /** How badly hazards strike the cell, 0 … 1, places without any counted as 0. */
  hazard: Float64Array
}

/** Features of a layer that count for something; all of them unless it says otherwise. */
export interface Chosen {
  layer: LayerColumns
  select?: (feature: number) => boolean
}

export interface SiteGround {
  stock: LayerColumns | undefined
  /** Kind of a feature of stock land, as its source words it. */
  kindOf: (feature: number) => 'idle' | 'inefficient' | undefined
  /** Ground where no opportunity area may lie: control lines, reserves, water. */
  excluded: readonly Chosen[]
  /** Built land of the base year: its floor area ratio tells inefficient use. */
  built: Chosen | undefined
  /** How simply a feature of stock land is owned, 0 … 1; absent where the plan does not say. */
  tenureOf?: ((feature: number) => number) | undefined
  /** Hazard zones and how bad each feature is, 0 … 1; those that may not be built on are `excluded` as well. */
  hazards?: readonly HazardGround[]
  /** Joins polygon parts; needed where areas are made of parcels. */
  unite?: (parts: Float64Array[][]) => Float64Array[][]
}

export interface HazardGround {
  layer: LayerColumns
  severityOf: (feature: number) => number
}

/**
 * Divides the ground of stock land and of other layers into square cells of `cellM`, doubled until there are at most `MOST_CELLS`.
 * Edges lie on whole multiples of the cell from the frame's origin, so that an edit does not move the cells. Undefined for no ground.
 */
export function siteCells(ground: SiteGround, others: readonly LayerColumns[], cellM: number): SiteCells | undefined {
  const layers = [...(ground.stock ? [ground.stock] : []), ...others]
  const boxes = layers.flatMap((layer) => {
    const box = boxOf(
      layer,
      Array.from({ length: layer.count }, (_, feature) => feature),
    )
    return box ? [box] : []
  })
  if (boxes.length === 0) return undefined
  const place = placeOver(boxes, cellM)
  const { columns, rows, minX, minY, cellMm } = place
  const fine = (): CellMask => {
    const [wide, high] = [columns * FINE, rows * FINE]
    return { columns: wide, rows: high, minX, minY, cellMm: cellMm / FINE, cells: new Uint8Array(wide * high) }
  }
  const [stock, excluded] = [fine(), fine()]
  markStock(stock, ground)
  for (const { layer, select } of ground.excluded) {
    for (let feature = 0; feature < layer.count; feature += 1)
      if (select?.(feature) ?? true) markFeature(excluded, layer, feature)
  }
  const [low, tenure, hazard] = [fine(), fine(), fine()]
  if (ground.built) markLowRatios(low, ground.built)
  const { stock: land, tenureOf } = ground
  if (land && tenureOf)
    for (let feature = 0; feature < land.count; feature += 1) markFeature(tenure, land, feature, markOf(tenureOf(feature)))
  for (const { layer, severityOf } of ground.hazards ?? []) markWorst(hazard, layer, severityOf)
  const masks = { stock: stock.cells, excluded: excluded.cells, low: low.cells, tenure: tenure.cells, hazard: hazard.cells }
  return { ...place, ...shares(place, masks) }
}

/** Hazards in the order of how bad they are, so that the worst one stays where several lie. */
function markWorst(mask: CellMask, layer: LayerColumns, severityOf: (feature: number) => number): void {
  const features = Array.from({ length: layer.count }, (_, feature) => feature)
  for (const feature of features.toSorted((one, other) => severityOf(one) - severityOf(other)))
    markFeature(mask, layer, feature, markOf(severityOf(feature)))
}

type Box = readonly [number, number, number, number]

function placeOver(boxes: readonly Box[], cellM: number): Omit<CellMask, 'cells'> {
  const [left, bottom] = [Math.min(...boxes.map(([x]) => x)), Math.min(...boxes.map(([, y]) => y))]
  const [right, top] = [Math.max(...boxes.map(([, , x]) => x)), Math.max(...boxes.map(([, , , y]) => y))]
  for (let cellMm = FINE * Math.round((cellM * 1000) / FINE); ; cellMm *= 2) {
    const [minX, minY] = [Math.floor(left / cellMm) * cellMm, Math.floor(bottom / cellMm) * cellMm]
    const columns = Math.max(1, Math.ceil((right - minX) / cellMm))
    const rows = Math.max(1, Math.ceil((top - minY) / cellMm))
    if (columns * rows <= MOST_CELLS) return { columns, rows, minX, minY, cellMm }
  }
}

/** Marks hold a figure of 0 … 1 in hundredths, plus 1. */
const markOf = (figure: number): number => 1 + Math.round(100 * figure)
const figureOf = (mark: number): number => (mark === 0 ? 0 : (mark - 1) / 100)

function markStock(mask: CellMask, { stock, kindOf }: SiteGround): void {
  if (!stock) return
  const { idle, inefficient, unstated } = OPPORTUNITY.inefficiency
  const figures = { idle, inefficient }
  for (let feature = 0; feature < stock.count; feature += 1) {
    const kind = kindOf(feature)
    markFeature(mask, stock, feature, markOf(kind ? figures[kind] : unstated))
  }
}

/** Wider than any parcel: one place in the middle stands for all of it. */
const ONE_PLACE_M = 1e6

/** How badly a parcel of stock land is used, by its kind or by the floor area ratio of what stands at its middle. */
export function inefficiencyAt({ stock, kindOf, built }: SiteGround, feature: number): number {
  const { idle, inefficient, unstated } = OPPORTUNITY.inefficiency
  const kind = kindOf(feature)
  const byKind = kind ? { idle, inefficient }[kind] : unstated
  const [x = 0, y = 0] = stock ? placesOfPolygon(stock, feature, ONE_PLACE_M).xy.map(Math.round) : []
  const parcel = built?.layer.attributes['far'] ? zoneAt(built.layer, x, y) : OUTSIDE
  return Math.max(byKind, parcel === OUTSIDE ? 0 : (lowRatio(built, parcel) ?? 0))
}

/** How far the floor area ratio of built land is below the norm, 0 … 1; undefined where it is not stated. */
function lowRatio(built: Chosen | undefined, feature: number): number | undefined {
  const ratio = built && numberAt(built.layer, 'far', feature)
  if (ratio === undefined || ratio < 0 || !(built?.select?.(feature) ?? true)) return undefined
  return Math.max(0, 1 - ratio / OPPORTUNITY.inefficiency.farNorm)
}

/** Marks built land by how far its floor area ratio is below the norm, where it is stated. */
function markLowRatios(mask: CellMask, built: Chosen): void {
  if (!built.layer.attributes['far']) return
  for (let feature = 0; feature < built.layer.count; feature += 1) {
    const figure = lowRatio(built, feature)
    if (figure !== undefined) markFeature(mask, built.layer, feature, markOf(figure))
  }
}

type Masks = Readonly<Record<'stock' | 'excluded' | 'low' | 'tenure' | 'hazard', Uint8Array>>

function shares(place: Omit<CellMask, 'cells'>, { stock, excluded, low, tenure, hazard }: Masks) {
  const count = place.columns * place.rows
  const found = {
    stockShare: new Float64Array(count),
    excludedShare: new Float64Array(count),
    inefficiency: new Float64Array(count),
    tenure: new Float64Array(count),
    hazard: new Float64Array(count),
  }
  const wide = place.columns * FINE
  const add = (values: Float64Array, cell: number, value: number) => (values[cell] = (values[cell] ?? 0) + value / PLACES)
  for (let at = 0; at < stock.length; at += 1) {
    if (stock[at] === 0 && excluded[at] === 0 && hazard[at] === 0) continue
    const cell = Math.floor(at / wide / FINE) * place.columns + Math.floor((at % wide) / FINE)
    add(found.hazard, cell, figureOf(hazard[at] ?? 0))
    if (excluded[at] !== 0) add(found.excludedShare, cell, 1)
    else if (stock[at] !== 0) {
      add(found.stockShare, cell, 1)
      add(found.inefficiency, cell, Math.max(figureOf(stock[at] ?? 0), figureOf(low[at] ?? 0)))
      add(found.tenure, cell, figureOf(tenure[at] ?? 0))
    }
  }
  for (let cell = 0; cell < count; cell += 1) {
    const share = found.stockShare[cell] ?? 0
    if (share === 0) continue
    found.inefficiency[cell] = (found.inefficiency[cell] ?? 0) / share
    found.tenure[cell] = (found.tenure[cell] ?? 0) / share
  }
  return found
}

/** Cells that a polygon feature covers, with the share of each that it takes, by 4 × 4 places. */
export function cellsOfFeature(site: SiteCells, layer: LayerColumns, feature: number): Map<number, number> {
  const found = new Map<number, number>()
  const box = boxOf(layer, [feature])
  if (!box) return found
  const { minX, minY, cellMm, columns, rows } = site
  const inside = (value: number, most: number) => Math.max(0, Math.min(most, value))
  const [left, right] = [Math.floor((box[0] - minX) / cellMm), Math.ceil((box[2] - minX) / cellMm)].map((at) =>
    inside(at, columns),
  )
  const [bottom, top] = [Math.floor((box[1] - minY) / cellMm), Math.ceil((box[3] - minY) / cellMm)].map((at) => inside(at, rows))
  const [west = 0, south = 0] = [left, bottom]
  const [wide, high] = [FINE * ((right ?? 0) - west), FINE * ((top ?? 0) - south)]
  if (wide <= 0 || high <= 0) return found
  const mask: CellMask = {
    columns: wide,
    rows: high,
    minX: minX + west * cellMm,
    minY: minY + south * cellMm,
    cellMm: cellMm / FINE,
    cells: new Uint8Array(wide * high),
  }
  markFeature(mask, layer, feature)
  for (const [at, mark] of mask.cells.entries()) {
    if (mark === 0) continue
    const cell = (south + Math.floor(at / wide / FINE)) * columns + west + Math.floor((at % wide) / FINE)
    found.set(cell, (found.get(cell) ?? 0) + 1 / PLACES)
  }
  return found
}

/** Whether a road is a main one, by the class that its source states. */
export function isMainRoad(roads: LayerColumns): (feature: number) => boolean {
  const classes = OPPORTUNITY.mainRoads.classes
  return (feature) => {
    const said = textAt(roads, 'roadClass', feature)?.trim().toLowerCase()
    return said !== undefined && classes.some((word) => said === word || said === `${word}_link`)
  }
}
