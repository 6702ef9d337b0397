import type { MapLayer } from '#core/contract/map-data.ts'
import { isSwitchedOn } from '#core/map/layer-tree.ts'
import type { MapLook } from '#core/map/look.ts'
import type { LayerId } from '#core/model/ids.ts'

/** Layers as the backend suggests them, except where the person has said otherwise. */
export const visibleLayers = (
  layers: readonly Pick<MapLayer, 'id' | 'visible'>[],
  look: Pick<MapLook, 'layers'>,
): ReadonlySet<LayerId> => new Set(layers.filter((layer) => isSwitchedOn(layer, look)).map(({ id }) => id))
