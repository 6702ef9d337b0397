import type { LegendEntry } from '../contract/map-data.ts'
import type { LayerColumns } from '../geo/columns.ts'
import type { Frame } from '../geo/frame.ts'
import type { MapFigure } from '../memo/document.ts'
import { roleInfo, type Role } from '../model/roles.ts'
import { inDrawn, type Bilingual, type DrawnLang } from '../text.ts'
import { findingRows } from './finding-rows.ts'
import { northArrow, scaleBar } from './furniture.ts'
import { areaSvg, disc, drawLayer, drawShapes, Patterns, PT_PER_PX, strokeOf, type DrawnLayer } from './map-layers.ts'
import { closedPath, extentOf, fitPaper, PT_PER_MM, runPath, UNITS_PER_PT, type Paper } from './paper.ts'
import { mapRegistration } from './registration.ts'
import { legendBlock, type LegendRow } from './sheet-legend.ts'
import { findingMarks, type SheetFinding } from './sheet-marks.ts'
import { MAP_STYLES, roleStyleOf } from './styles.ts'
import { escapeXml, paint, path, rectangle, text, textWidth } from './svg.ts'

export interface MapSheetInput {
  layers: readonly LayerColumns[]
  frame: Frame
  title: string
  caption: string
  alt: string
  /** "CGCS2000 …, 2026-11-22": printed at the foot of the sheet. */
  crs: string
  /** Code of the system that the plan's data are in, for a printed map from which coordinates can be read; without it the map is not registered. */
  planCrs?: string
  date: string
  /** Features to mark in red, by role: evidence of failed gates. */
  marked: ReadonlyMap<string, ReadonlySet<number>>
  /** Findings to draw with their numbers, in the order of their numbers. */
  findings?: readonly SheetFinding[]
  lang: DrawnLang
  widthMm: number
  maxHeightMm: number
}

/** More vertices than this make slow pages and large files. */
const VERTEX_BUDGET = 48_000
/** Share of the budget for land use when there is any; the other layers share the rest. */
const LAND_USE_SHARE = 0.5
/** Share of the height for the map itself, where the legend leaves it. */
const MAP_SHARE = 0.68
const LEAST_WISHED_MM = 70
const LEAST_MAP_MM = 40
const TITLE_PT = 22
const FOOT_PT = 27

/**
 * One map sheet in paper millimetres, drawn by our own hand: one path per class, at a round scale, with title, legend of what is
 * seen, scale bar, north arrow, coordinate frame and date. Null when no layer has a place. The same input gives the same bytes.
 */
export function mapSheet(input: MapSheetInput): MapFigure | null {
  const shown = layersToShow(input.layers)
  const extent = extentOf(shown)
  if (extent === null) return null
  const wished = drawSheet(input, shown, extent, input.maxHeightMm * MAP_SHARE)
  const overMm = wished.figure.heightMm - input.maxHeightMm
  if (overMm <= 0) return wished.figure
  // A long legend takes its room from the map: what is higher than its page would be lost in print.
  return drawSheet(input, shown, extent, Math.max(LEAST_MAP_MM, wished.mapMm - overMm)).figure
}

function drawSheet(
  input: MapSheetInput,
  shown: readonly LayerColumns[],
  extent: NonNullable<ReturnType<typeof extentOf>>,
  mostMapMm: number,
): { figure: MapFigure; mapMm: number } {
  const paper = fitPaper(extent, input.widthMm, Math.min(LEAST_WISHED_MM, mostMapMm), mostMapMm)
  const patterns = new Patterns()
  const drawn = drawAll(shown, paper, patterns)
  const marks = markedSvg(input.layers, input.marked, paper, patterns)
  const findings = findingMarks(input.findings ?? [], input.layers, paper)
  const widthPt = paper.widthPt
  const legend = legendBlock(
    [...findingRows(findings, input.lang), ...legendRows(drawn, marks !== '', input.lang)],
    0,
    TITLE_PT + paper.heightPt + FOOT_PT + 6,
    widthPt,
    input.lang,
    patterns,
  )
  const heightPt = TITLE_PT + paper.heightPt + FOOT_PT + 6 + legend.heightPt + 4
  const body =
    `<clipPath id="gp-window">${rectangle(0, 0, widthPt, paper.heightPt, '')}</clipPath>` +
    `<g transform="translate(0 ${TITLE_PT})"><g clip-path="url(#gp-window)">${rectangle(0, 0, widthPt, paper.heightPt, ' fill="#FFFFFF"')}${drawn.map((layer) => layer.svg).join('')}${marks}${findings.svg}</g>` +
    `${rectangle(0.4, 0.4, widthPt - 0.8, paper.heightPt - 0.8, ' fill="none" stroke="#1F2328" stroke-width="0.8"')}${plate(northArrow(widthPt - 18, 9, input.lang), widthPt)}</g>`
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(widthPt)} ${round(heightPt)}" width="${round(widthPt)}" height="${round(heightPt)}" role="img" aria-label="${escapeXml(input.alt)}">` +
    `${patterns.toSvg()}${text(widthPt / 2, 13, input.title, { size: Math.min(11, widthPt / Math.max(1, textWidth(input.title, 1))), weight: 'bold', anchor: 'middle' })}${body}${foot(input, paper)}${legend.svg}</svg>`
  const box = {
    drawing: [round(widthPt), round(heightPt)] as [number, number],
    frame: [0, TITLE_PT, widthPt, TITLE_PT + paper.heightPt] as [number, number, number, number],
  }
  const registration = input.planCrs === undefined ? null : mapRegistration(input.frame, input.planCrs, paper, box)
  const { caption, alt, widthMm } = input
  const heightMm = round(heightPt / PT_PER_MM)
  const figure = { svg, widthMm, heightMm, caption, alt, ...(registration && { registration }) }
  return { figure, mapMm: paper.heightPt / PT_PER_MM }
}

