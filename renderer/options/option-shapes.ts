import type { Client } from '#core/contract/client.ts'
import type { FeatureGeometry, MapSetup } from '#core/contract/map-data.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import type { GeometryKind, LayerKind } from '#core/model/roles.ts'
import { classColour } from '#core/reference/land-class-list.ts'
import { shapesOfChanges } from '../checklist/flip-shapes.ts'
import type { ChangeKind } from '../map/change-looks.ts'
import type { ChangedShape, EditParts } from '../map/map-edit.ts'
import type { ChangedFeature, DrawnFeature } from './changed-features.ts'
import { placeOfDrawing } from './edit-sources.ts'
import type { ChosenFeature } from './option-store.ts'

const OPAQUE = 'D9'

const vectorKind = (kind: LayerKind | undefined): GeometryKind => (kind === 'line' || kind === 'point' ? kind : 'polygon')

/** A shape that is told in parts, as the map draws shapes. */
export const shapeOfParts = (kind: GeometryKind, parts: EditParts): FeatureGeometry[] =>
  shapesOfChanges([{ shapes: [{ kind, parts }] }]).map(({ shape }) => shape)

/** Rings of the first feature of a shape as edits take them: a shell turns left and begins a part. */
export function partsOfShape({ kind, xyM, ringOff, featureOff }: FeatureGeometry): EditParts {
  const parts: EditParts = []
  for (let ring = featureOff[0] ?? 0; ring < (featureOff[1] ?? 0); ring++) {
    const points = Array.from(xyM.subarray(2 * (ringOff[ring] ?? 0), 2 * (ringOff[ring + 1] ?? 0)))
    const last = parts.at(-1)
    if (last === undefined || kind !== 'polygon' || twiceArea(points) > 0) parts.push([points])
    else last.push(points)
  }
  return parts
}

function twiceArea(ring: readonly number[]): number {
  let twice = 0
  const [originX = 0, originY = 0] = ring
  for (let at = 0; at + 1 < ring.length; at += 2) {
    const next = (at + 2) % ring.length
    twice +=
      ((ring[at] ?? 0) - originX) * ((ring[next + 1] ?? 0) - originY) -
      ((ring[next] ?? 0) - originX) * ((ring[at + 1] ?? 0) - originY)
  }
  return twice
}

const kindOf = ({ isDeleted, parts, attributes }: ChangedFeature): ChangeKind =>
  isDeleted ? 'deleted' : parts !== null ? 'reshaped' : 'class' in attributes ? 'recoded' : 'attributes'

const fillOf = (attributes: ChangedFeature['attributes']): string | null =>
  typeof attributes['class'] === 'string' ? `${classColour(attributes['class'])}${OPAQUE}` : null

/** One feature of a shape that holds several. */
function oneOf({ kind, xyM, ringOff, featureOff, fid }: FeatureGeometry, at: number): FeatureGeometry {
  const [from, to] = [featureOff[at] ?? 0, featureOff[at + 1] ?? 0]
  const start = ringOff[from] ?? 0
  return {
    kind,
    xyM: xyM.slice(2 * start, 2 * (ringOff[to] ?? 0)),
    ringOff: ringOff.slice(from, to + 1).map((offset) => offset - start),
    featureOff: Uint32Array.of(0, to - from),
    fid: fid.slice(at, at + 1),
  }
}

/** Everything an option changed as the map draws it, with the plan's own shapes where they stayed. */
export async function changedShapes(
  client: Client,
  planId: PlanId,
  setup: MapSetup,
  { changed, drawn }: { changed: readonly ChangedFeature[]; drawn: readonly DrawnFeature[] },
): Promise<ChangedShape[]> {
  const layerKind = (id: LayerId) => vectorKind(setup.layers.find((layer) => layer.id === id)?.kind)
  const own = await Promise.all(
    [...Map.groupBy(changed, ({ layerId }) => layerId)].map(async ([layerId, features]) => {
      const kept = features.filter(({ parts }) => parts === null)
      const shape =
        kept.length > 0 ? await client.call('map.features', { planId, layerId, fids: kept.map(({ fid }) => fid) }) : null
      const at = new Map(Array.from(shape?.fid ?? [], (fid, index) => [fid, index]))
      return features.flatMap((feature): ChangedShape[] => {
        const index = at.get(feature.fid)
        const shapes =
          feature.parts !== null
            ? shapeOfParts(layerKind(layerId), feature.parts)
            : shape && index !== undefined
              ? [oneOf(shape, index)]
              : []
        const fill = feature.isDeleted ? null : fillOf(feature.attributes)
        return shapes.map((one) => ({ kind: kindOf(feature), shape: one, fill, of: { layerId, fid: feature.fid } }))
      })
    }),
  )
  const fresh = drawn.flatMap((drawing) => {
    const { number, parts, attributes } = drawing
    const of = { layerId: null, fid: number }
    return shapesOfDrawing(drawing, setup, parts).map((shape): ChangedShape => ({
      kind: 'drawn',
      shape,
      fill: fillOf(attributes),
      of,
    }))
  })
  return [...own.flat(), ...fresh]
}

const shapesOfDrawing = (drawing: DrawnFeature, setup: MapSetup, parts: EditParts): FeatureGeometry[] => {
  const kind = placeOfDrawing(drawing, setup)?.kind
  return kind === undefined ? [] : shapeOfParts(kind, parts)
}

/** Outlines of chosen features: as the option drew or reshaped them, else the plan's own. */
export async function chosenShapes(
  client: Client,
  planId: PlanId,
  setup: MapSetup,
  chosen: readonly ChosenFeature[],
  { changed, drawn }: { changed: readonly ChangedFeature[]; drawn: readonly DrawnFeature[] },
): Promise<FeatureGeometry[]> {
  const groups = [...Map.groupBy(chosen, ({ layerId }) => layerId)]
  const shapes = groups.map(async ([layerId, features]) => {
    const numbers = new Set(features.map(({ fid }) => fid))
    if (layerId === null)
      return drawn.filter(({ number }) => numbers.has(number)).flatMap((one) => shapesOfDrawing(one, setup, one.parts))
    const kind = vectorKind(setup.layers.find((layer) => layer.id === layerId)?.kind)
    const partsOf = ({ fid }: ChosenFeature) => changed.find((one) => one.layerId === layerId && one.fid === fid)?.parts ?? null
    const fids = features.filter((feature) => partsOf(feature) === null).map(({ fid }) => fid)
    const own = fids.length > 0 ? [await client.call('map.features', { planId, layerId, fids })] : []
    return [...own, ...features.flatMap((feature) => shapeOfParts(kind, partsOf(feature) ?? []))]
  })
  return (await Promise.all(shapes)).flat()
}
