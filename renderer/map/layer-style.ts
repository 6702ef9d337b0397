import Fill from 'ol/style/Fill'
import Stroke from 'ol/style/Stroke'
import Style, { type StyleFunction } from 'ol/style/Style'
import CircleStyle from 'ol/style/Circle'
import type { LegendEntry, MapLayer } from '#core/contract/map-data.ts'
import { HATCH_LINES, HATCH_PX } from '#core/map/hatches.ts'
import type { LayerKind } from '#core/model/roles.ts'

/** A small tile of canvas that repeats: hatches stay readable in print and for colour-blind readers. */
function hatchPattern(entry: Pick<LegendEntry, 'fill' | 'stroke' | 'hatch' | 'hatchColour'>): CanvasPattern | null {
  const canvas = document.createElement('canvas')
  canvas.width = HATCH_PX
  canvas.height = HATCH_PX
  const context = canvas.getContext('2d')
  if (!context) return null
  if (entry.fill !== null) {
    context.fillStyle = entry.fill
    context.fillRect(0, 0, HATCH_PX, HATCH_PX)
  }
  context.strokeStyle = entry.hatchColour ?? entry.stroke ?? '#555555'
  context.fillStyle = context.strokeStyle
  context.lineWidth = 1
  context.beginPath()
  if (entry.hatch === 'dots') context.arc(HATCH_PX / 2, HATCH_PX / 2, 1.1, 0, Math.PI * 2)
  for (const [x1, y1, x2, y2] of HATCH_LINES[entry.hatch]) {
    context.moveTo(x1, y1)
    context.lineTo(x2, y2)
  }
  if (entry.hatch === 'dots') context.fill()
  else context.stroke()
  return context.createPattern(canvas, 'repeat')
}

/** How an area of a map by unit is drawn: its colour, or hatched where nothing is known. */
export function areaStyle(fill: string, hatchColour: string | null): Style {
  const colour = hatchColour === null ? fill : hatchPattern({ fill, hatchColour, hatch: 'diagonal', stroke: null })
  return new Style({
    ...(colour === null ? {} : { fill: new Fill({ color: colour }) }),
    stroke: new Stroke({ color: '#4A4F4C', width: 0.8 }),
  })
}

const strokeOf = (entry: LegendEntry): Stroke | undefined =>
  entry.stroke === null
    ? undefined
    : new Stroke({ color: entry.stroke, width: entry.strokeWidthPx, ...(entry.dash ? { lineDash: entry.dash } : {}) })

/** How one class of features is drawn. */
export function entryStyle(kind: LayerKind, entry: LegendEntry): Style {
  if (kind === 'point') {
    const stroke = new Stroke({ color: entry.stroke ?? '#FFFFFF', width: entry.stroke === null ? 1.2 : entry.strokeWidthPx })
    return new Style({
      image: new CircleStyle({ radius: entry.markerPx ?? 3, fill: new Fill({ color: entry.fill ?? '#333333' }), stroke }),
    })
  }
  const stroke = strokeOf(entry)
  if (kind === 'line') return new Style(stroke ? { stroke } : {})
  const colour = entry.hatch === 'none' ? entry.fill : hatchPattern(entry)
  return new Style({ ...(colour === null ? {} : { fill: new Fill({ color: colour }) }), ...(stroke ? { stroke } : {}) })
}

/** The style of a layer's tiles: one style per legend entry, made once; overview cells are filled without outlines. */
export function layerStyle(layer: MapLayer): StyleFunction {
  const styles = layer.legend.map((entry) => entryStyle(layer.kind, entry))
  const cells = styles.map((style) => {
    const fill = style.getFill()
    return new Style(fill ? { fill } : {})
  })
  return (feature) => (feature.get('cell') === true ? cells : styles)[Number(feature.get('c'))]
}
