import Feature from 'ol/Feature'
import Point from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import VectorSource from 'ol/source/Vector'
import Icon from 'ol/style/Icon'
import Style from 'ol/style/Style'
import { drawPin, PIN_PX, type Pin } from './pins.ts'

/** A picture of the pin: the map library measures texts by writing HTML, which this page forbids. */
function styleOf(pin: Pin): Style {
  const ratio = window.devicePixelRatio
  const side = 2 * PIN_PX + 4
  const img = document.createElement('canvas')
  img.width = Math.round(side * ratio)
  img.height = Math.round(side * ratio)
  const context = img.getContext('2d')
  if (context) {
    context.scale(ratio, ratio)
    drawPin(context, side / 2, side / 2, pin)
  }
  return new Style({ image: new Icon({ img, scale: 1 / ratio }) })
}

/** Numbered pins above everything else on the map. */
export class PinLayer {
  readonly #source = new VectorSource()
  readonly layer = new VectorLayer({ source: this.#source })

  show(pins: readonly Pin[]): void {
    this.#source.clear()
    for (const pin of pins) {
      const feature = new Feature(new Point([...pin.at]))
      feature.setStyle(styleOf(pin))
      this.#source.addFeature(feature)
    }
  }
}
