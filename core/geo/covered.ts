import { layerBuilder } from './build.ts'
import type { LayerColumns } from './columns.ts'
import { geometryOf } from './edited.ts'
import { featureAreas } from './feature-areas.ts'
import type { Geos } from './geos.ts'
import { chosenLayer } from './keyed-layer.ts'
import { earlierOverlaps, overlapTable, tableAreasWithin, type OverlapTable } from './overlap-table.ts'
import { featureAreaM2 } from './measure.ts'
import { overlapAreas } from './overlay-area.ts'
import { shapeIds } from './shape-ids.ts'

export type Chosen = (feature: number, layer: LayerColumns) => boolean

/** Overlap of two features below this comes of rounding along a shared edge; a thousand such pairs add up to a square metre. */
const ROUNDING_M2 = 1e-3

/** Stands for the zone where there is none. */
const EVERYWHERE = {}

/**
 * Area in m² of a zone (of all ground, without one) that is covered by any chosen feature of several polygon layers, overlaps counted
 * once. The zone's features must not overlap. A fold of overlap tables: every feature adds what no chosen feature before it (in this layer or an earlier one)
 * covers. That is nearly always told by areas alone; only where features that overlap each other, or the zone's edge, lie in one
 * place are shapes cut, a few at a time. `slot` names the choice, so that the tables of an edited layer are patched.
 */
export function coveredAreaM2(
  geos: Geos,
  layers: readonly LayerColumns[],
  chosen: Chosen,
  zone: LayerColumns | undefined,
  slot: string,
): number {
  const covers: LayerColumns[] = []
  let areaM2 = 0
  for (const layer of layers) {
    const cover = chosenLayer(layer, slot, (feature) => chosen(feature, layer))
    areaM2 += addedM2(geos, cover, covers, zone)
    covers.push(cover)
  }
  return areaM2
}

/** What was found for a layer on the ground of others. */
interface Added {
  on: readonly object[]
  areaM2: number
}

const added = new WeakMap<object, Added>()

/** What one layer adds to the ground of the layers before it; kept until one of them, or the zone, is another. */
function addedM2(geos: Geos, cover: LayerColumns, earlier: readonly LayerColumns[], zone: LayerColumns | undefined): number {
  const on = [geos, zone ? geometryOf(zone) : EVERYWHERE, ...earlier.map(geometryOf)]
  const kept = added.get(geometryOf(cover))
  if (kept && kept.on.length === on.length && kept.on.every((one, at) => one === on[at])) return kept.areaM2
  const withinM2 = zone ? tableAreasWithin(cover, zone) : featureAreas(cover)
  const rows = rowsOver(cover, earlier)
  let areaM2 = 0
  for (let feature = 0; feature < cover.count; feature += 1) {
    const within = withinM2[feature] ?? 0
    if (within > 0) areaM2 += within - hiddenM2(geos, { cover, feature, within, below: partnersIn(rows, feature) }, zone)
  }
  added.set(geometryOf(cover), { on, areaM2 })
  return areaM2
}

/** Of every feature the ground in m² that no earlier feature of the same layer covers; they add up to the ground of all. */
export function uncoveredAreas(geos: Geos, layer: LayerColumns): Float64Array {
  const areaM2 = featureAreas(layer).slice()
  const rows = rowsOver(layer, [])
  for (let feature = 0; feature < layer.count; feature += 1) {
    const below = partnersIn(rows, feature)
    const within = areaM2[feature] ?? 0
    if (below.length > 0) areaM2[feature] = within - hiddenM2(geos, { cover: layer, feature, within, below }, undefined)
  }
  return areaM2
}

/** Chosen features before one that share ground with it. */
interface Below {
  layer: LayerColumns
  feature: number
  areaM2: number
}

interface Covering {
  cover: LayerColumns
  feature: number
  /** Its area inside the zone. */
  within: number
  below: readonly Below[]
}

/** Tables of a layer with the layers before it, and with its own earlier features. */
const rowsOver = (cover: LayerColumns, earlier: readonly LayerColumns[]): { layer: LayerColumns; table: OverlapTable }[] => [
  ...earlier.map((layer) => ({ layer, table: overlapTable(cover, layer) })),
  { layer: cover, table: earlierOverlaps(cover) },
]

