import Feature from 'ol/Feature'
import type Geometry from 'ol/geom/Geometry'
import LineString from 'ol/geom/LineString'
import Point from 'ol/geom/Point'
import Polygon from 'ol/geom/Polygon'
import VectorLayer from 'ol/layer/Vector'
import type OlMap from 'ol/Map'
import VectorSource from 'ol/source/Vector'
import Fill from 'ol/style/Fill'
import Icon from 'ol/style/Icon'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import { placeInside } from '#core/geo/inside.ts'
import { arrowHead, cloudRing, SEVERITY_LOOKS } from '#core/map/mark-looks.ts'
import type { Mark } from '#core/review/mark.ts'
import type { ShownMark } from './map-marks.ts'
import { BADGE_SIDE_PX, drawBadge } from './mark-looks.ts'
import { numberStyle } from './number-icon.ts'

const CLOUD_ARC_PX = 14
const HEAD_PX = 14
const PICK_PX = 5
const ABOVE = 10

const pairs = (xyM: readonly number[]): [number, number][] =>
  Array.from({ length: xyM.length / 2 }, (_, place) => [xyM[2 * place] ?? 0, xyM[2 * place + 1] ?? 0])

/** A mark's places as the map library holds them. An area that has too few places yet is a line. */
export function markGeometry({ kind, xyM }: Pick<Mark, 'kind'> & { xyM: readonly number[] }): Geometry | null {
  const places = pairs(xyM)
  const [first] = places
  if (first === undefined) return null
  if (kind === 'point' || kind === 'text' || places.length === 1) return new Point(first)
  if ((kind === 'area' || kind === 'cloud') && places.length > 2) return new Polygon([[...places, first]])
  return new LineString(places)
}

/** The other way round, after the map library has moved places. */
export function placesOfGeometry(geometry: Geometry): number[] {
  if (geometry instanceof Point) return geometry.getCoordinates().slice(0, 2)
  if (geometry instanceof Polygon) return (geometry.getCoordinates()[0] ?? []).slice(0, -1).flatMap((at) => at.slice(0, 2))
  if (geometry instanceof LineString) return geometry.getCoordinates().flatMap((at) => at.slice(0, 2))
  return []
}

/** What is drawn for a shape: a cloud's arcs and an arrow's head are as large on the screen at every scale. */
const drawnShape =
  (kind: Mark['kind'], xyM: readonly number[]) =>
  (resolution: number): Geometry | null =>
    kind === 'cloud' && xyM.length > 4 ? new Polygon([cloudRing(xyM, CLOUD_ARC_PX * resolution)]) : markGeometry({ kind, xyM })

/** Lines of a mark: a white halo under a strong line, dashed by the kind of its finding. */
export function markStyles(
  { kind, xyM }: { kind: Mark['kind']; xyM: readonly number[] },
  look: { colour: string; dash: readonly number[] },
  isChosen: boolean,
  resolution: number,
): Style[] {
  const geometry = drawnShape(kind, xyM)(resolution)
  if (geometry === null) return []
  const width = isChosen ? 4 : 2.5
  const halo = new Style({ geometry, stroke: new Stroke({ color: '#FFFFFF', width: width + 3 }) })
  const line = new Style({
    geometry,
    stroke: new Stroke({ color: look.colour, width, lineDash: [...look.dash] }),
    ...(geometry instanceof Polygon ? { fill: new Fill({ color: `${look.colour}1A` }) } : {}),
  })
  const head = kind === 'arrow' ? arrowHead(xyM, HEAD_PX * resolution) : null
  return head === null
    ? [halo, line]
    : [halo, line, new Style({ geometry: new Polygon([head]), fill: new Fill({ color: look.colour }) })]
}

const badges = new Map<string, HTMLCanvasElement>()

function badgeImage({ number, severity, isWithdrawn }: ShownMark, isChosen: boolean): HTMLCanvasElement {
  const key = `${severity} ${number} ${isWithdrawn} ${isChosen} ${window.devicePixelRatio}`
  const found = badges.get(key)
  if (found) return found
  const ratio = window.devicePixelRatio
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = Math.round(BADGE_SIDE_PX * ratio)
  const context = canvas.getContext('2d')
  if (context) {
    context.scale(ratio, ratio)
    context.globalAlpha = isWithdrawn ? 0.45 : 1
    drawBadge(context, [BADGE_SIDE_PX / 2, BADGE_SIDE_PX / 2], String(number), SEVERITY_LOOKS[severity], isChosen)
  }
  badges.set(key, canvas)
  return canvas
}

/** Where a mark's number stands, on paper too. */
function anchorOf(geometry: Geometry): Point {
  if (geometry instanceof Polygon) return new Point(placeInside([geometry.getFlatCoordinates()]))
  if (geometry instanceof LineString) return new Point(geometry.getFirstCoordinate())
  return geometry as Point
}

function stylesOf(shown: ShownMark, geometry: Geometry, isChosen: boolean, resolution: number): Style[] {
  const look = SEVERITY_LOOKS[shown.severity]
  const anchor = anchorOf(geometry)
  const badge = new Style({
    geometry: anchor,
    zIndex: ABOVE + (isChosen ? 1 : 0),
    image: new Icon({ img: badgeImage(shown, isChosen), scale: 1 / window.devicePixelRatio }),
  })
  const label = shown.mark.label
  if (label === undefined || label === '') return [...markStyles(shown.mark, look, isChosen, resolution), badge]
  const words = numberStyle(label).clone()
  words.setGeometry(anchor)
  const image = words.getImage()
  if (image instanceof Icon) image.setDisplacement([0, -22])
  return [...markStyles(shown.mark, look, isChosen, resolution), badge, words]
}

/** The numbered marks of findings. */
export class MarksLayer {
  readonly #source = new VectorSource()
  readonly layer = new VectorLayer({ source: this.#source, declutter: false })
  #chosen: string | null = null

  /** Draws these marks in place of those before; the chosen one stands out. */
  show(marks: readonly ShownMark[], chosen: string | null): void {
    this.#chosen = chosen
    this.#source.clear()
    this.#source.addFeatures(
      marks.flatMap((shown) => {
        const geometry = markGeometry(shown.mark)
        if (geometry === null) return []
        const feature = new Feature(geometry)
        feature.setId(shown.id)
        feature.setStyle((_, resolution) => stylesOf(shown, geometry, shown.id === this.#chosen, resolution))
        return [feature]
      }),
    )
  }

  /** Which mark lies under a pixel of the map. */
  at(map: OlMap, coordinate: readonly number[]): string | null {
    // Asking what is drawn at a pixel reads pictures back, which takes as long as all the rest of a click.
    if (this.#source.isEmpty()) return null
    const pixel = map.getPixelFromCoordinate([...coordinate])
    const found = map.forEachFeatureAtPixel(pixel, (feature) => feature.getId(), {
      layerFilter: (layer) => layer === this.layer,
      hitTolerance: PICK_PX,
    })
    return typeof found === 'string' ? found : null
  }

  /** The room that a mark takes, or null where it is not drawn. */
  extentOf(id: string): number[] | null {
    return this.#source.getFeatureById(id)?.getGeometry()?.getExtent() ?? null
  }
}
