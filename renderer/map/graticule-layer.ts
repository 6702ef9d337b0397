import Feature from 'ol/Feature'
import LineString from 'ol/geom/LineString'
import Point from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import VectorSource from 'ol/source/Vector'
import Fill from 'ol/style/Fill'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import Text from 'ol/style/Text'
import type { GraticuleLine } from '#core/map/graticule.ts'

const LINE = [
  new Style({ stroke: new Stroke({ color: 'rgba(255, 255, 255, 0.7)', width: 2.5 }) }),
  new Style({ stroke: new Stroke({ color: 'rgba(60, 70, 80, 0.75)', width: 0.8 }) }),
]

const labelStyle = ({ label, axis }: GraticuleLine): Style =>
  new Style({
    text: new Text({
      text: label,
      font: '500 10px system-ui, sans-serif',
      fill: new Fill({ color: '#2B3238' }),
      stroke: new Stroke({ color: 'rgba(255, 255, 255, 0.95)', width: 3 }),
      overflow: true,
      ...(axis === 'east'
        ? { textBaseline: 'bottom' as const, offsetY: -30, textAlign: 'center' as const }
        : { textAlign: 'left' as const, offsetX: 52, textBaseline: 'bottom' as const, offsetY: -1 }),
    }),
  })

/** Lines of round coordinates with their figures along the lower and the left side of the map. */
export class GraticuleLayer {
  readonly #source = new VectorSource()
  readonly layer = new VectorLayer({ source: this.#source })

  show(lines: readonly GraticuleLine[]): void {
    this.#source.clear(true)
    for (const line of lines) {
      const run: number[][] = []
      for (let i = 0; i + 1 < line.xyM.length; i += 2) run.push([line.xyM[i] ?? 0, line.xyM[i + 1] ?? 0])
      const drawn = new Feature(new LineString(run))
      drawn.setStyle(LINE)
      this.#source.addFeature(drawn)
      if (line.labelAtM === null) continue
      const figure = new Feature(new Point(line.labelAtM))
      figure.setStyle(labelStyle(line))
      this.#source.addFeature(figure)
    }
  }
}
