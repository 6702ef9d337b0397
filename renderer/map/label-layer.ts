import Feature from 'ol/Feature'
import Point from 'ol/geom/Point'
import VectorLayer from 'ol/layer/Vector'
import VectorSource from 'ol/source/Vector'
import Fill from 'ol/style/Fill'
import Stroke from 'ol/style/Stroke'
import Style from 'ol/style/Style'
import Text from 'ol/style/Text'
import type { MapLabel } from '#core/contract/map-data.ts'
import { OVER_PX } from '#core/map/labels.ts'

/** Names were given room at one scale; far from it they would lie over each other. */
const LEAST = 0.7
const MOST = 1.45

const styleOf = ({ text, sizePx, colour, over }: MapLabel): Style =>
  new Style({
    text: new Text({
      text,
      font: `600 ${sizePx}px "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif`,
      fill: new Fill({ color: colour }),
      stroke: new Stroke({ color: 'rgba(255, 255, 255, 0.92)', width: 3 }),
      overflow: true,
      ...(over ? { offsetY: -OVER_PX, textBaseline: 'bottom' as const } : {}),
    }),
  })

/** Names with a white halo, as the backend found room for them. */
export class LabelLayer {
  readonly #source = new VectorSource()
  readonly layer = new VectorLayer({ source: this.#source })
  #atMetresPerPx = 1

  show(labels: readonly MapLabel[], metresPerPx: number): void {
    this.#atMetresPerPx = metresPerPx
    this.#source.clear(true)
    this.#source.addFeatures(
      labels.map((label) => {
        const feature = new Feature(new Point([label.xM, label.yM]))
        feature.setStyle(styleOf(label))
        return feature
      }),
    )
    this.layer.setVisible(true)
  }

  /** Hides names that were made for quite another scale, until those for this one come. */
  zoomed(metresPerPx: number): void {
    const ratio = metresPerPx / this.#atMetresPerPx
    this.layer.setVisible(ratio > LEAST && ratio < MOST)
  }
}
