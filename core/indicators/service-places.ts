import { layerBuilder } from '../geo/build.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { perLayer, shapeCount } from '../geo/edited.ts'
import { BASIC_SERVICES, serviceOfKind } from '../reference/services.ts'

/** Facilities that offer basic services. */
export interface ServicePlaces {
  /** Index in `BASIC_SERVICES` of every facility, −1 for other kinds. */
  serviceOf: Int32Array
  /** One point layer per service, in their order; empty where no facility offers it. */
  layers: LayerColumns[]
  /** Share of the facilities whose kind is known. */
  knownShare: number
}

/** Sorts the facilities of a plan by service; kinds are understood in both languages. */
export const servicePlaces = perLayer((facilities): ServicePlaces => {
  const column = facilities.attributes['kind']
  const services = column?.type === 'text' ? column.dictionary.map(serviceOfKind) : []
  const codes = column?.type === 'text' ? column.codes : new Uint32Array(facilities.count)
  const serviceOf = Int32Array.from(codes, (code) => services[code] ?? -1)
  const known = serviceOf.reduce((sum, service) => sum + (service >= 0 ? 1 : 0), 0)
  const shapes = shapeCount(facilities)
  return {
    serviceOf,
    layers: BASIC_SERVICES.map((_, service) => pointsWhere(facilities, (feature) => serviceOf[feature] === service)),
    knownShare: shapes > 0 ? known / shapes : 0,
  }
})

/** First point of a feature in millimetres, or undefined where it has no place. */
export function pointOf(layer: LayerColumns, feature: number): [x: number, y: number] | undefined {
  const part = layer.featureOff[feature] ?? 0
  if (part >= (layer.featureOff[feature + 1] ?? 0)) return undefined
  const vertex = layer.ringOff[layer.partOff[part] ?? 0] ?? 0
  return [layer.xy[2 * vertex] ?? 0, layer.xy[2 * vertex + 1] ?? 0]
}

/** Chosen points of a layer as a layer of their own, without attributes. */
function pointsWhere({ role, name, frame, fid, ...layer }: LayerColumns, chosen: (feature: number) => boolean): LayerColumns {
  const builder = layerBuilder({ role, name, kind: 'point', frame }, {}, 0.001)
  for (const [feature, id] of fid.entries()) {
    const point = chosen(feature) ? pointOf({ role, name, frame, fid, ...layer }, feature) : undefined
    if (point) builder.add(id, [[point]], {})
  }
  return builder.finish('')
}
