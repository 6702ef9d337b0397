import type { LegendEntry } from '../contract/map-data.ts'
import { drawParcels, type DrawnClass } from '../map/generalise.ts'
import { labelWishes, placeLabels } from '../map/labels.ts'
import { labelStyleOf } from '../map/label-styles.ts'
import { drawShapes, PT_PER_PX, shapeSvg, type Patterns } from '../map/map-layers.ts'
import { paperPoint, PT_PER_MM, runPath, type Paper } from '../map/paper.ts'
import { roleStyleOf } from '../map/styles.ts'
import { paint, path, text } from '../map/svg.ts'
import type { Lang } from '../text.ts'
import { cutLayer } from './cut-layer.ts'
import { isShapes, type AnySheetLayer, type SheetLayer } from './sheet-layer.ts'
import { pictureSvg, type SheetPictures } from './sheet-pictures.ts'

/** What is drawn of one layer: which entries can be seen, and whether shapes were merged because there are too many. */
export interface SeenOnSheet {
  layer: AnySheetLayer
  entries: LegendEntry[]
  isMerged: boolean
  features: number
}

export interface Content {
  svg: string
  seen: SeenOnSheet[]
}

/** Strokes and discs at the window's sides are drawn whole and cut by the frame. */
const AROUND_PT = 6
/** A layer of parcels is drawn parcel by parcel up to this many vertices; more make files that no viewer opens quickly. */
export const MOST_VERTICES = 250_000
/** Merged classes have at most so many. */
const MERGED_VERTICES = 60_000
const MOST_LABELS = 2000
/** As on the screen. */
const RIM = '#FFFFFFCC'
const RIM_PX = 2.5

/** The map itself, in points from the upper left of its window: layers from bottom to top at the paper's scale. */
export function drawContent(
  layers: readonly AnySheetLayer[],
  paper: Paper,
  patterns: Patterns,
  pictures: SheetPictures,
  most = MOST_VERTICES,
): Content {
  const wide = widened(paper)
  const [minX, minY, maxX, maxY] = wide.windowM.map((metres) => Math.round(metres * 1000)) as [number, number, number, number]
  const seen: SeenOnSheet[] = []
  let svg = ''
  for (const layer of layers) {
    if (!isShapes(layer)) {
      const drawn = pictures.of(layer)
      if (drawn === null) continue
      svg += pictureSvg(drawn, wide)
      seen.push({ layer, entries: [...drawn.seen], isMerged: false, features: 0 })
      continue
    }
    const { columns, chosen, vertices } = cutLayer(layer.columns, layer.classOf, [minX, minY, maxX, maxY])
    if (chosen.length === 0) continue
    const isMerged = columns.kind === 'polygon' && vertices > most
    const shapes =
      columns.kind === 'polygon' && !isMerged
        ? drawParcels(columns, layer.classOf, chosen, wide)
        : drawShapes(columns, layer.classOf, chosen, wide, Math.min(most, MERGED_VERTICES))
    const entries: LegendEntry[] = []
    if (layer.hasRim) svg += rimSvg(layer, shapes)
    for (const shape of shapes.toSorted((a, b) => a.classIndex - b.classIndex)) {
      const entry = layer.legend[shape.classIndex]
      if (entry === undefined || shape.rings.length === 0) continue
      const look = faded(entry, layer.opacity)
      entries.push(look)
      svg += shapeSvg(columns, look, shape, patterns, isMerged && roleStyleOf(columns.role).by === 'landClass')
    }
    seen.push({ layer, entries, isMerged, features: chosen.length })
  }
  return { svg: `<g transform="translate(${-AROUND_PT} ${-AROUND_PT})">${svg}</g>`, seen }
}

/** White under lines, a little wider than they are. */
function rimSvg({ legend, opacity }: SheetLayer, shapes: readonly DrawnClass[]): string {
  return shapes
    .map(({ classIndex, rings }) => {
      const widthPt = ((legend[classIndex]?.strokeWidthPx ?? 1) + RIM_PX) * PT_PER_PX
      const colour = alpha(RIM, opacity)
      return path(
        rings.map(runPath).join(''),
        ` fill="none"${paint('stroke', colour)} stroke-width="${widthPt}" stroke-linejoin="round"`,
      )
    })
    .join('')
}

/** The same scale with a strip around it, so that nothing near a side is bent. */
function widened({ windowM: [minX, minY, maxX, maxY], widthPt, heightPt, denominator }: Paper): Paper {
  const metres = (AROUND_PT / PT_PER_MM / 1000) * denominator
  return {
    windowM: [minX - metres, minY - metres, maxX + metres, maxY + metres],
    widthPt: widthPt + 2 * AROUND_PT,
    heightPt: heightPt + 2 * AROUND_PT,
    denominator,
  }
}

const alpha = (colour: string | null, opacity: number): string | null => {
  if (colour === null || opacity >= 1) return colour
  const own = colour.length === 9 ? parseInt(colour.slice(7), 16) : 255
  return `${colour.slice(0, 7)}${Math.round(own * opacity)
    .toString(16)
    .padStart(2, '0')
    .toUpperCase()}`
}

/** A look with the layer's opacity in its colours; hatches keep their own, they are thin. */
export const faded = (entry: LegendEntry, opacity: number): LegendEntry =>
  opacity >= 1 ? entry : { ...entry, fill: alpha(entry.fill, opacity), stroke: alpha(entry.stroke, opacity) }

/** Names that have room on the map, with a white edge, in points from the upper left of the window. */
export function drawNames(layers: readonly SheetLayer[], paper: Paper, lang: Lang, size: number): string {
  const metresPerPx = (PT_PER_PX * size * paper.denominator) / PT_PER_MM / 1000
  const window = paper.windowM.map((metres) => metres * 1000) as [number, number, number, number]
  const wishes = layers.flatMap(({ columns, id, classOf, numbers }) => {
    const style = labelStyleOf(columns.role)
    return style === undefined || numbers !== undefined ? [] : labelWishes(columns, id, style, window, metresPerPx, lang, classOf)
  })
  const { x, y } = paperPoint(paper, 1)
  return placeLabels(wishes, metresPerPx, MOST_LABELS)
    .map(({ xM, yM, text: words, sizePx, colour, over }) => {
      const pt = sizePx * PT_PER_PX * size
      const [atX, atY] = [x(xM * 1000) / 100, y(yM * 1000) / 100 + (over ? -(pt / 2 + 3 * size) : pt * 0.35)]
      const style = { size: pt, anchor: 'middle' as const }
      return (
        text(atX, atY, words, { ...style, colour: '#FFFFFF', halo: 1.6 * size }) + text(atX, atY, words, { ...style, colour })
      )
    })
    .join('')
}
