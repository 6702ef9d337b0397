import { getHeight, getWidth, isEmpty, type Extent } from 'ol/extent'
import { defaults as defaultInteractions } from 'ol/interaction/defaults'
import LayerGroup from 'ol/layer/Group'
import TileLayer from 'ol/layer/Tile'
import VectorLayer from 'ol/layer/Vector'
import OlMap from 'ol/Map'
import type ImageTileSource from 'ol/source/ImageTile'
import VectorSource from 'ol/source/Vector'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import CircleStyle from 'ol/style/Circle'
import View from 'ol/View'
import type { BasemapInfo } from '#core/contract/basemap.ts'
import type { Client } from '#core/contract/client.ts'
import type { FeatureGeometry, MapSetup } from '#core/contract/map-data.ts'
import type { MapLook } from '#core/map/look.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { basemapSource, groundSource, joinMercator } from './basemap-source.ts'
import { CrossLayer } from './cross-layer.ts'
import { CHOSEN, haloed } from './chosen-style.ts'
import type { LaidSheet } from './draw-sheet.ts'
import { areaStyle } from './layer-style.ts'
import { linkView } from './linked-view.ts'
import type { MapLink } from './map-link.ts'
import { DrawMark } from './draw-mark.ts'
import type { DrawStep, MarkDraft } from './mark-draft.ts'
import type { ColouredShape, DrawnOverlay, OverlayFocus, OverlayPick, OverlayShape } from './map-props.ts'
import type { ShownMark } from './map-marks.ts'
import { MarksLayer } from './marks-layer.ts'
import { PinLayer } from './pin-layer.ts'
import type { Pin } from './pins.ts'
import { OverlayLayers } from './overlay-layers.ts'
import { PlanLayers } from './plan-layers.ts'
import { toFeatures } from './shapes-to-features.ts'
import { SheetLayers } from './sheet-layers.ts'
import { SnapFinder } from './snap-finder.ts'
import { planProjection, type TileEnded } from './tile-source.ts'

const PADDING_PX = 40
const CLOSEST_M_PER_PX = 0.1
const ANIMATION_MS = 250
const PICK_PX = 6
/** As the map library counts; two quick clicks at two places are two. */
const DOUBLE_CLICK_MS = 250
const DOUBLE_CLICK_PX = 6

const LIT = haloed('#C2003E', 'rgba(194, 0, 62, 0.18)')
/** Many points at once are drawn smaller, so that they do not become one blot. */
const LIT_MANY = haloed('#C2003E', 'rgba(194, 0, 62, 0.18)', 4)
const MANY = 60
/** What was there before: a dashed line that lies beside the newer one's colour. */
const OLDER = [
  new Style({ stroke: new Stroke({ color: '#FFFFFF', width: 5 }), zIndex: 3 }),
  new Style({
    stroke: new Stroke({ color: '#1A1A1A', width: 2, lineDash: [6, 5] }),
    image: new CircleStyle({ radius: 6, stroke: new Stroke({ color: '#1A1A1A', width: 2, lineDash: [3, 3] }) }),
    zIndex: 4,
  }),
]

export interface MapEvents {
  /** Pointer over the map, frame metres; null when it left. */
  pointer: (at: [number, number] | null) => void
  /** A click, with how many metres a finger's width is. */
  picked: (at: [number, number], toleranceM: number) => void
  /** A click on a numbered shape of an analysis overlay, beside `picked`. */
  overlayPicked?: (pick: OverlayPick) => void
  /** A click on the mark of a finding, in place of `picked`. */
  markPicked?: (id: string) => void
  /** A step of drawing a mark. */
  drawn?: (step: DrawStep) => void
  /** Metres per pixel changed. */
  resolution: (metresPerPixel: number) => void
  /** A tile came (null) or could not be loaded. */
  tile: TileEnded
}

