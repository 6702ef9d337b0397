import type { LegendEntry } from '../contract/map-data.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { drawAreas, drawLines, drawPoints, vertexCount, type DrawnClass } from './generalise.ts'
import { classIndexes, legendFor } from './legend.ts'
import { closedPath, pt, runPath, UNITS_PER_PT, type Paper } from './paper.ts'
import { roleStyleOf } from './styles.ts'
import { paint, path } from './svg.ts'

/** Screen pixels of the style file as points of paper. */
export const PT_PER_PX = 0.75

/** One layer as drawn: its SVG, and the legend entries that can be seen. */
export interface DrawnLayer {
  layer: LayerColumns
  svg: string
  seen: LegendEntry[]
  vertices: number
}

/** Pattern definitions met while drawing: one per look, named by it. */
export class Patterns {
  private readonly definitions = new Map<string, string>()

  /** The id of a hatch in a colour; defined on first use. */
  use(hatch: LegendEntry['hatch'], colour: string): string {
    const id = `gp-${hatch}-${colour.slice(1).toLowerCase()}`
    this.definitions.set(id, hatchPattern(id, hatch, colour))
    return id
  }

  toSvg(): string {
    const all = [...this.definitions.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, definition]) => definition)
    return all.length === 0 ? '' : `<defs>${all.join('')}</defs>`
  }
}

const HATCH_TURNS: Partial<Record<LegendEntry['hatch'], number>> = { diagonal: -45, cross: -45, back: 45, vertical: 90 }

/** Lines run through the corners of the tile so that neighbours meet without a seam. */
function hatchPattern(id: string, hatch: LegendEntry['hatch'], colour: string): string {
  const stroke = `${paint('stroke', colour)} stroke-width="0.6" fill="none"`
  const body =
    hatch === 'dots'
      ? `<circle cx="2.5" cy="2.5" r="0.6"${paint('fill', colour)}/>`
      : hatch === 'cross' || hatch === 'grid'
        ? `<path d="M0 2.5h5M2.5 0v5"${stroke}/>`
        : `<path d="M0 2h4"${stroke}/>`
  const size = hatch === 'dots' || hatch === 'cross' || hatch === 'grid' ? 5 : 4
  const degrees = HATCH_TURNS[hatch] ?? 0
  const turn = degrees === 0 ? '' : ` patternTransform="rotate(${degrees})"`
  return `<pattern id="${id}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"${turn}>${body}</pattern>`
}

/** Draws the chosen features of a layer with at most about `budget` vertices. */
export function drawLayer(
  layer: LayerColumns,
  chosen: readonly number[],
  paper: Paper,
  budget: number,
  patterns: Patterns,
): DrawnLayer {
  const legend = legendFor(layer)
  const drawn = drawShapes(layer, classIndexes(layer), chosen, paper, budget)
  const seen: LegendEntry[] = []
  let svg = ''
  for (const shape of drawn.sort((a, b) => a.classIndex - b.classIndex)) {
    const entry = legend[shape.classIndex]
    if (entry === undefined || shape.rings.length === 0) continue
    seen.push(entry)
    svg += shapeSvg(layer, entry, shape, patterns, isTiled(layer))
  }
  return { layer, svg, seen, vertices: vertexCount(drawn) }
}

/** The shapes of some features by class; points are thinned so that they never cover each other wholly. */
export function drawShapes(
  layer: LayerColumns,
  classOf: Uint16Array,
  chosen: readonly number[],
  paper: Paper,
  budget: number,
): DrawnClass[] {
  if (layer.kind === 'polygon') return drawAreas(layer, classOf, chosen, paper, budget)
  if (layer.kind === 'line') return drawLines(layer, classOf, chosen, paper, budget)
  for (const spacingPt of [1, 2, 4, 8, 16]) {
    const drawn = drawPoints(layer, classOf, chosen, paper, spacingPt * UNITS_PER_PT)
    if (vertexCount(drawn) * 4 <= budget || spacingPt === 16) return drawn
  }
  return []
}

/** One class of a layer. `tiled`: areas that cover the ground without outlines of their own. */
export function shapeSvg(
  layer: Pick<LayerColumns, 'kind'>,
  entry: LegendEntry,
  shape: DrawnClass,
  patterns: Patterns,
  tiled: boolean,
): string {
  if (layer.kind === 'polygon') return areaSvg(entry, closedPath(shape.rings), patterns, tiled)
  const d =
    layer.kind === 'line'
      ? shape.rings.map(runPath).join('')
      : shape.rings.map((at) => disc(at, (entry.markerPx ?? 3) * PT_PER_PX)).join('')
  const fill = layer.kind === 'line' ? null : entry.fill
  return path(d, `${paint('fill', fill)}${strokeOf(entry)}`)
}

/** Land use covers everything: its classes get a hairline of their own colour so that no paper shows between neighbours. */
const isTiled = (layer: LayerColumns): boolean => roleStyleOf(layer.role).by === 'landClass'

/** An area: fill, then hatch, then outline. Also draws legend swatches. */
export function areaSvg(entry: LegendEntry, d: string, patterns: Patterns, tiled: boolean): string {
  const outline = tiled
    ? ` stroke="${(entry.fill ?? '#FFFFFF').slice(0, 7)}" stroke-width="0.15" stroke-linejoin="round"`
    : strokeOf(entry)
  if (entry.hatch === 'none') return path(d, `${paint('fill', entry.fill)}${outline}`)
  const hatch = patterns.use(entry.hatch, entry.hatchColour ?? entry.stroke ?? '#4A4A4A')
  const below = entry.fill === null ? '' : path(d, `${paint('fill', entry.fill)}`)
  return `${below}${path(d, ` fill="url(#${hatch})"${outline}`)}`
}

/** Stroke attributes of an entry in points. */
export function strokeOf(entry: Pick<LegendEntry, 'stroke' | 'strokeWidthPx' | 'dash'>): string {
  if (entry.stroke === null) return ''
  const dash = entry.dash === null ? '' : ` stroke-dasharray="${entry.dash.map((part) => part * PT_PER_PX).join(' ')}"`
  return `${paint('stroke', entry.stroke)} stroke-width="${pt(entry.strokeWidthPx * PT_PER_PX * UNITS_PER_PT)}" stroke-linejoin="round"${dash}`
}

/** A disc as two arcs, so that many points are one path. `at` in paper units, radius in points. */
export function disc(at: readonly number[], radiusPt: number): string {
  const r = pt(radiusPt * UNITS_PER_PT)
  const diameter = pt(radiusPt * 2 * UNITS_PER_PT)
  return `M${pt((at[0] ?? 0) - radiusPt * UNITS_PER_PT)} ${pt(at[1] ?? 0)}a${r} ${r} 0 1 0 ${diameter} 0a${r} ${r} 0 1 0 -${diameter} 0Z`
}
