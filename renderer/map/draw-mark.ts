import Feature from 'ol/Feature'
import type Geometry from 'ol/geom/Geometry'
import Point from 'ol/geom/Point'
import Modify from 'ol/interaction/Modify'
import VectorLayer from 'ol/layer/Vector'
import type OlMap from 'ol/Map'
import VectorSource from 'ol/source/Vector'
import CircleStyle from 'ol/style/Circle'
import Fill from 'ol/style/Fill'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import { drawingKeyOf, useKeys } from '../shortcuts/keys.ts'
import { CrossLayer } from './cross-layer.ts'
import { isFull, type DrawStep, type MarkDraft } from './mark-draft.ts'
import { markGeometry, markStyles, placesOfGeometry } from './marks-layer.ts'
import { SnapAim } from './snap-aim.ts'
import type { SnapFinder } from './snap-finder.ts'

const COLOUR = '#7A1FA2'
const STEP_PX = 20
const FINE_PX = 1
const EDGE_PX = 30

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
}

const knob = (radius: number, fill: string) =>
  new CircleStyle({ radius, fill: new Fill({ color: fill }), stroke: new Stroke({ color: COLOUR, width: 2 }) })

/** What the map tells of a drawing, and what it could not do. */
export interface DrawEvents {
  step: (step: DrawStep) => void
  failed: (error: unknown) => void
}

/** Draws a mark on the map with the pointer or with keys alone. It keeps no places: every step goes out, the draft comes back in. */
export class DrawMark {
  readonly #map: OlMap
  readonly #aim: SnapAim
  readonly #events: DrawEvents
  readonly #source = new VectorSource()
  readonly #layer = new VectorLayer({ source: this.#source, zIndex: 50 })
  readonly #cross = new CrossLayer()
  readonly #modify: Modify
  #draft: MarkDraft | null = null
  /** Where keys have moved the cross-hair; null while the pointer draws. */
  #hair: [number, number] | null = null
  #isHairFresh = false

