import type { LayerColumns } from '../geo/columns.ts'
import { keptByObjects } from '../geo/per-objects.ts'
import { boxOf, latticeOver, markFeature, type CellMask } from '../network/cell-mask.ts'
import { cellOutlines } from '../network/cell-outlines.ts'
import { PATTERN, pattern, type PatternClass } from '../network/morphology.ts'
import { GREEN_PATTERN } from '../reference/green-pattern.ts'
import { isHabitatClass } from './habitat.ts'
import { ofClass } from './by-class.ts'
import type { PlanData } from './indicator.ts'
import { adminFeatures } from './study-area.ts'

/** How the pattern is read: the width of edges, and how fine cells are, m. */
export interface PatternRule {
  edgeWidthM: number
  cellM: number
}

/** The pattern of habitat on cells: MSPA-like, see `pattern`. */
export interface GreenPattern {
  place: Omit<CellMask, 'cells'>
  /** `PATTERN` of every cell; background where there is no habitat. */
  classes: Uint8Array
  /** Parcel of every habitat cell, −1 where it is known from the green layer only. */
  parcel: Int32Array
  cellM: number
  /** The width of edges in whole cells, m. */
  edgeM: number
}

type Key = `${number} ${number}`
const known = keptByObjects<Map<Key, GreenPattern | undefined>>()
const NOTHING = {}

/**
 * The pattern of the habitat of a land-use layer: ecological land and green space by class, and with `drawn` the polygons of the
 * green layer. What lies beyond the plan's admin outline is unknown; without one, what no parcel covers is no habitat. Undefined
 * without any ground. Kept for as long as the layers live.
 */
export function greenPattern(
  plan: PlanData,
  parcels: LayerColumns,
  rule: PatternRule,
  drawn: readonly LayerColumns[] = [],
): GreenPattern | undefined {
  const [admin, green] = [plan.layer('admin'), drawn[0]]
  const kept = known.of([parcels, admin ?? NOTHING, green ?? NOTHING], () => new Map<Key, GreenPattern | undefined>())
  const key: Key = `${rule.edgeWidthM} ${rule.cellM}`
  if (!kept.has(key)) kept.set(key, patternOf(parcels, rule, drawn, admin))
  return kept.get(key)
}

function patternOf(
  parcels: LayerColumns,
  { edgeWidthM, cellM }: PatternRule,
  drawn: readonly LayerColumns[],
  admin: LayerColumns | undefined,
): GreenPattern | undefined {
  const box = boxOf(parcels, [...parcels.fid.keys()])
  if (!box) return undefined
  const place = placeOver(box, 1000 * cellM, 1000 * edgeWidthM)
  const foreground = new Uint8Array(place.columns * place.rows)
  const parcel = new Int32Array(foreground.length).fill(-1)
  const isHabitat = ofClass(parcels, isHabitatClass)
  for (let feature = 0; feature < parcels.count; feature += 1) {
    if (!isHabitat(feature)) continue
    markFeature({ ...place, cells: foreground }, parcels, feature)
    markFeature({ ...place, cells: parcel }, parcels, feature, feature)
  }
  for (const layer of drawn) {
    for (let feature = 0; feature < layer.count; feature += 1) markFeature({ ...place, cells: foreground }, layer, feature)
  }
  markUnknown(place, foreground, admin)
  const edgeCells = Math.max(1, Math.round((1000 * edgeWidthM) / place.cellMm))
  const classes = pattern(foreground, place.columns, place.rows, edgeCells)
  return { place, classes, parcel, cellM: place.cellMm / 1000, edgeM: (edgeCells * place.cellMm) / 1000 }
}

/** Cells as fine as wanted; where that is too many, of a size that goes into an edge a whole number of times, if there is one. */
function placeOver(box: readonly [number, number, number, number], wantedMm: number, edgeMm: number): GreenPattern['place'] {
  const most = GREEN_PATTERN.mostCells.value
  const place = latticeOver(box, wantedMm, most)
  const times = Math.floor(edgeMm / place.cellMm)
  return place.cellMm > wantedMm && times > 0 ? latticeOver(box, edgeMm / times, most) : place
}

/** Cells outside the plan are neither habitat nor anything else. */
function markUnknown(place: GreenPattern['place'], foreground: Uint8Array, admin: LayerColumns | undefined): void {
  if (!admin || admin.count === 0) return
  const inside = new Uint8Array(foreground.length)
  const chosen = (['municipal', 'district'] as const).map((level) => adminFeatures(admin, level)).find((list) => list.length > 0)
  for (const feature of chosen ?? admin.fid.keys()) markFeature({ ...place, cells: inside }, admin, feature)
  for (let cell = 0; cell < inside.length; cell += 1) if (inside[cell] === 0) foreground[cell] = 2
}

/** Area of every class in m². */
export function patternAreas({ classes, cellM }: GreenPattern): Record<Exclude<PatternClass, 'background'>, number> {
  const counts = new Float64Array(8)
  for (const kind of classes) counts[kind] = (counts[kind] ?? 0) + 1
  const area = (kind: PatternClass) => (counts[PATTERN[kind]] ?? 0) * cellM * cellM
  return {
    core: area('core'),
    islet: area('islet'),
    edge: area('edge'),
    perforation: area('perforation'),
    bridge: area('bridge'),
    loop: area('loop'),
    branch: area('branch'),
  }
}

/** The ground of one class as polygons (pieces of cells joined through sides) in mm of the frame: what a map draws. */
export function patternOutlines({ place, classes }: GreenPattern, kind: PatternClass): number[][][] {
  const cells: number[] = []
  classes.forEach((own, cell) => {
    if (own === PATTERN[kind]) cells.push(cell)
  })
  return cellOutlines(place, cells)
}

/** Of every parcel the area in m² whose cells pass a test of their class. */
export function underParcels(
  { classes, parcel, cellM }: GreenPattern,
  parcels: LayerColumns,
  test: (kind: number) => boolean,
): Float64Array {
  const areas = new Float64Array(parcels.count)
  classes.forEach((kind, cell) => {
    const own = parcel[cell] ?? -1
    if (own >= 0 && kind !== PATTERN.background && test(kind)) areas[own] = (areas[own] ?? 0) + cellM * cellM
  })
  return areas
}
