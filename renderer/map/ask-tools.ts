import Feature from 'ol/Feature'
import type Geometry from 'ol/geom/Geometry'
import LineString from 'ol/geom/LineString'
import Polygon from 'ol/geom/Polygon'
import DragBox from 'ol/interaction/DragBox'
import DragPan from 'ol/interaction/DragPan'
import VectorLayer from 'ol/layer/Vector'
import type OlMap from 'ol/Map'
import VectorSource from 'ol/source/Vector'
import Fill from 'ol/style/Fill'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import Point from 'ol/geom/Point'
import { haloed } from './chosen-style.ts'
import type { DrawnMeasure, MapAsk } from './map-ask.ts'
import { SelectedTiles, type SelectedFrom } from './selected-tiles.ts'
import { numberStyle } from './number-icon.ts'
import { toFeatures } from './shapes-to-features.ts'

const SELECTED = haloed('#0B57D0', 'rgba(11, 87, 208, 0.22)', 6, 2.5)
/** Many at once are drawn finer, so that they do not become one blot. */
const SELECTED_MANY = haloed('#0B57D0', 'rgba(11, 87, 208, 0.28)', 4, 1.2)
const MANY = 200
const MEASURE = '#7A1FA2'

/** Draws what is selected and measured, and lets a box be dragged. Made once per map. */
export class AskTools {
  readonly #map: OlMap
  readonly #selected = new VectorSource()
  readonly #selectedLayer = new VectorLayer({ source: this.#selected, zIndex: 40 })
  readonly #measures = new VectorSource()
  readonly #measureLayer = new VectorLayer({ source: this.#measures, zIndex: 45, declutter: true })
  readonly #box: DragBox
  readonly #many: SelectedTiles
  #shown: MapAsk['selected'] | null = null
  #drawn: MapAsk['measures'] = []
  #onBox: MapAsk['onBox'] = null

  constructor(map: OlMap, plan: SelectedFrom) {
    this.#map = map
    this.#many = new SelectedTiles(plan)
    map.addLayer(this.#many.layers)
    for (const layer of [this.#selectedLayer, this.#measureLayer]) map.addLayer(layer)
    this.#box = new DragBox({ className: 'ask-box' })
    this.#box.setActive(false)
    this.#box.on('boxend', () => {
      const [minX = 0, minY = 0, maxX = 0, maxY = 0] = this.#box.getGeometry().getExtent() ?? []
      this.#onBox?.([minX, minY, maxX, maxY])
    })
    map.addInteraction(this.#box)
  }

  show({ selected, measures, onBox }: MapAsk): void {
    if (selected !== this.#shown) {
      this.#shown = selected
      const features = selected.shapes.flatMap(toFeatures)
      this.#many.show(selected.sets)
      this.#selected.clear()
      this.#selectedLayer.setStyle(features.length > MANY ? SELECTED_MANY : SELECTED)
      this.#selected.addFeatures(features)
    }
    if (measures !== this.#drawn) {
      this.#drawn = measures
      this.#measures.clear()
      this.#measures.addFeatures(measures.map(measured))
    }
    this.#onBox = onBox
    this.#box.setActive(onBox !== null)
    for (const interaction of this.#map.getInteractions().getArray())
      if (interaction instanceof DragPan) interaction.setActive(onBox === null)
  }

  remove(): void {
    this.#map.removeInteraction(this.#box)
    this.#map.removeLayer(this.#many.layers)
    this.#many.dispose()
    for (const layer of [this.#selectedLayer, this.#measureLayer]) {
      this.#map.removeLayer(layer)
      layer.dispose()
    }
    for (const interaction of this.#map.getInteractions().getArray())
      if (interaction instanceof DragPan) interaction.setActive(true)
  }
}

function measured({ kind, xyM, words }: DrawnMeasure): Feature<Geometry> {
  const places = Array.from({ length: xyM.length / 2 }, (_, at) => [xyM[2 * at] ?? 0, xyM[2 * at + 1] ?? 0])
  const feature = new Feature<Geometry>(
    kind === 'area' ? new Polygon([[...places, ...places.slice(0, 1)]]) : new LineString(places),
  )
  feature.setStyle([
    new Style({ stroke: new Stroke({ color: '#FFFFFF', width: 5 }) }),
    new Style({
      stroke: new Stroke({ color: MEASURE, width: 2, lineDash: [8, 4] }),
      fill: new Fill({ color: 'rgba(122, 31, 162, 0.1)' }),
    }),
    label(kind, places, words),
  ])
  return feature
}

/** The words in the middle of a line, or of an area's corners. */
function label(kind: DrawnMeasure['kind'], places: readonly number[][], words: string): Style {
  const image = numberStyle(words).getImage()
  const [from, to] = [places[Math.floor((places.length - 1) / 2)], places[Math.ceil((places.length - 1) / 2)]]
  const of = kind === 'area' ? places : [from ?? [0, 0], to ?? [0, 0]]
  const mean = (axis: 0 | 1) => of.reduce((sum, place) => sum + (place[axis] ?? 0), 0) / of.length
  return new Style({ geometry: new Point([mean(0), mean(1)]), zIndex: 2, ...(image ? { image } : {}) })
}