function partnersIn(rows: readonly { layer: LayerColumns; table: OverlapTable }[], feature: number): readonly Below[] {
  let below: Below[] | undefined
  for (const { layer, table } of rows) {
    for (let pair = table.offset[feature] ?? 0; pair < (table.offset[feature + 1] ?? 0); pair += 1) {
      const areaM2 = table.areaM2[pair] ?? 0
      if (areaM2 > ROUNDING_M2) (below ??= []).push({ layer, feature: table.partner[pair] ?? 0, areaM2 })
    }
  }
  return below ?? NONE
}

const NONE: readonly Below[] = []

/** How much of a feature's area inside the zone lies on ground that was counted before. */
function hiddenM2(geos: Geos, covering: Covering, zone: LayerColumns | undefined): number {
  const { cover, feature, within, below } = covering
  if (below.length === 0) return 0
  const areaM2 = featureAreas(cover)[feature] ?? 0
  if (below.some((one) => one.areaM2 >= areaM2 - ROUNDING_M2)) return within
  if (areApart(below)) {
    const hidden = below.reduce((sum, one) => sum + one.areaM2, 0)
    if (hidden >= areaM2 - ROUNDING_M2) return within
    if (within >= areaM2 - ROUNDING_M2) return Math.min(within, hidden)
  }
  return Math.min(within, cutM2(geos, covering, zone))
}

/** Whether features share no ground with each other. Layers are in the order of counting, features ascending. */
function areApart(below: readonly Below[]): boolean {
  return below.every((later, at) => {
    const earlier = below.slice(0, at)
    return earlier.every((one) => {
      const table = one.layer === later.layer ? earlierOverlaps(later.layer) : overlapTable(later.layer, one.layer)
      for (let pair = table.offset[later.feature] ?? 0; pair < (table.offset[later.feature + 1] ?? 0); pair += 1) {
        if (table.partner[pair] === one.feature) return (table.areaM2[pair] ?? 0) <= ROUNDING_M2
      }
      return true
    })
  })
}

const known = new WeakMap<Geos, WeakMap<object, Map<string, number>>>()

/** The same by shapes: the ground shared with anything before, united, and how much of it the zone holds. Kept by shape. */
function cutM2(geos: Geos, { cover, feature, below }: Covering, zone: LayerColumns | undefined): number {
  const ofGeos = known.get(geos) ?? new WeakMap<object, Map<string, number>>()
  known.set(geos, ofGeos)
  const place = zone ? geometryOf(zone) : EVERYWHERE
  const ofZone = ofGeos.get(place) ?? new Map<string, number>()
  ofGeos.set(place, ofZone)
  const key = [shapeIds(cover)[feature], ...below.map((one) => shapeIds(one.layer)[one.feature])].join()
  const found = ofZone.get(key)
  if (found !== undefined) return found
  const shared = below.flatMap((one) => {
    const pieces = geos.clip(
      'intersection',
      cover,
      partsOfFeature(cover, feature),
      one.layer,
      partsOfFeature(one.layer, one.feature),
    )
    if (pieces === null) throw new Error(`features ${feature} and ${one.feature} could not be cut`)
    return pieces
  })
  const builder = layerBuilder({ role: 'other', name: 'shared ground', kind: 'polygon', frame: cover.frame }, {}, 0.001)
  builder.add(1, geos.uniteParts(shared), {})
  const ground = builder.finish('')
  let areaM2 = 0
  if (zone) overlapAreas(ground, zone, (_, __, piece) => (areaM2 += piece))
  else areaM2 = featureAreaM2(ground, 0)
  ofZone.set(key, areaM2)
  return areaM2
}

const partsOfFeature = (layer: LayerColumns, feature: number): number[] => {
  const first = layer.featureOff[feature] ?? 0
  return Array.from({ length: (layer.featureOff[feature + 1] ?? 0) - first }, (_, part) => first + part)
}