  constructor(map: OlMap, snaps: SnapFinder, events: DrawEvents) {
    this.#map = map
    this.#events = events
    this.#aim = new SnapAim(map, snaps, COLOUR, (error) => events.failed(error))
    this.#cross.layer.setZIndex(52)
    this.#modify = new Modify({ source: this.#source, style: new Style({ image: knob(6, '#FFFFFF') }) })
    this.#modify.setActive(false)
    for (const layer of [this.#layer, this.#cross.layer]) map.addLayer(layer)
    map.addInteraction(this.#modify)
    this.#modify.on('modifyend', ({ features }) => {
      const geometry = features.item(0)?.getGeometry()
      if (geometry) events.step({ do: 'replace', xyM: placesOfGeometry(geometry as Geometry) })
    })
    map.on('click', (event) => this.#click(event.coordinate))
    map.on('dblclick', () => {
      if (this.#draft === null) return true
      events.step({ do: 'end' })
      return false
    })
    map.on('pointermove', (event) => {
      if (this.#draft === null || event.dragging) return
      this.#setHair(null)
      this.#look([event.coordinate[0] ?? 0, event.coordinate[1] ?? 0])
    })
    map.getTargetElement()?.addEventListener('keydown', this.#onKey, { capture: true })
  }

  /** True while clicks and keys belong to a drawing. */
  get isOn(): boolean {
    return this.#draft !== null
  }

  /** The draft as it now is; null ends drawing. */
  show(draft: MarkDraft | null): void {
    const begins = this.#draft === null && draft !== null
    this.#draft = draft
    this.#map.getTargetElement()?.setAttribute('data-drawing', draft === null ? 'no' : 'yes')
    this.#modify.setActive(draft?.mode === 'edit')
    this.#source.clear()
    if (draft === null) {
      this.#aim.clear()
      this.#setHair(null)
      return
    }
    if (!draft.isSnapping) this.#aim.clear()
    if (begins) this.#map.getTargetElement()?.focus()
    const geometry = markGeometry(draft)
    if (geometry) {
      const feature = new Feature(geometry)
      feature.setStyle((shape, resolution) => this.#styles(draft, shape.getGeometry() as Geometry, resolution))
      this.#source.addFeature(feature)
    }
    if (draft.held !== null) this.#setHair([draft.xyM[2 * draft.held] ?? 0, draft.xyM[2 * draft.held + 1] ?? 0])
  }

  destroy(): void {
    this.#aim.clear()
    this.#map.getTargetElement()?.removeEventListener('keydown', this.#onKey, { capture: true })
  }

  #styles(draft: MarkDraft, geometry: Geometry, resolution: number): Style[] {
    const xyM = placesOfGeometry(geometry)
    const corners = Array.from({ length: xyM.length / 2 }, (_, place) => {
      const isHeld = draft.held === place
      return new Style({
        geometry: new Point([xyM[2 * place] ?? 0, xyM[2 * place + 1] ?? 0]),
        image: knob(isHeld ? 7 : 5, isHeld ? COLOUR : '#FFFFFF'),
      })
    })
    return [...markStyles({ kind: draft.kind, xyM }, { colour: COLOUR, dash: [] }, false, resolution), ...corners]
  }

  #click(coordinate: readonly number[]): void {
    if (this.#draft === null || this.#draft.mode === 'edit') return
    this.#setHair(null)
    const at: [number, number] = [coordinate[0] ?? 0, coordinate[1] ?? 0]
    this.#add(this.#snapNear(at) ?? at)
  }

  #add(at: readonly [number, number]): void {
    const { xyM = [] } = this.#draft ?? {}
    // The second click of a double one would be the same place again.
    if (xyM.at(-2) === at[0] && xyM.at(-1) === at[1]) return
    this.#isHairFresh = false
    this.#events.step({ do: 'add', at })
  }

  #snapNear(at: readonly [number, number]): [number, number] | null {
    return this.#draft?.isSnapping === true ? this.#aim.near(at) : null
  }

  #look(at: [number, number]): void {
    if (this.#draft?.isSnapping === true) this.#aim.look(at)
  }

  #setHair(at: [number, number] | null): void {
    this.#hair = at
    this.#cross.show(at)
  }

  #resolution(): number {
    return this.#map.getView().getResolution() ?? 1
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const draft = this.#draft
    if (draft === null || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (!this.#press(event.key, event.shiftKey, draft)) return
    // Neither the map's own keys nor the window's hear of it.
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  #press(key: string, isFine: boolean, draft: MarkDraft): boolean {
    const arrow = ARROWS[key]
    const means = drawingKeyOf({ key }, useKeys.getState().changed)
    if (arrow) this.#moveHair(arrow, isFine ? FINE_PX : STEP_PX, draft)
    else if (key === 'Enter') this.#enter(draft)
    else if (key === 'Escape') this.#events.step({ do: 'cancel' })
    else if (key === 'Delete' && draft.mode === 'edit') this.#events.step({ do: 'remove' })
    else if (means === 'setPlace') this.#set(draft)
    else if (means === 'lastPlace') this.#events.step({ do: draft.mode === 'draw' ? 'back' : 'remove' })
    else if (means === 'snap') this.#events.step({ do: 'snap' })
    else if (means === 'nextPlace' && draft.mode === 'edit') this.#events.step({ do: 'hold', by: isFine ? -1 : 1 })
    else return false
    return true
  }

  /** Sets a place where the cross-hair was moved to; where it was not moved since the last place, the mark is done. */
  #enter(draft: MarkDraft): void {
    if (draft.mode === 'draw' && this.#hair !== null && this.#isHairFresh && !isFull(draft)) this.#set(draft)
    else this.#events.step({ do: 'end' })
  }

  #set(draft: MarkDraft): void {
    if (draft.mode === 'edit') return
    const at = this.#hair ?? this.#centre()
    this.#setHair(at)
    this.#add(this.#snapNear(at) ?? at)
  }

  #centre(): [number, number] {
    const [x = 0, y = 0] = this.#map.getView().getCenter() ?? []
    return [x, y]
  }

  #moveHair([right, up]: readonly [number, number], stepPx: number, draft: MarkDraft): void {
    const from = this.#hair ?? this.#lastPlace(draft) ?? this.#centre()
    const stepM = stepPx * this.#resolution()
    const at: [number, number] = [from[0] + right * stepM, from[1] + up * stepM]
    this.#isHairFresh = true
    this.#setHair(at)
    this.#keepInSight(at)
    if (draft.held !== null) this.#events.step({ do: 'move', place: draft.held, at })
    else this.#look(at)
  }

  #lastPlace({ xyM }: MarkDraft): [number, number] | null {
    const [x, y] = xyM.slice(-2)
    return x === undefined || y === undefined ? null : [x, y]
  }

  /** Moves the map when the cross-hair would leave it. */
  #keepInSight(at: [number, number]): void {
    const [width = 0, height = 0] = this.#map.getSize() ?? []
    const [x = 0, y = 0] = this.#map.getPixelFromCoordinate(at) ?? [0, 0]
    if (x < EDGE_PX || y < EDGE_PX || x > width - EDGE_PX || y > height - EDGE_PX) this.#map.getView().setCenter(at)
  }
}
