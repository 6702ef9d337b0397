import LayerGroup from 'ol/layer/Group'
import VectorTileLayer from 'ol/layer/VectorTile'
import CircleStyle from 'ol/style/Circle'
import Fill from 'ol/style/Fill'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import { sameFeatures, type FeatureSet } from '#core/attributes/feature-set.ts'
import type { Client } from '#core/contract/client.ts'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { FilteredTiles } from './tile-source.ts'

/** The plan that a selection is of. */
export interface SelectedFrom {
  client: Client
  planId: PlanId
  setup: MapSetup
}

const BLUE = '#0B57D0'
const FILL = new Fill({ color: 'rgba(11, 87, 208, 0.42)' })
const SHAPE = new Style({
  fill: FILL,
  stroke: new Stroke({ color: BLUE, width: 1.2 }),
  image: new CircleStyle({ radius: 4, fill: new Fill({ color: BLUE }), stroke: new Stroke({ color: '#FFFFFF', width: 1.5 }) }),
})
/** Parcels too small to draw are cells: no outlines. */
const CELL = new Style({ fill: FILL })

interface Shown {
  features: FeatureSet
  layer: VectorTileLayer
  gone: AbortController
}

/** A selection of many features, cut into the map's own tiles by the backend: no shape of all of them ever crosses over. */
export class SelectedTiles {
  readonly layers = new LayerGroup({ zIndex: 39 })
  readonly #from: SelectedFrom
  readonly #shown = new Map<LayerId, Shown>()

  constructor(from: SelectedFrom) {
    this.#from = from
  }

  show(sets: ReadonlyMap<LayerId, FeatureSet>): void {
    for (const [id, { features }] of this.#shown) {
      const now = sets.get(id)
      if (!now || !sameFeatures(now, features)) this.#drop(id)
    }
    for (const [id, features] of sets) if (!this.#shown.has(id)) this.#add(id, features)
  }

  #add(id: LayerId, features: FeatureSet): void {
    const { client, planId, setup } = this.#from
    const layer = setup.layers.find((one) => one.id === id)
    if (!layer) return
    const gone = new AbortController()
    // A tile that does not come is told by the layer itself, which asks for the same place.
    const { source } = new FilteredTiles(client, planId, layer, setup, gone.signal, () => undefined, features)
    const drawn = new VectorTileLayer({
      source,
      style: (feature) => (feature.get('cell') === true ? CELL : SHAPE),
      renderMode: 'hybrid',
    })
    this.#shown.set(id, { features, layer: drawn, gone })
    this.layers.getLayers().push(drawn)
  }

  #drop(id: LayerId): void {
    const shown = this.#shown.get(id)
    if (!shown) return
    this.#shown.delete(id)
    shown.gone.abort()
    this.layers.getLayers().remove(shown.layer)
    shown.layer.dispose()
  }

  dispose(): void {
    for (const id of this.#shown.keys()) this.#drop(id)
    this.layers.dispose()
  }
}
