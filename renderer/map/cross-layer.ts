import Feature from 'ol/Feature'
import Point from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import VectorSource from 'ol/source/Vector'
import Fill from 'ol/style/Fill'
import RegularShape from 'ol/style/RegularShape'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'

const arms = (colour: string, width: number) =>
  new Style({
    image: new RegularShape({
      points: 4,
      radius: 12,
      radius2: 0,
      angle: 0,
      fill: new Fill({ color: colour }),
      stroke: new Stroke({ color: colour, width }),
    }),
  })

/** Where the pointer is on another map: a cross with a white halo. */
export class CrossLayer {
  readonly #point = new Point([0, 0])
  readonly layer = new VectorLayer({
    source: new VectorSource({ features: [new Feature(this.#point)] }),
    style: [arms('#FFFFFF', 5), arms('#C2003E', 1.5)],
    visible: false,
  })

  show(at: readonly [number, number] | null): void {
    if (at) this.#point.setCoordinates([...at])
    this.layer.setVisible(at !== null)
  }
}
