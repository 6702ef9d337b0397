import type { MapLayer } from '#core/contract/map-data.ts'
import type { LayerId } from '#core/model/ids.ts'

/** Layers as the backend suggests them, except where the person has said otherwise. */
export const visibleLayers = (
  layers: readonly Pick<MapLayer, 'id' | 'visible'>[],
  shown: ReadonlySet<LayerId>,
  hidden: ReadonlySet<LayerId>,
): ReadonlySet<LayerId> =>
  new Set(layers.filter(({ id, visible }) => shown.has(id) || (visible && !hidden.has(id))).map(({ id }) => id))
