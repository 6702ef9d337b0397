import Feature from 'ol/Feature'
import Point from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import type OlMap from 'ol/Map'
import VectorSource from 'ol/source/Vector'
import CircleStyle from 'ol/style/Circle'
import Fill from 'ol/style/Fill'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import { AppError } from '#core/errors.ts'
import type { SnapFinder, SnapWish } from './snap-finder.ts'

const REACH_PX = 12
const REST_MS = 60

const ring = (colour: string, width: number) =>
  new Style({ image: new CircleStyle({ radius: 8, stroke: new Stroke({ color: colour, width }) }) })
const dot = (colour: string) => new Style({ image: new CircleStyle({ radius: 2, fill: new Fill({ color: colour }) }) })

/** The corner that a drawing would jump to: looked for while the pointer or the cross-hair rests, and shown with a ring. */
export class SnapAim {
  readonly layer: VectorLayer
  readonly #map: OlMap
  readonly #finder: SnapFinder
  readonly #failed: (error: unknown) => void
  readonly #point = new Feature<Point>()
  #corner: [number, number] | null = null
  #rest: ReturnType<typeof setTimeout> | undefined
  #asked: AbortController | null = null

  constructor(map: OlMap, finder: SnapFinder, colour: string, failed: (error: unknown) => void) {
    this.#map = map
    this.#finder = finder
    this.#failed = failed
    this.layer = new VectorLayer({
      source: new VectorSource<Feature<Point>>({ features: [this.#point] }),
      zIndex: 51,
      style: [ring('#FFFFFF', 5), ring(colour, 2.5), dot(colour)],
    })
    map.addLayer(this.layer)
  }

  /** Asks for corners once nothing has moved for a moment. */
  look(at: readonly [number, number], wish: SnapWish = {}): void {
    this.#stop()
    if (this.near(at) === null) this.#set(null)
    this.#rest = setTimeout(() => {
      const asked = new AbortController()
      this.#asked = asked
      this.#finder.find(at, this.#reachM(), { ...wish, signal: asked.signal }).then(
        (corner) => asked.signal.aborted || this.#set(corner),
        (error: unknown) => {
          if (!(error instanceof AppError) || error.code !== 'request.cancelled') this.#failed(error)
        },
      )
    }, REST_MS)
  }

  /** The corner that is shown, where it is within reach of a place. */
  near(at: readonly [number, number]): [number, number] | null {
    const corner = this.#corner
    if (corner === null) return null
    return Math.hypot(corner[0] - at[0], corner[1] - at[1]) <= this.#reachM() ? corner : null
  }

  /** Where a place jumps to: the corner that is shown, else one that is looked for now; the place itself where there is none. */
  async jump(at: readonly [number, number], wish: SnapWish = {}): Promise<readonly [number, number]> {
    return this.near(at) ?? (await this.#finder.find(at, this.#reachM(), wish)) ?? at
  }

  clear(): void {
    this.#stop()
    this.#set(null)
  }

  remove(): void {
    this.clear()
    this.#map.removeLayer(this.layer)
    this.layer.dispose()
  }

  #stop(): void {
    clearTimeout(this.#rest)
    this.#asked?.abort()
  }

  #set(corner: [number, number] | null): void {
    this.#corner = corner
    this.#point.setGeometry(corner === null ? undefined : new Point(corner))
    this.#map.getTargetElement()?.setAttribute('data-snap', corner === null ? 'no' : 'yes')
  }

  #reachM(): number {
    return REACH_PX * (this.#map.getView().getResolution() ?? 1)
  }
}
