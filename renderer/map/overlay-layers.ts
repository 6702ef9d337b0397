import { boundingExtent, type Extent } from 'ol/extent'
import Feature from 'ol/Feature'
import type Geometry from 'ol/geom/Geometry'
import Point from 'ol/geom/Point'
import SimpleGeometry from 'ol/geom/SimpleGeometry'
import LayerGroup from 'ol/layer/Group'
import VectorLayer from 'ol/layer/Vector'
import VectorImageLayer from 'ol/layer/VectorImage'
import type OlMap from 'ol/Map'
import VectorSource from 'ol/source/Vector'
import Stroke from 'ol/style/Stroke'
import Style, { type StyleFunction } from 'ol/style/Style'
import type { OverlayPartView } from '#core/contract/overlay-procedures.ts'
import { CHOSEN, CHOSEN_FINE } from './chosen-style.ts'
import { entryStyle } from './layer-style.ts'
import type { DrawnOverlay, OverlayFocus, OverlayPick } from './map-props.ts'
import { numberStyle } from './number-icon.ts'
import { toFeatures } from './shapes-to-features.ts'

/** So many numbers of one list are drawn; those that would lie over others give way to smaller ones. */
const MOST_NUMBERS = 60

/** From here on an outline is drawn finely. */
const MANY_VERTICES = 1500

const verticesOf = (geometry: Geometry | undefined): number =>
  geometry instanceof SimpleGeometry ? geometry.getFlatCoordinates().length / 2 : 0

interface Drawn {
  overlay: string
  part: OverlayPartView
  layer: VectorImageLayer<VectorSource>
}

/** Analysis overlays over the plan: shapes as one picture per part, so that panning costs nothing, numbers above them. */
export class OverlayLayers {
  readonly shapes = new LayerGroup()
  readonly #chosenSource = new VectorSource()
  readonly chosen = new VectorLayer({ source: this.#chosenSource })
  readonly #numberSource = new VectorSource()
  readonly numbers = new VectorLayer({ source: this.#numberSource, declutter: 'overlay-numbers', renderOrder: bySize })
  #drawn: readonly Drawn[] = []

  show(overlays: readonly DrawnOverlay[]): void {
    const before = new Map(this.#drawn.map((drawn) => [drawn.part, drawn]))
    this.#drawn = overlays.flatMap(({ id, parts, opacity }) =>
      parts.map((part): Drawn => {
        const drawn = before.get(part) ?? { overlay: id, part, layer: layerOf(part) }
        before.delete(part)
        drawn.layer.setOpacity(opacity)
        return drawn
      }),
    )
    this.shapes.getLayers().clear()
    this.shapes.getLayers().extend(this.#drawn.map(({ layer }) => layer))
    for (const { layer } of before.values()) layer.dispose()
    this.#numberSource.clear()
    const numbered = overlays.filter(({ isNumbered }) => isNumbered)
    this.#numberSource.addFeatures(numbered.toReversed().flatMap(({ parts }) => parts.toReversed().flatMap(numbersOf)))
  }

  /** The numbered shape under a place, the topmost first. */
  at(map: OlMap, place: [number, number], tolerancePx: number): OverlayPick | null {
    if (this.#drawn.length === 0) return null
    const layers = new Map(this.#drawn.map(({ layer, overlay, part }) => [layer as unknown, { overlay, part: part.id }]))
    let found: OverlayPick | null = null
    map.forEachFeatureAtPixel(
      map.getPixelFromCoordinate(place),
      (feature, layer) => {
        const row = Number(feature.get('row'))
        const of = layers.get(layer)
        if (of && row > 0) found = { ...of, row }
        return found !== null
      },
      { hitTolerance: tolerancePx, layerFilter: (layer) => layers.has(layer) },
    )
    return found
  }

  /** Outlines the shapes of a row; says where they are, if they are drawn. */
  choose(focus: OverlayFocus | null): Extent | null {
    this.#chosenSource.clear()
    const drawn = focus && this.#drawn.find(({ overlay, part }) => overlay === focus.overlay && part.id === focus.part)
    if (!focus || !drawn) return null
    const own = drawn.layer.getSource()?.getFeatures() ?? []
    const lit = own.filter((feature) => feature.get('row') === focus.row).map((feature) => feature.clone())
    for (const feature of lit) feature.setStyle(verticesOf(feature.getGeometry()) > MANY_VERTICES ? CHOSEN_FINE : CHOSEN)
    this.#chosenSource.addFeatures(lit)
    const [left = NaN, bottom = NaN, right = NaN, top = NaN] = drawn.part.boxesM.subarray(4 * focus.row - 4, 4 * focus.row)
    return Number.isNaN(left) ? null : boundingExtent([[left, bottom], [right, top]]) // prettier-ignore
  }
}

const bySize = (one: { get(key: string): unknown }, other: { get(key: string): unknown }): number =>
  Number(one.get('number')) - Number(other.get('number'))

function layerOf(part: OverlayPartView): VectorImageLayer<VectorSource> {
  const features = toFeatures(part.shape)
  for (const [shape, feature] of features.entries())
    feature.setProperties({ c: part.classOf[shape] ?? 0, row: part.rowOf[shape] ?? 0 }, true)
  return new VectorImageLayer({ source: new VectorSource({ features }), style: styleOf(part), imageRatio: 1.4 })
}

/** Lines get a white rim, so that they are seen on every colour of land use. */
function styleOf({ legend, shape }: OverlayPartView): StyleFunction {
  const styles = legend.map((entry) => {
    const own = entryStyle(shape.kind, entry)
    if (shape.kind !== 'line') return own
    const rim = new Style({
      stroke: new Stroke({ color: 'rgba(255, 255, 255, 0.8)', width: entry.strokeWidthPx + 2.5 }),
      zIndex: 1,
    })
    own.setZIndex(2)
    return [rim, own]
  })
  return (feature) => styles[Number(feature.get('c'))]
}

/** Where numbers would lie over each other, those of what is drawn on top stay, and of those the smallest. */
function numbersOf({ labels, anchorsM }: OverlayPartView, fromTop: number): Feature<Point>[] {
  const count = Math.min(labels.length, MOST_NUMBERS)
  return Array.from({ length: count }, (_, at) => at).flatMap((at) => {
    const [x = NaN, y = NaN] = [anchorsM[2 * at], anchorsM[2 * at + 1]]
    if (Number.isNaN(x)) return []
    const feature = new Feature(new Point([x, y]))
    feature.set('number', fromTop * MOST_NUMBERS + at)
    feature.setStyle(numberStyle(labels[at] ?? ''))
    return [feature]
  })
}