const round = (value: number): number => Math.round(value * 100) / 100

/** White ground behind the north arrow, so that it reads on any colour. */
const plate = (arrow: string, widthPt: number): string =>
  `${rectangle(widthPt - 30, 5, 24, 36, ' fill="#FFFFFF" fill-opacity="0.85"')}${arrow}`

/** Visible roles from bottom to top; a plan without planned land use shows its base year, one without areas its population units. */
export function layersToShow(layers: readonly LayerColumns[]): LayerColumns[] {
  const has = (role: Role) => layers.some((layer) => layer.role === role && layer.count > 0)
  const instead: Role[] = []
  if (!has('landuse_plan')) instead.push('landuse_base')
  if (!has('landuse_plan') && !has('landuse_base') && !has('admin')) instead.push('population')
  const shown = layers.filter((layer) => layer.count > 0 && (roleStyleOf(layer.role).visible || instead.includes(layer.role)))
  const visible = shown.length > 0 ? shown : layers.filter((layer) => layer.count > 0)
  return visible.toSorted((a, b) => roleStyleOf(a.role).order - roleStyleOf(b.role).order)
}

function drawAll(shown: readonly LayerColumns[], paper: Paper, patterns: Patterns): DrawnLayer[] {
  const isLandUse = (layer: LayerColumns) => roleStyleOf(layer.role).by === 'landClass'
  const landUse = shown.filter(isLandUse).length
  const others = shown.length - landUse
  const landBudget = landUse === 0 ? 0 : (VERTEX_BUDGET * (others === 0 ? 1 : LAND_USE_SHARE)) / landUse
  const otherBudget = others === 0 ? 0 : (VERTEX_BUDGET - landBudget * landUse) / others
  return shown.map((layer) =>
    drawLayer(layer, [...Array(layer.count).keys()], paper, isLandUse(layer) ? landBudget : otherBudget, patterns),
  )
}

/** Marked features in red, each with a ring where it would be too small to be seen. */
function markedSvg(layers: readonly LayerColumns[], marked: MapSheetInput['marked'], paper: Paper, patterns: Patterns): string {
  const entry = evidenceEntry(0)
  let svg = ''
  for (const layer of layers) {
    const fids = marked.get(layer.role)
    if (fids === undefined || fids.size === 0) continue
    const chosen = [...Array(layer.count).keys()].filter((feature) => fids.has(layer.fid[feature] ?? Number.NaN))
    for (const shape of drawShapes(layer, new Uint16Array(layer.count), chosen, paper, 4000)) {
      if (layer.kind === 'polygon') svg += areaSvg(entry, closedPath(shape.rings), patterns, false)
      else if (layer.kind === 'line') svg += path(shape.rings.map(runPath).join(''), ` fill="none"${strokeOf(entry)}`)
      svg += path(
        shape.rings
          .filter(isSmall)
          .map((ring) => disc(middle(ring), (MAP_STYLES.evidence.markerPx ?? 5) * PT_PER_PX))
          .join(''),
        `${paint('fill', null)}${strokeOf(entry)}`,
      )
    }
  }
  return svg
}

const SMALL = 8 * UNITS_PER_PT

function isSmall(ring: readonly number[]): boolean {
  const [minX, minY, maxX, maxY] = boxOf(ring)
  return maxX - minX < SMALL && maxY - minY < SMALL
}

function middle(ring: readonly number[]): number[] {
  const [minX, minY, maxX, maxY] = boxOf(ring)
  return [(minX + maxX) / 2, (minY + maxY) / 2]
}

function boxOf(ring: readonly number[]): [number, number, number, number] {
  const xs = ring.filter((_, index) => index % 2 === 0)
  const ys = ring.filter((_, index) => index % 2 === 1)
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

function evidenceEntry(features: number): LegendEntry {
  const { label, fill, stroke, strokeWidthPx, hatch = 'none', hatchColour } = MAP_STYLES.evidence
  const more = hatchColour === undefined ? {} : { hatchColour }
  return { index: 0, code: 'evidence', label, fill, stroke, strokeWidthPx, dash: null, hatch, features, ...more }
}

/** Topmost layers first, as readers look for overlays before the ground; several classes stand under their layer's name. */
function legendRows(drawn: readonly DrawnLayer[], hasMarks: boolean, lang: DrawnLang): LegendRow[] {
  const say = (label: Bilingual) => inDrawn(label, lang)
  const rows: LegendRow[] = hasMarks ? [{ entry: evidenceEntry(0), kind: 'polygon', label: say(MAP_STYLES.evidence.label) }] : []
  for (const { layer, seen } of drawn.toReversed()) {
    if (roleStyleOf(layer.role).by !== null && seen.length > 0) rows.push({ heading: say(roleInfo(layer.role).title) })
    for (const entry of seen) rows.push({ entry, kind: layer.kind, label: say(entry.label) })
  }
  return rows
}

function foot(input: MapSheetInput, paper: Paper): string {
  const top = TITLE_PT + paper.heightPt + 6
  const style = { size: 6.5, anchor: 'end', colour: '#57606A' } as const
  return (
    scaleBar(paper, 6, top, input.lang) +
    [...input.crs.split('\n'), input.date].map((line, at) => text(paper.widthPt, top + 4.6 + at * 8.4, line, style)).join('')
  )
}
