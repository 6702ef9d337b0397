import type { FeatureGeometry, LegendEntry, MapLayer } from '#core/contract/map-data.ts'
import type { OverlayPartView } from '#core/contract/overlay-procedures.ts'
import type { GeometryKind } from '#core/model/roles.ts'
import { readableValue } from '#core/model/units.ts'
import { rampLegend } from '#core/overlays/looks.ts'
import type { ContestedFeature } from '#core/review/contention.ts'

/** Up to so many different figures are told apart one by one; more are put into classes. */
const MOST_ALONE = 4

const KINDS: readonly GeometryKind[] = ['polygon', 'line', 'point']

/** Contested features of one layer of the map, with their shapes. */
export interface FetchedLayer {
  layer: Pick<MapLayer, 'id' | 'role' | 'title'>
  shape: FeatureGeometry
}

export interface ContentionMap {
  parts: OverlayPartView[]
  legend: LegendEntry[]
  kind: GeometryKind
}

/**
 * Contested features as the map draws overlays: one part per layer, its rows in the order of its shapes, coloured by points in classes
 * that all layers share.
 */
export function contentionMap(features: readonly ContestedFeature[], layers: readonly FetchedLayer[]): ContentionMap {
  const points = features.map((feature) => feature.points)
  const ramps = new Map(KINDS.map((kind) => [kind, rampOf(points, kind)]))
  const placeOf = new Map(features.map(({ layer, fid }, at) => [`${layer}/${fid}`, at]))
  const parts = layers.flatMap(({ layer, shape }): OverlayPartView[] => {
    const ramp = ramps.get(shape.kind)
    if (ramp === undefined || shape.fid.length === 0) return []
    return [
      {
        id: layer.id,
        title: layer.title,
        labels: [],
        legend: ramp.legend,
        shapes: shape.fid.length,
        shape,
        classOf: Uint16Array.from(shape.fid, (fid) => ramp.classOf[placeOf.get(`${layer.role}/${fid}`) ?? 0] ?? 0),
        rowOf: Uint32Array.from(shape.fid, (_, at) => at + 1),
        list: null,
        // Picking outlines a feature where it is; the map is moved by lighting it up.
        boxesM: new Float64Array(4 * shape.fid.length).fill(NaN),
        anchorsM: new Float64Array(2 * shape.fid.length).fill(NaN),
      },
    ]
  })
  const kind = layers[0]?.shape.kind ?? 'polygon'
  return { parts, kind, legend: features.length === 0 ? [] : (ramps.get(kind)?.legend ?? []) }
}

/** Points at stake take few values: each has its own colour, as long as they are few. */
function rampOf(points: readonly number[], kind: GeometryKind): ReturnType<typeof rampLegend> {
  const values = [...new Set(points)].toSorted((a, b) => a - b)
  if (values.length > MOST_ALONE) return rampLegend('contention', points, kind, 'index')
  const ranks = points.map((one) => values.indexOf(one))
  // The last class of a ramp reaches up to its upper limit, so a rank above all keeps the highest one alone.
  const { legend, classOf } = rampLegend('contention', [...ranks, values.length], kind, 'index')
  const named = legend.slice(0, values.length).map((entry, at): LegendEntry => {
    const value = values[at] ?? 0
    const label = { zh: readableValue(value, 'index', 'zh'), en: readableValue(value, 'index', 'en') }
    return { ...entry, label, features: points.filter((one) => one === value).length }
  })
  return { legend: named, classOf: classOf.subarray(0, points.length) }
}
