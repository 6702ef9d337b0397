import Icon from 'ol/style/Icon'
import Style from 'ol/style/Style'

const FONT = '600 12px sans-serif'
const HEIGHT_PX = 18
const HALO_PX = 4

const known = new Map<string, Style>()

/** A number with a white halo, drawn once: the map library measures texts by writing HTML, which this page forbids. */
export function numberStyle(label: string): Style {
  const found = known.get(label)
  if (found) return found
  const ratio = window.devicePixelRatio
  const img = document.createElement('canvas')
  const measure = img.getContext('2d')
  if (measure) measure.font = FONT
  const widthPx = Math.ceil(measure?.measureText(label).width ?? 0) + 2 * HALO_PX
  img.width = Math.round(widthPx * ratio)
  img.height = Math.round(HEIGHT_PX * ratio)
  const context = img.getContext('2d')
  if (context) {
    context.scale(ratio, ratio)
    context.font = FONT
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.lineJoin = 'round'
    context.lineWidth = HALO_PX
    context.strokeStyle = '#FFFFFF'
    context.strokeText(label, widthPx / 2, HEIGHT_PX / 2 + 1)
    context.fillStyle = '#16191A'
    context.fillText(label, widthPx / 2, HEIGHT_PX / 2 + 1)
  }
  const made = new Style({ image: new Icon({ img, scale: 1 / ratio }) })
  known.set(label, made)
  return made
}
