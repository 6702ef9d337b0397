import { layerBuilder } from '../geo/build.ts'
import { buffer } from '../geo/buffers.ts'
import { numberAt, type LayerColumns } from '../geo/columns.ts'
import { hasShape, shapeCount } from '../geo/edited.ts'
import { sumOfAreas } from '../geo/feature-areas.ts'
import type { Geos } from '../geo/geos.ts'
import { lengthsM } from '../geo/measure.ts'
import { forEachOverlap, overlapTable } from '../geo/overlap-table.ts'
import { keptByObjects } from '../geo/per-objects.ts'
import { OUTSIDE, zoneAt } from '../geo/within.ts'
import { cellOutlines } from '../network/cell-outlines.ts'
import { corridorPlaces, modelledCorridors } from '../network/modelled-corridors.ts'
import { CORRIDOR_MODEL } from '../reference/corridor-model.ts'
import { corridorModel, type Resistances } from './corridor-model.ts'
import { corridorNeeds } from './corridor-needs.ts'
import type { PlanData } from './indicator.ts'

/** The ground of a plan's migration corridors, drawn or modelled, and how much of it lies under each parcel. */
export interface MigrationCorridors {
  /** Polygons that do not overlap: what a map draws. */
  ground: LayerColumns
  corridorM2: number
  /** By parcel of the planned land use, m². */
  underM2: Float64Array
  /** The resistances that they were modelled with; undefined where the plan draws them. */
  resistances: Resistances | undefined
  /** Length of lines that became belts, m, and of those of them that state no width. */
  lineM: number
  unstatedM: number
}

/** A belt of a line is as wide as the line says, else as wide as its function or level needs, else `otherwiseM`. */
export interface BeltRule {
  otherwiseM: number
  resistances: Resistances
}

/**
 * Migration corridors: polygons of the corridor layer with belts along its lines; where a plan draws none, least-cost corridors between
 * the largest patches of habitat. Undefined where there are neither. Kept for as long as the layers live.
 */
export function migrationCorridors(plan: PlanData, parcels: LayerColumns, rule: BeltRule): MigrationCorridors | undefined {
  const drawn = plan.layers('corridor').filter((layer) => layer.kind !== 'point' && shapeCount(layer) > 0)
  return drawn.length > 0 ? drawnCorridors(plan.geos, drawn, parcels, rule.otherwiseM) : modelled(plan, parcels, rule.resistances)
}

interface Belts {
  belts: LayerColumns
  lineM: number
  unstatedM: number
}

const knownBelts = keptByObjects<Map<number, Belts>>()

/** A belt for every line, kept for as long as the layer lives. */
function beltsOf(geos: Geos, lines: LayerColumns, otherwiseM: number): Belts {
  const known = knownBelts.of([geos, lines], () => new Map<number, Belts>())
  const found = known.get(otherwiseM)
  if (found) return found
  const needOf = corridorNeeds(lines, otherwiseM)
  const stated = (line: number) => {
    const widthM = numberAt(lines, 'widthM', line)
    return widthM !== undefined && widthM > 0 ? widthM : undefined
  }
  const builder = layerBuilder({ role: 'other', name: 'belts', kind: 'polygon', frame: lines.frame }, {}, 0.001)
  const { layer } = buffer(geos, lines, { distanceM: (line) => (stated(line) ?? needOf(line).widthM) / 2 })
  let [lineM, unstatedM] = [0, 0]
  lengthsM(lines).forEach((lengthM, line) => {
    if (!hasShape(lines, line)) return
    lineM += lengthM
    if (stated(line) === undefined) unstatedM += lengthM
  })
  const made: Belts = { belts: layer.count > 0 ? layer : builder.finish(''), lineM, unstatedM }
  known.set(otherwiseM, made)
  return made
}

function drawnCorridors(
  geos: Geos,
  drawn: readonly LayerColumns[],
  parcels: LayerColumns,
  otherwiseM: number,
): MigrationCorridors {
  const belts = drawn.flatMap((layer) => (layer.kind === 'line' ? [beltsOf(geos, layer, otherwiseM)] : []))
  const ground = geos.union([...drawn.filter(({ kind }) => kind === 'polygon'), ...belts.map((one) => one.belts)])
  const underM2 = new Float64Array(parcels.count)
  forEachOverlap(overlapTable(parcels, ground), (parcel, _, areaM2) => (underM2[parcel] = (underM2[parcel] ?? 0) + areaM2))
  const total = (of: (one: Belts) => number) => belts.reduce((sum, one) => sum + of(one), 0)
  const lengths = { lineM: total((one) => one.lineM), unstatedM: total((one) => one.unstatedM) }
  return { ground, corridorM2: sumOfAreas(ground), underM2, resistances: undefined, ...lengths }
}

const knownModels = keptByObjects<Map<string, MigrationCorridors | undefined>>()

/** Least-cost corridors between the largest patches. */
function modelled(plan: PlanData, parcels: LayerColumns, resistances: Resistances): MigrationCorridors | undefined {
  const known = knownModels.of([plan.geos, parcels], () => new Map<string, MigrationCorridors | undefined>())
  const key = JSON.stringify(resistances)
  if (!known.has(key)) known.set(key, modelledNow(plan, parcels, resistances))
  return known.get(key)
}

function modelledNow(plan: PlanData, parcels: LayerColumns, resistances: Resistances): MigrationCorridors | undefined {
  const { cellsAcross, leastCellM, cutoff } = CORRIDOR_MODEL.corridor
  const model = corridorModel(plan, parcels, { cellsAcross: cellsAcross.value, leastCellM: leastCellM.value }, resistances)
  if (!model) return undefined
  const found = modelledCorridors(model.ground, model.network.layer, model.pairs, cutoff.value)
  if (found.cells.length === 0) return undefined
  const cellM2 = (found.mask.cellMm / 1000) ** 2
  const underM2 = new Float64Array(parcels.count)
  for (const [x, y] of corridorPlaces(found)) {
    const parcel = zoneAt(parcels, x, y)
    if (parcel !== OUTSIDE) underM2[parcel] = (underM2[parcel] ?? 0) + cellM2
  }
  const builder = layerBuilder({ role: 'other', name: 'modelled corridors', kind: 'polygon', frame: parcels.frame }, {}, 0.001)
  cellOutlines(found.mask, found.cells).forEach((rings, at) => builder.add(at + 1, [rings], {}))
  const corridorM2 = cellM2 * found.cells.length
  return { ground: builder.finish(''), corridorM2, underM2, resistances, lineM: 0, unstatedM: 0 }
}
