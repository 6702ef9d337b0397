import Feature from 'ol/Feature'
import type Geometry from 'ol/geom/Geometry'
import LineString from 'ol/geom/LineString'
import MultiLineString from 'ol/geom/MultiLineString'
import MultiPolygon from 'ol/geom/MultiPolygon'
import Point from 'ol/geom/Point'
import Polygon from 'ol/geom/Polygon'
import DragPan from 'ol/interaction/DragPan'
import Modify, { type ModifyEvent } from 'ol/interaction/Modify'
import VectorLayer from 'ol/layer/Vector'
import type OlMap from 'ol/Map'
import type MapBrowserEvent from 'ol/MapBrowserEvent'
import VectorSource from 'ol/source/Vector'
import CircleStyle from 'ol/style/Circle'
import Fill from 'ol/style/Fill'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import { CHANGE_LOOKS } from './change-looks.ts'
import { CHOSEN, haloed } from './chosen-style.ts'
import { pressedKey } from './edit-keys.ts'
import { movedVertex, placeOfVertex, verticesOf, withVertexAt } from './edit-vertices.ts'
import { entryStyle } from './layer-style.ts'
import type { ChangedShape, EditParts, MapEdit, Place, ReshapedShape } from './map-edit.ts'
import { toFeatures } from './shapes-to-features.ts'
import { SnapAim } from './snap-aim.ts'
import type { SnapFinder, SnapWish } from './snap-finder.ts'

const GRAB_PX = 10
const PICK_PX = 6
const EDGE_PX = 30
/** A drag reports places at least so far apart. */
const PAINT_STEP_PX = 7

const DRAFT = haloed('#00574B', 'rgba(0, 137, 123, 0.2)', 5)
const HELD = new Style({
  image: new CircleStyle({ radius: 8, fill: new Fill({ color: '#00574B' }), stroke: new Stroke({ color: '#FFFFFF', width: 3 }) }),
  zIndex: 9,
})
const TRAIL = haloed('#6A1B9A', 'rgba(0, 0, 0, 0)', 3, 4)

/** Draws what an option changed, and turns clicks, drags and keys on the map into edits. Made once per map. */
export class EditTools {
  readonly #map: OlMap
  readonly #changed = new VectorSource()
  readonly #chosen = new VectorSource()
  readonly #draft = new VectorSource()
  readonly #held = new VectorSource()
  readonly #layers: readonly VectorLayer[]
  readonly #modify: Modify
  readonly #aim: SnapAim
  #edit: MapEdit | null = null
  #drawn: readonly ChangedShape[] = []
  #picked: MapEdit['chosen'] = []
  #trail: Place[] = []
  /** Points are set in the order of the clicks, whenever their corners come. */
  #points: Promise<void> = Promise.resolve()

