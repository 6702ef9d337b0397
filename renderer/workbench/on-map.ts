import type { MapLayer, SeenLayer } from '#core/contract/map-data.ts'
import type { Bilingual } from '#core/text.ts'

/** A layer of which something is in sight, with its commonest classes. */
export interface LayerOnMap {
  layer: MapLayer
  features: number
  classes: { label: Bilingual; features: number }[]
}

/** More classes than this nobody keeps in mind while listening. */
const MOST_CLASSES = 5

/** What is in sight, the layer that lies on top first, the commonest class of each first; layers without anything in sight are left out. */
export function onMap(layers: readonly MapLayer[], seen: readonly SeenLayer[]): LayerOnMap[] {
  const counts = new Map(seen.map(({ layerId, features }) => [layerId, features]))
  return layers
    .toSorted((a, b) => b.order - a.order)
    .flatMap((layer) => {
      const inSight = counts.get(layer.id) ?? []
      const features = inSight.reduce((sum, count) => sum + count, 0)
      if (features === 0) return []
      const classes = layer.legend
        .map(({ label }, at) => ({ label, features: inSight[at] ?? 0 }))
        .filter((one) => one.features > 0)
        .toSorted((a, b) => b.features - a.features)
      return [{ layer, features, classes: classes.slice(0, MOST_CLASSES) }]
    })
}
