import Feature from 'ol/Feature'
import type Geometry from 'ol/geom/Geometry'
import LineString from 'ol/geom/LineString'
import MultiLineString from 'ol/geom/MultiLineString'
import MultiPolygon from 'ol/geom/MultiPolygon'
import Point from 'ol/geom/Point'
import Polygon from 'ol/geom/Polygon'
import DragPan from 'ol/interaction/DragPan'
import Modify from 'ol/interaction/Modify'
import VectorLayer from 'ol/layer/Vector'
import type OlMap from 'ol/Map'
import type MapBrowserEvent from 'ol/MapBrowserEvent'
import VectorSource from 'ol/source/Vector'
import Style from 'ol/style/Style'
import { CHANGE_LOOKS } from './change-looks.ts'
import { CHOSEN, haloed } from './chosen-style.ts'
import { entryStyle } from './layer-style.ts'
import type { ChangedShape, EditParts, MapEdit, Place } from './map-edit.ts'
import { toFeatures } from './shapes-to-features.ts'

const SNAP_PX = 10
const PICK_PX = 6
/** A drag reports places at least so far apart. */
const PAINT_STEP_PX = 7

const DRAFT = haloed('#00574B', 'rgba(0, 137, 123, 0.2)', 5)
const TRAIL = haloed('#6A1B9A', 'rgba(0, 0, 0, 0)', 3, 4)

/** Draws what an option changed, and turns clicks, drags and keys on the map into edits. Made once per map. */
export class EditTools {
  readonly #map: OlMap
  readonly #changed = new VectorSource()
  readonly #chosen = new VectorSource()
  readonly #draft = new VectorSource()
  readonly #layers: readonly VectorLayer[]
  readonly #modify: Modify
  #edit: MapEdit | null = null
  #drawn: readonly ChangedShape[] = []
  #trail: Place[] = []

  constructor(map: OlMap) {
    this.#map = map
    this.#layers = [
      new VectorLayer({ source: this.#changed }),
      new VectorLayer({ source: this.#chosen, style: CHOSEN }),
      new VectorLayer({ source: this.#draft, style: DRAFT }),
    ]
    for (const layer of this.#layers) map.addLayer(layer)
    this.#modify = new Modify({ source: this.#draft, pixelTolerance: SNAP_PX })
    this.#modify.setActive(false)
    this.#modify.on('modifyend', ({ features }) => {
      const geometry = features.item(0)?.getGeometry()
      if (geometry) this.#edit?.onReshape(partsOf(geometry))
    })
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
    this.#chosen.clear()
    this.#chosen.addFeatures(edit.chosen.flatMap(toFeatures))
    this.#modify.setActive(edit.tool === 'reshape')
    for (const interaction of this.#map.getInteractions().getArray())
      if (interaction instanceof DragPan) interaction.setActive(edit.tool !== 'paint')
    this.#drawDraft(null)
  }

  /** The drawing so far, with a line to where the pointer is. */
  #drawDraft(pointer: Place | null): void {
    const edit = this.#edit
    this.#draft.clear()
    if (!edit) return
    if (edit.tool === 'reshape' && edit.reshaped) this.#draft.addFeature(new Feature(geometryOf(edit.reshaped)))
    if (edit.tool !== 'draw') return
    const points = [...edit.draft, ...(pointer && edit.draft.length > 0 ? [pointer] : [])].map(([x, y]) => [x, y])
    if (points.length > 2 && edit.draftKind === 'polygon')
      this.#draft.addFeature(new Feature(new Polygon([[...points, ...points.slice(0, 1)]])))
    else if (points.length > 1) this.#draft.addFeature(new Feature(new LineString(points)))
    this.#draft.addFeatures(edit.draft.map(([x, y]) => new Feature(new Point([x, y]))))
  }

  #toleranceM(px: number): number {
    return px * (this.#map.getView().getResolution() ?? 1)
  }

  readonly #onClick = (event: MapBrowserEvent): void => {
    const at = placeOf(event.coordinate)
    const edit = this.#edit
    if (edit?.tool === 'draw') {
      const { originalEvent } = event
      edit.onPoint(at, this.#toleranceM(SNAP_PX), originalEvent instanceof MouseEvent && originalEvent.altKey)
    } else if (edit?.tool === 'select' || edit?.tool === 'paint') edit.onPick([at], this.#toleranceM(PICK_PX))
  }

  readonly #onDoubleClick = (event: MapBrowserEvent): void => {
    if (this.#edit?.tool !== 'draw') return
    event.stopPropagation()
    this.#edit.onFinish()
  }

  readonly #onMove = (event: MapBrowserEvent): void => {
    if (this.#edit?.tool === 'draw' && !event.dragging) this.#drawDraft(placeOf(event.coordinate))
  }

  readonly #onDrag = (event: MapBrowserEvent): void => {
    if (this.#edit?.tool !== 'paint') return
    const at = placeOf(event.coordinate)
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

  /** Space sets a point at the cross in the middle, Enter ends the drawing; while selecting, Enter picks there and Ctrl+Enter makes the step. */
  readonly #onKey = (event: KeyboardEvent): void => {
    const edit = this.#edit
    if (!edit || edit.tool === 'look' || event.isComposing) return
    const centre = placeOf(this.#map.getView().getCenter() ?? [])
    const isShaping = edit.tool === 'draw' || edit.tool === 'reshape'
    if (event.key === 'Enter' && (event.ctrlKey || isShaping)) edit.onFinish()
    else if (event.key === ' ' && edit.tool === 'draw') edit.onPoint(centre, this.#toleranceM(SNAP_PX), event.altKey)
    else if (event.key === 'Enter' || event.key === ' ') edit.onPick([centre], this.#toleranceM(PICK_PX))
    else if (event.key === 'Backspace') edit.onBack()
    else if (event.key === 'Escape') edit.onCancel()
    else return
    event.preventDefault()
    event.stopImmediatePropagation()
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

function geometryOf({ kind, parts }: NonNullable<MapEdit['reshaped']>): Geometry {
  if (kind === 'polygon') return new MultiPolygon(parts.map((rings) => rings.map(pairs)))
  if (kind === 'line') return new MultiLineString(parts.flatMap((rings) => rings.map(pairs)))
  return new Point(parts[0]?.[0]?.slice(0, 2) ?? [0, 0])
}

function partsOf(geometry: Geometry): EditParts {
  if (geometry instanceof MultiPolygon) return geometry.getCoordinates().map((rings) => rings.map((ring) => ring.flat()))
  if (geometry instanceof MultiLineString) return geometry.getCoordinates().map((line) => [line.flat()])
  return geometry instanceof Point ? [[geometry.getCoordinates()]] : []
}