  constructor(map: OlMap, snaps: SnapFinder) {
    this.#map = map
    this.#aim = new SnapAim(map, snaps, '#00574B', (error) => this.#edit?.onFail(error))
    this.#layers = [
      new VectorLayer({ source: this.#changed }),
      new VectorLayer({ source: this.#chosen, style: CHOSEN }),
      new VectorLayer({ source: this.#draft, style: DRAFT }),
      // By itself: what lies in the draft can be dragged.
      new VectorLayer({ source: this.#held, style: HELD }),
    ]
    for (const layer of this.#layers) map.addLayer(layer)
    this.#modify = new Modify({ source: this.#draft, pixelTolerance: GRAB_PX })
    this.#modify.setActive(false)
    this.#modify.on('modifyend', (event) => this.#onModified(event))
    map.addInteraction(this.#modify)
    map.on('click', this.#onClick)
    map.on('dblclick', this.#onDoubleClick)
    map.on('pointermove', this.#onMove)
    map.on('pointerdrag', this.#onDrag)
    map.getViewport()?.addEventListener('pointerup', this.#onRelease)
    map.getTargetElement()?.addEventListener('keydown', this.#onKey, true)
  }

  show(edit: MapEdit): void {
    this.#edit = edit
    if (edit.changed !== this.#drawn) {
      this.#drawn = edit.changed
      this.#changed.clear()
      this.#changed.addFeatures(edit.changed.flatMap(changedFeatures))
    }
    if (edit.chosen !== this.#picked) {
      this.#picked = edit.chosen
      this.#chosen.clear()
      this.#chosen.addFeatures(edit.chosen.flatMap(toFeatures))
    }
    if (!edit.isSnapping || (edit.tool !== 'draw' && edit.tool !== 'reshape')) this.#aim.clear()
    this.#modify.setActive(edit.tool === 'reshape')
    for (const interaction of this.#map.getInteractions().getArray())
      if (interaction instanceof DragPan) interaction.setActive(edit.tool !== 'paint')
    this.#drawDraft(null)
  }

  /** The drawing so far, with a line to where the pointer is. */
  #drawDraft(pointer: Place | null): void {
    const edit = this.#edit
    this.#draft.clear()
    this.#held.clear()
    if (!edit) return
    if (edit.tool === 'reshape' && edit.reshaped) this.#drawReshaped(edit.reshaped)
    if (edit.tool !== 'draw') return
    const points = [...edit.draft, ...(pointer && edit.draft.length > 0 ? [pointer] : [])].map(([x, y]) => [x, y])
    if (points.length > 2 && edit.draftKind === 'polygon')
      this.#draft.addFeature(new Feature(new Polygon([[...points, ...points.slice(0, 1)]])))
    else if (points.length > 1) this.#draft.addFeature(new Feature(new LineString(points)))
    this.#draft.addFeatures(edit.draft.map(([x, y]) => new Feature(new Point([x, y]))))
  }

  #drawReshaped({ kind, parts, held }: ReshapedShape): void {
    this.#draft.addFeature(new Feature(geometryOf({ kind, parts })))
    const at = held === null ? undefined : verticesOf(parts)[held]
    if (at !== undefined) this.#held.addFeature(new Feature(new Point([...placeOfVertex(parts, at)])))
  }

  #toleranceM(px: number): number {
    return px * (this.#map.getView().getResolution() ?? 1)
  }

  /** What a place jumps to beside the plan: what the option changed, but not the shape that is moved. */
  #wish(): SnapWish {
    const { changed = [], reshaped = null } = this.#edit ?? {}
    const beside = changed.filter(({ kind, of }) => kind !== 'deleted' && !isSame(of, reshaped?.feature))
    return { beside: beside.map(({ shape }) => shape), except: reshaped?.feature }
  }

  #point(at: Place, isFree: boolean): void {
    const isSnapping = this.#edit?.isSnapping === true && !isFree
    this.#points = this.#points
      .then(async () => this.#edit?.onPoint(isSnapping ? await this.#aim.jump(at, this.#wish()) : at))
      .catch((error: unknown) => this.#edit?.onFail(error))
  }

  #onModified({ features, mapBrowserEvent }: ModifyEvent): void {
    const edit = this.#edit
    const geometry = features.item(0)?.getGeometry()
    if (!geometry || !edit?.reshaped) return
    const parts = partsOf(geometry)
    const vertex = movedVertex(edit.reshaped.parts, parts)
    edit.onReshape(parts)
    const isFree = mapBrowserEvent?.originalEvent.altKey === true
    if (vertex === null || !edit.isSnapping || isFree) return
    const dropped = placeOfVertex(parts, vertex)
    this.#aim.jump(dropped, this.#wish()).then(
      (to) => {
        // The person may have gone on meanwhile.
        if (to !== dropped && this.#edit?.reshaped?.parts === parts) this.#edit.onReshape(withVertexAt(parts, vertex, to))
        this.#aim.clear()
      },
      (error: unknown) => this.#edit?.onFail(error),
    )
  }

  readonly #onClick = (event: MapBrowserEvent): void => {
    const at = placeOf(event.coordinate)
    const edit = this.#edit
    if (edit?.tool === 'draw') {
      const { originalEvent } = event
      this.#point(at, originalEvent instanceof MouseEvent && originalEvent.altKey)
    } else if (edit?.tool === 'select' || edit?.tool === 'paint') edit.onPick([at], this.#toleranceM(PICK_PX))
  }

  readonly #onDoubleClick = (event: MapBrowserEvent): void => {
    if (this.#edit?.tool !== 'draw') return
    event.stopPropagation()
    // Points whose corners are still looked for come first.
    void this.#points.then(() => this.#edit?.onFinish())
  }

  readonly #onMove = (event: MapBrowserEvent): void => {
    if (this.#edit?.tool !== 'draw' || event.dragging) return
    const at = placeOf(event.coordinate)
    this.#drawDraft(at)
    if (this.#edit.isSnapping) this.#aim.look(at, this.#wish())
  }

  readonly #onDrag = (event: MapBrowserEvent): void => {
    const at = placeOf(event.coordinate)
    if (this.#edit?.tool === 'reshape' && this.#edit.isSnapping) this.#aim.look(at, this.#wish())
    if (this.#edit?.tool !== 'paint') return
    const last = this.#trail.at(-1)
    if (last && Math.hypot(at[0] - last[0], at[1] - last[1]) < this.#toleranceM(PAINT_STEP_PX)) return
    this.#trail.push(at)
    this.#draft.clear()
    const trail = new Feature(new LineString(this.#trail.map(([x, y]) => [x, y])))
    trail.setStyle(TRAIL)
    this.#draft.addFeature(trail)
  }

  readonly #onRelease = (): void => {
    const trail = this.#trail
    this.#trail = []
    if (trail.length < 2) return
    this.#draft.clear()
    this.#edit?.onPick(trail, this.#toleranceM(1))
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const edit = this.#edit
    if (!edit) return
    const view = this.#map.getView()
    const isOurs = pressedKey(edit, event, {
      centre: () => placeOf(view.getCenter() ?? []),
      metresPerPx: this.#toleranceM(1),
      corner: (near) => this.#aim.near(near),
      point: (at, isFree) => this.#point(at, isFree),
      pick: (places) => edit.onPick(places, this.#toleranceM(places.length > 1 ? 1 : PICK_PX)),
      goTo: ([x, y]) => view.setCenter([x, y]),
      moved: (at) => {
        this.#keepInSight(at)
        if (edit.isSnapping) this.#aim.look(at, this.#wish())
      },
    })
    if (!isOurs) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  /** Moves the map when a held vertex would leave it. */
  #keepInSight([x, y]: Place): void {
    const [width = 0, height = 0] = this.#map.getSize() ?? []
    const [left = 0, top = 0] = this.#map.getPixelFromCoordinate([x, y]) ?? []
    if (left < EDGE_PX || top < EDGE_PX || left > width - EDGE_PX || top > height - EDGE_PX) this.#map.getView().setCenter([x, y])
  }

  remove(): void {
    const map = this.#map
    map.un('click', this.#onClick)
    map.un('dblclick', this.#onDoubleClick)
    map.un('pointermove', this.#onMove)
    map.un('pointerdrag', this.#onDrag)
    map.getViewport()?.removeEventListener('pointerup', this.#onRelease)
    map.getTargetElement()?.removeEventListener('keydown', this.#onKey, true)
    map.removeInteraction(this.#modify)
    this.#aim.remove()
    for (const layer of this.#layers) {
      map.removeLayer(layer)
      layer.dispose()
    }
    for (const interaction of map.getInteractions().getArray()) if (interaction instanceof DragPan) interaction.setActive(true)
  }
}

const placeOf = (coordinate: readonly number[]): Place => [coordinate[0] ?? 0, coordinate[1] ?? 0]

function changedFeatures({ kind, shape, fill }: ChangedShape): Feature<Geometry>[] {
  const look = CHANGE_LOOKS[kind]
  const entry = {
    index: 0,
    code: '',
    label: { zh: '', en: '' },
    fill: fill ?? look.fill,
    stroke: look.stroke,
    strokeWidthPx: shape.kind === 'line' ? 4 : 2.5,
    dash: look.dash && [...look.dash],
    hatch: look.hatch,
    features: 0,
  }
  const rim = new Style({ ...entryOptions(kind) })
  const own = entryStyle(shape.kind, entry)
  own.setZIndex(2)
  const features = toFeatures(shape)
  for (const feature of features) feature.setStyle([rim, own])
  return features
}

/** A white line under the outline, so that it is seen on every land-use colour. */
const entryOptions = (kind: ChangedShape['kind']) => {
  const stroke = haloed(CHANGE_LOOKS[kind].stroke, 'rgba(0, 0, 0, 0)', 6, 2.5)[0]?.getStroke()
  return stroke ? { stroke, zIndex: 1 } : {}
}

const pairs = (ring: readonly number[]): number[][] =>
  Array.from({ length: ring.length >> 1 }, (_, at) => [ring[2 * at] ?? 0, ring[2 * at + 1] ?? 0])

const isSame = (one: ChangedShape['of'], other: ChangedShape['of'] | undefined): boolean =>
  one.layerId === other?.layerId && one.fid === other.fid

function geometryOf({ kind, parts }: Pick<ReshapedShape, 'kind' | 'parts'>): Geometry {
  if (kind === 'polygon') return new MultiPolygon(parts.map((rings) => rings.map(pairs)))
  if (kind === 'line') return new MultiLineString(parts.flatMap((rings) => rings.map(pairs)))
  return new Point(parts[0]?.[0]?.slice(0, 2) ?? [0, 0])
}

function partsOf(geometry: Geometry): EditParts {
  if (geometry instanceof MultiPolygon) return geometry.getCoordinates().map((rings) => rings.map((ring) => ring.flat()))
  if (geometry instanceof MultiLineString) return geometry.getCoordinates().map((line) => [line.flat()])
  return geometry instanceof Point ? [[geometry.getCoordinates()]] : []
}