/** The only owner of OpenLayers: what React tells it, it draws; what the person does, it reports. */
export class PlanOlMap {
  readonly #map: OlMap
  readonly #setup: MapSetup
  readonly #plan: PlanLayers
  /** Names and the graticule: over the plan and its analyses, under what is lit up. */
  readonly #above = new LayerGroup()
  readonly #basemap = new TileLayer<ImageTileSource>({ visible: false })
  readonly #client: Client
  readonly #planId: PlanId
  readonly #sheets = new SheetLayers()
  readonly #pins = new PinLayer()
  readonly #overlays = new OverlayLayers()
  readonly #cross = new CrossLayer()
  readonly #marks = new MarksLayer()
  readonly #snaps: SnapFinder
  readonly #draw: DrawMark
  #basemapId: string | undefined
  readonly #areas = new VectorSource()
  readonly #lit = new VectorSource()
  readonly #litLayer = new VectorLayer({ source: this.#lit, style: LIT })
  readonly #overlay = new VectorSource()
  readonly #marked = new VectorSource()
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)').matches
  /** Ends with the map: tiles still on their way are not wanted then. */
  readonly #gone = new AbortController()
  readonly #events: MapEvents
  /** No picture has been complete yet. */
  #isFirst = true

  constructor(target: HTMLElement, client: Client, planId: PlanId, setup: MapSetup, events: MapEvents) {
    this.#setup = setup
    this.#client = client
    this.#planId = planId
    this.#events = events
    this.#plan = new PlanLayers(client, planId, setup, this.#gone.signal, (error) => {
      events.tile(error)
      this.#hurry()
    })
    const projection = planProjection(setup)
    if (setup.frame.kind === 'equal-area') joinMercator(projection, setup.frame)
    this.#map = new OlMap({
      target,
      controls: [],
      interactions: defaultInteractions({
        altShiftDragRotate: false,
        pinchRotate: false,
        ...(this.#still ? { zoomDuration: 0 } : {}),
      }),
      layers: [
        this.#basemap,
        this.#sheets.under,
        this.#plan.group,
        new VectorLayer({ source: this.#areas }),
        this.#sheets.over,
        this.#overlays.shapes,
        this.#above,
        this.#litLayer,
        new VectorLayer({ source: this.#overlay }),
        new VectorLayer({ source: this.#marked, style: CHOSEN }),
        this.#overlays.chosen,
        this.#overlays.numbers,
        this.#marks.layer,
        this.#pins.layer,
        this.#cross.layer,
      ],
      view: new View({
        projection,
        center: middle(setup.extent),
        resolution: setup.resolutions[0] ?? 1,
        minResolution: CLOSEST_M_PER_PX,
        maxResolution: (setup.resolutions[0] ?? 1) * 4,
        enableRotation: false,
      }),
    })
    this.#snaps = new SnapFinder(client, planId, (id) => this.#plan.isVisible(id))
    this.#draw = new DrawMark(this.#map, this.#snaps, {
      step: (step) => events.drawn?.(step),
      failed: (error) => events.tile(error),
    })
    this.#listen()
    target.addEventListener('keydown', this.#onKey)
    this.showWhole(false)
  }

  /** The first picture does not wait for frames: they are slow to come while the rest of the screen is painted for the first time. */
  #hurry(): void {
    if (!this.#isFirst) return
    this.#map.once('postrender', () => setTimeout(() => this.#isFirst && this.drawNow()))
    this.drawNow()
  }

  #listen(): void {
    const map = this.#map
    const events = this.#events
    map.on('pointermove', (event) => events.pointer(event.dragging ? null : asPlace(event.coordinate)))
    map.getViewport()?.addEventListener('pointerleave', () => events.pointer(null))
    // At once, not after the time in which a second click would come: that one zooms, and asks nothing again.
    let before = { timeStamp: -Infinity, x: 0, y: 0 }
    map.on('click', ({ coordinate, pixel: [x = 0, y = 0], originalEvent: { timeStamp } }) => {
      const isThere = Math.hypot(x - before.x, y - before.y) < DOUBLE_CLICK_PX
      const isSecond = isThere && timeStamp - before.timeStamp < DOUBLE_CLICK_MS
      before = { timeStamp, x, y }
      if (!isSecond) this.#pick(coordinate)
    })
    map.getView().on('change:resolution', () => events.resolution(this.metresPerPixel()))
    map.once('rendercomplete', () => {
      this.#isFirst = false
      events.resolution(this.metresPerPixel())
    })
    // Lets tests and assistive tools know that nothing more is being drawn.
    map.on('rendercomplete', () => map.getTargetElement()?.setAttribute('data-drawn', 'yes'))
    const drawing = () => map.getTargetElement()?.setAttribute('data-drawn', 'no')
    map.on('movestart', drawing)
    map.on('loadstart', drawing)
  }

  /** Keeps this map where the others of the link are, from now until the returned function is called. */
  link(link: MapLink): () => void {
    return linkView(this.#map, this.#setup.frame, this.#cross, link)
  }

  #pick(coordinate: readonly number[] | undefined): void {
    if (!coordinate || this.#draw.isOn) return
    const marked = this.#marks.at(this.#map, coordinate)
    if (marked !== null) return this.#events.markPicked?.(marked)
    const pick = this.#overlays.at(this.#map, asPlace(coordinate), PICK_PX)
    if (pick) this.#events.overlayPicked?.(pick)
    this.#events.picked(asPlace(coordinate), PICK_PX * this.metresPerPixel())
  }

  /** Hands the map to tools of this folder that draw and listen on it by themselves. */
  attach<T>(make: (map: OlMap, snaps: SnapFinder, above: LayerGroup) => T): T {
    return make(this.#map, this.#snaps, this.#above)
  }

  metresPerPixel(): number {
    return this.#map.getView().getResolution() ?? 1
  }

  setVisible(isVisible: (id: LayerId) => boolean): void {
    this.#plan.setVisible(isVisible)
  }

  /** Order, opacity, filters, scale ranges and colours of the plan's layers. */
  setLook(look: MapLook): void {
    this.#plan.setLook(look)
  }

  /** Lays a file's picture tiles under everything; null takes them away. A plan without a place on Earth shows none. */
  setBasemap(basemap: BasemapInfo | null): void {
    const shown = this.#setup.frame.kind === 'equal-area' ? basemap : null
    if (shown?.id !== this.#basemapId) this.#basemap.setSource(shown && this.#sourceOf(shown))
    this.#basemapId = shown?.id
    this.#basemap.setVisible(shown !== null)
    this.#basemap.setOpacity(shown?.opacity ?? 0)
  }

  #sourceOf(basemap: BasemapInfo): ImageTileSource {
    const { signal } = this.#gone
    if (basemap.kind !== 'geotiff') return basemapSource(this.#client, basemap, signal, this.#events.tile)
    return groundSource(this.#client, basemap, this.#planId, this.#setup, signal, this.#events.tile)
  }

  /** Draws analysis overlays over the plan, from bottom to top, and pales the plan's own layers under them. */
  setOverlays(overlays: readonly DrawnOverlay[], planOpacity: number): void {
    this.#overlays.show(overlays)
    this.#plan.setPlanOpacity(planOpacity)
  }

  /** Outlines a row of an overlay's list and moves there; null takes the outline away. */
  setOverlayFocus(focus: OverlayFocus | null): void {
    const extent = this.#overlays.choose(focus)
    if (extent && focus?.move === true) this.#fit(extent)
  }

  /** Lays plan sheets between the basemap and the plan, or over the plan, from bottom to top. */
  setSheets(sheets: readonly LaidSheet[]): void {
    this.#sheets.show(sheets)
  }

  /** Draws the marks of findings; the chosen one stands out. */
  showMarks(marks: readonly ShownMark[], chosen: string | null): void {
    this.#marks.show(marks, chosen)
  }

  /** Moves to the mark of a finding. */
  goToMark(id: string): void {
    const extent = this.#marks.extentOf(id)
    if (extent) this.#fit(extent)
  }

  /** A mark that is being drawn takes clicks and keys; null gives them back. */
  drawMark(draft: MarkDraft | null): void {
    this.#draw.show(draft)
  }

  /** Sets numbered pins in place of those before. */
  setPins(pins: readonly Pin[]): void {
    this.#pins.show(pins)
  }

  /** Moves to a part of the plane. */
  showPart(extent: readonly [number, number, number, number]): void {
    this.#map
      .getView()
      .fit([...extent], { padding: [PADDING_PX, PADDING_PX, PADDING_PX, PADDING_PX], duration: this.#duration(true) })
  }

  /** Draws at once what would be drawn with the next frame, so that its tiles are asked for before the rest of the screen is painted. */
  drawNow(): void {
    this.#map.renderSync()
  }

  showWhole(animated = true): void {
    this.#map.getView().fit([...this.#setup.extent], {
      padding: [PADDING_PX, PADDING_PX, PADDING_PX, PADDING_PX],
      duration: this.#duration(animated),
    })
  }

  zoomBy(factor: number): void {
    const view = this.#map.getView()
    view.animate({
      resolution: view.getConstrainedResolution(this.metresPerPixel() / factor) ?? this.metresPerPixel(),
      duration: this.#duration(true),
    })
  }

  /** Lights up shapes and moves there; an empty list puts the light out. */
  light(shapes: readonly FeatureGeometry[], move: boolean): void {
    const features = shapes.flatMap(toFeatures)
    this.#lit.clear()
    this.#litLayer.setStyle(features.length > MANY ? LIT_MANY : LIT)
    this.#lit.addFeatures(features)
    if (move) this.#moveTo(this.#lit)
  }

  /** Colours features one by one; an empty list takes the colours away. */
  colour(areas: readonly ColouredShape[]): void {
    this.#areas.clear()
    for (const { shape, looks } of areas) {
      const features = toFeatures(shape)
      for (const [index, feature] of features.entries()) {
        const look = looks[index]
        if (look) feature.setStyle(areaStyle(look.fill, look.hatchColour))
      }
      this.#areas.addFeatures(features)
    }
  }

  /** Draws outlines of another version over the plan and moves there; an empty list takes them away. */
  drawOver(shapes: readonly OverlayShape[]): void {
    this.#overlay.clear()
    for (const { shape, tone } of shapes) {
      const features = toFeatures(shape)
      for (const feature of features) feature.setStyle(tone === 'newer' ? LIT : OLDER)
      this.#overlay.addFeatures(features)
    }
    this.#moveTo(this.#overlay)
  }

  #moveTo(source: VectorSource): void {
    const extent = source.getExtent()
    if (extent !== null && !isEmpty(extent)) this.#fit(extent)
  }

  #fit(extent: Extent): void {
    // A third of the sheet stays for what lies around: evidence without its surroundings proves little. What is nearly as large as
    // the plan has none.
    const { extent: whole } = this.#setup
    const isNearlyWhole = getWidth(extent) > 0.4 * getWidth([...whole]) || getHeight(extent) > 0.4 * getHeight([...whole])
    const room = Math.max(PADDING_PX * 2, Math.min(...(this.#map.getSize() ?? [0])) / 3)
    const padding = isNearlyWhole ? PADDING_PX : room
    this.#map
      .getView()
      .fit(extent, { padding: [padding, padding, padding, padding], minResolution: 0.6, duration: this.#duration(true) })
  }

  /** Outlines what the person chose among the things under a click; the evidence stays lit. */
  mark(shapes: readonly FeatureGeometry[]): void {
    this.#marked.clear()
    this.#marked.addFeatures(shapes.flatMap(toFeatures))
  }

  /** Home shows the whole plan; Enter asks what lies under the cross in the middle. */
  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Home' && event.key !== 'Enter') return
    event.preventDefault()
    if (event.key === 'Home') this.showWhole()
    else this.#pick(this.#map.getView().getCenter())
  }

  destroy(): void {
    this.#isFirst = false
    this.#gone.abort()
    this.#draw.destroy()
    this.#map.getTargetElement()?.removeEventListener('keydown', this.#onKey)
    this.#sheets.show([])
    this.#plan.dispose()
    for (const layer of this.#map.getLayers().getArray()) layer.dispose()
    this.#map.setTarget(undefined)
    this.#map.dispose()
  }

  #duration(animated: boolean): number {
    return animated && !this.#still ? ANIMATION_MS : 0
  }
}

const asPlace = (coordinate: readonly number[]): [number, number] => [coordinate[0] ?? 0, coordinate[1] ?? 0]

const middle = ([minX, minY, maxX, maxY]: MapSetup['extent']): [number, number] => [(minX + maxX) / 2, (minY + maxY) / 2]
