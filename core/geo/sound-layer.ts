import { joined } from './joined.ts'
import { layerBuilder } from './build.ts'
import type { LayerColumns } from './columns.ts'
import type { Geos } from './geos.ts'
import { isProvenPart } from './ring-proof.ts'
import { areaOfParts, snappedFromParts } from './snapped-parts.ts'

/** One feature whose geometry was mended before it was overlaid. */
export interface LayerRepair {
  feature: number
  /** What was wrong, in the library's words ("Self-intersection[3 4]"). */
  detail: string
  areaDeltaM2: number
  /** Middle of the feature's first part, mm. */
  x: number
  y: number
}

export interface SoundLayer {
  layer: LayerColumns
  repairs: LayerRepair[]
}

const known = new WeakMap<LayerColumns, SoundLayer>()
/** Parts of one feature up to which they are proven apart by their boxes, each against each. */
const MOST_PARTS = 32

/**
 * A polygon layer on which the kernels can rely: the layer itself where every feature is valid on the millimetre grid, else a
 * copy in which the others are mended (their order, ids and attributes stay). Import repairs geometry in the plan's own
 * coordinate system; moving it to the frame rounds again and can break a feature again, which is seen here. Kept for as long as
 * the layer lives.
 */
export function soundLayer(geos: Geos, layer: LayerColumns): SoundLayer {
  let sound = known.get(layer)
  if (sound === undefined) {
    sound = examine(geos, layer)
    known.set(layer, sound)
    known.set(sound.layer, { layer: sound.layer, repairs: sound.repairs })
  }
  return sound
}

/** Takes another worker's word that a layer is sound. */
export const adoptSound = (layer: LayerColumns): void => void known.set(layer, { layer, repairs: [] })

function examine(geos: Geos, layer: LayerColumns): SoundLayer {
  if (layer.kind !== 'polygon') return { layer, repairs: [] }
  const mended = new Map<number, Float64Array[][]>()
  const repairs: LayerRepair[] = []
  for (let feature = 0; feature < layer.count; feature += 1) {
    if (isProven(layer, feature)) continue
    const parts = partsOf(layer, feature)
    const reason = geos.invalidReason(parts)
    if (reason === null) continue
    const box = 4 * (layer.featureOff[feature] as number)
    const sound = snappedFromParts(parts, geos)
    mended.set(feature, sound)
    repairs.push({
      feature,
      detail: reason,
      areaDeltaM2: (areaOfParts(sound) - areaOfParts(parts)) / 1e6,
      x: ((layer.partBox[box] ?? 0) + (layer.partBox[box + 2] ?? 0)) / 2,
      y: ((layer.partBox[box + 1] ?? 0) + (layer.partBox[box + 3] ?? 0)) / 2,
    })
  }
  return { layer: repairs.length === 0 ? layer : withGeometry(layer, mended), repairs }
}

/** Whether a feature's parts are proven valid and apart from each other where they stand. */
function isProven({ xy, ringOff, partOff, featureOff, partBox }: LayerColumns, feature: number): boolean {
  const first = featureOff[feature] as number
  const end = featureOff[feature + 1] as number
  if (end - first > MOST_PARTS) return false
  for (let part = first; part < end; part += 1) {
    if (!isProvenPart(xy, ringOff, partOff[part] as number, partOff[part + 1] as number)) return false
    for (let other = 4 * first; other < 4 * part; other += 4) {
      const isApart =
        (partBox[4 * part] as number) > (partBox[other + 2] as number) ||
        (partBox[4 * part + 2] as number) < (partBox[other] as number) ||
        (partBox[4 * part + 1] as number) > (partBox[other + 3] as number) ||
        (partBox[4 * part + 3] as number) < (partBox[other + 1] as number)
      if (!isApart) return false
    }
  }
  return true
}

/** The rings of one feature as loose parts, in mm. */
export function partsOf(layer: LayerColumns, feature: number): Float64Array[][] {
  const parts: Float64Array[][] = []
  for (let part = layer.featureOff[feature] ?? 0; part < (layer.featureOff[feature + 1] ?? 0); part += 1) {
    parts.push(partRings(layer, part))
  }
  return parts
}

/** The rings of one part, in mm. */
export function partRings(layer: LayerColumns, part: number): Float64Array[] {
  const rings: Float64Array[] = []
  for (let ring = layer.partOff[part] ?? 0; ring < (layer.partOff[part + 1] ?? 0); ring += 1) {
    rings.push(new Float64Array(layer.xy.subarray(2 * (layer.ringOff[ring] ?? 0), 2 * (layer.ringOff[ring + 1] ?? 0))))
  }
  return rings
}

/** The same layer with other geometry for some features. */
function withGeometry(layer: LayerColumns, changed: ReadonlyMap<number, Float64Array[][]>): LayerColumns {
  const { role, name, kind, frame } = layer
  const builder = layerBuilder({ role, name, kind, frame }, {}, 0.001)
  for (let feature = 0; feature < layer.count; feature += 1) {
    builder.add(layer.fid[feature] ?? feature + 1, changed.get(feature) ?? partsOf(layer, feature), {})
  }
  const { xy, ringOff, partOff, featureOff, partBox } = builder.finish(layer.sha256)
  return { ...layer, fid: joined([layer.fid], Float64Array), xy, ringOff, partOff, featureOff, partBox }
}
