import { northArrow, scaleBar } from '../map/furniture.ts'
import { findingRows } from '../map/finding-rows.ts'
import { outOfScale } from '../map/look.ts'
import { Patterns } from '../map/map-layers.ts'
import { PT_PER_MM, type Paper } from '../map/paper.ts'
import { legendBlock, type LegendRow } from '../map/sheet-legend.ts'
import { findingMarks, type DrawnFindings, type SheetFinding } from '../map/sheet-marks.ts'
import { escapeXml, rectangle, text, textWidth } from '../map/svg.ts'
import { bilingual, inDrawn, mainOf, type Bilingual, type DrawnLang } from '../text.ts'
import { drawContent, drawNames, MOST_VERTICES, type SeenOnSheet } from './content.ts'
import { legendWidthMm, sheetLayout, sizeOf, type BoxMm, type SheetChoice, type SheetLayout } from './layout.ts'
import { leftOutLine } from './left-out.ts'
import { drawNumbers } from './numbers.ts'
import { marksOf } from './piece-marks.ts'
import { cutSheet, type Piece } from './pieces.ts'
import type { PaperId, SizeMm } from './page.ts'
import { isShapes, type AnySheetLayer } from './sheet-layer.ts'
import { SheetPictures } from './sheet-pictures.ts'

export interface MapSheetInput extends SheetChoice {
  /** From bottom to top. */
  layers: readonly AnySheetLayer[]
  /** Findings to draw with their numbers, in the order of their numbers. */
  findings?: readonly SheetFinding[]
  /** minX, minY, maxX, maxY of the plan, metres of the frame. */
  extentM: readonly [number, number, number, number]
  title: string
  /** Words at the foot: coordinate system, day, where the data come from. */
  crs: string
  date: string
  source: string
  /** What was asked for and could not be drawn. */
  leftOut: readonly Bilingual[]
  /** Names on the map. */
  names: boolean
  lang: DrawnLang
  /** The paper of the printer, where it is smaller than the sheet. */
  printer: PaperId | null
  /** Vertices up to which areas are drawn one by one. */
  mostVertices?: number
}

export interface SheetPage {
  svg: string
  sizeMm: SizeMm
  /** "2-3" for a piece; empty for a whole sheet. */
  name: string
  /** Where the map stands on the page, and what it shows; null on a piece that shows none of it. */
  map: { boxMm: BoxMm; windowM: Paper['windowM'] } | null
}

export interface ComposedSheet {
  pages: SheetPage[]
  layout: SheetLayout
  /** Nothing of any layer lies on the sheet. */
  isEmpty: boolean
  /** Layers whose shapes are drawn merged by class, because there are too many to draw one by one. */
  merged: { title: Bilingual; features: number }[]
  /** The pictures that the drawings refer to by name, as data. */
  pictures: Record<string, string>
}

const LEGEND_TITLE = bilingual('图例', 'Legend')
const COLUMN_PT = 165
const INK = '#1F2328'
const QUIET = '#57606A'
const mm = (length: number): number => length * PT_PER_MM

/**
 * A map with its furniture on paper, true to scale: 1 mm on the page is `denominator` mm in the frame. Pure: the same input gives the same
 * drawings, one page, or one per piece where the printer's paper is smaller. Distances are those of the frame, whose scale error within
 * 100 km of its centre is below 0.01 %.
 */
export function composeMapSheet(asked: MapSheetInput): ComposedSheet {
  const layout = sheetLayout(asked, asked.extentM, wishedLegendMm(asked))
  // A layer that is meant for other scales is not drawn at this one, as on the screen.
  const { denominator } = layout.paper
  const input = { ...asked, layers: asked.layers.filter(({ range = {} }) => outOfScale(range, denominator) === null) }
  const patterns = new Patterns()
  const pictures = new SheetPictures(layout.paper)
  const whole = drawContent(input.layers, layout.paper, patterns, pictures, input.mostVertices ?? MOST_VERTICES)
  const merged = whole.seen.filter(({ isMerged }) => isMerged).map(({ layer, features }) => ({ title: layer.title, features }))
  const above = drawAbove(input, layout)
  const isEmpty = whole.seen.length === 0 && above.findings.seen.size === 0
  const around = furniture(input, layout, whole.seen, above.findings, patterns)
  const cut = input.printer === null ? null : cutSheet(layout.sizeMm, input.printer)
  const made = { layout, isEmpty, merged, pictures: pictures.all() }
  if (cut === null) {
    const body = cutTo(layout.mapMm, whole.svg + above.svg) + around
    const map = { boxMm: layout.mapMm, windowM: layout.paper.windowM }
    return { ...made, pages: [page(layout.sizeMm, body, patterns, input, '', map)] }
  }
  const pages = cut.pieces.map((piece) => {
    const part = partOn(layout, piece, cut.pieceMm)
    const body = (part === null ? '' : pieceBody(input, layout, part, patterns, pictures, above.svg)) + around
    const [widthMm, heightMm] = cut.pieceMm
    const [xMm, yMm] = [(cut.pageMm[0] - widthMm) / 2, (cut.pageMm[1] - heightMm) / 2]
    const moved = `<g transform="translate(${-mm(piece.xMm)} ${-mm(piece.yMm)})">${body}</g>`
    const shown = cutTo(
      { xMm, yMm, widthMm, heightMm },
      moved + marksOf(piece, cut, layout.paper.denominator, mainOf(input.lang)),
    )
    const onPage = (boxMm: BoxMm): BoxMm => ({ ...boxMm, xMm: boxMm.xMm - piece.xMm + xMm, yMm: boxMm.yMm - piece.yMm + yMm })
    return page(cut.pageMm, shown, patterns, input, piece.name, part && { ...part, boxMm: onPage(part.boxMm) })
  })
  return { ...made, pages }
}

/** What stands above all layers: names, numbers of overlays, findings. */
function drawAbove(input: MapSheetInput, { paper, size }: SheetLayout): { svg: string; findings: DrawnFindings } {
  const shapes = input.layers.filter(isShapes)
  // Drawn for A4 and made larger with the paper.
  const small: Paper = {
    ...paper,
    widthPt: paper.widthPt / size,
    heightPt: paper.heightPt / size,
    denominator: paper.denominator * size,
  }
  const own = shapes.filter(({ numbers }) => numbers === undefined).map(({ columns }) => columns)
  const findings = findingMarks(input.findings ?? [], own, small)
  const names = input.names ? drawNames(shapes, paper, mainOf(input.lang), size) : ''
  const marks = findings.svg === '' ? '' : `<g transform="scale(${size})">${findings.svg}</g>`
  return { svg: names + drawNumbers(shapes, paper, size) + marks, findings }
}

function page(
  [widthMm, heightMm]: SizeMm,
  body: string,
  patterns: Patterns,
  { title }: MapSheetInput,
  name: string,
  map: SheetPage['map'],
): SheetPage {
  const [width, height] = [mm(widthMm), mm(heightMm)]
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${widthMm}mm" height="${heightMm}mm" role="img" aria-label="${escapeXml(`${title} ${name}`.trim())}">` +
    `${patterns.toSvg()}${rectangle(0, 0, width, height, ' fill="#FFFFFF"')}${body}</svg>`
  return { svg, sizeMm: [widthMm, heightMm], name, map }
}

/** A window on paper: what lies beyond it is cut. An inner drawing is cut by a plain path in PDF, a clip path would become a soft mask. */
function cutTo({ xMm, yMm, widthMm, heightMm }: BoxMm, content: string): string {
  const [width, height] = [mm(widthMm), mm(heightMm)]
  return `<svg x="${mm(xMm)}" y="${mm(yMm)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`
}

/** The part of the map that lies on a piece, by its place on the sheet; null where none does. */
function partOn({ mapMm, paper }: SheetLayout, piece: Piece, pieceMm: SizeMm): NonNullable<SheetPage['map']> | null {
  const left = Math.max(mapMm.xMm, piece.xMm)
  const top = Math.max(mapMm.yMm, piece.yMm)
  const widthMm = Math.min(mapMm.xMm + mapMm.widthMm, piece.xMm + pieceMm[0]) - left
  const heightMm = Math.min(mapMm.yMm + mapMm.heightMm, piece.yMm + pieceMm[1]) - top
  if (widthMm <= 0 || heightMm <= 0) return null
  const perMm = paper.denominator / 1000
  const [minX, , , maxY] = paper.windowM
  const fromX = minX + (left - mapMm.xMm) * perMm
  const fromY = maxY - (top - mapMm.yMm) * perMm
  const windowM: Paper['windowM'] = [fromX, fromY - heightMm * perMm, fromX + widthMm * perMm, fromY]
  return { boxMm: { xMm: left, yMm: top, widthMm, heightMm }, windowM }
}

/** A part of the map drawn at its place of the sheet: a piece holds no more than it shows. */
function pieceBody(
  { layers, mostVertices = MOST_VERTICES }: MapSheetInput,
  { mapMm, paper: { denominator } }: SheetLayout,
  { boxMm, windowM }: NonNullable<SheetPage['map']>,
  patterns: Patterns,
  pictures: SheetPictures,
  above: string,
): string {
  const part: Paper = { windowM, widthPt: mm(boxMm.widthMm), heightPt: mm(boxMm.heightMm), denominator }
  const { svg } = drawContent(layers, part, patterns, pictures, mostVertices)
  const shift = `translate(${mm(mapMm.xMm - boxMm.xMm)} ${mm(mapMm.yMm - boxMm.yMm)})`
  return cutTo(boxMm, `${svg}<g transform="${shift}">${above}</g>`)
}

const columnsOf = (widthPt: number): number => Math.max(1, Math.floor(widthPt / COLUMN_PT))

/** How high the legend would be with every class that the layers have, mm. */
function wishedLegendMm(input: MapSheetInput): number {
  const size = sizeOf(input.paper)
  const widthPt = mm(legendWidthMm(input)) / size
  const seen = input.layers.map((layer) => ({ layer, entries: layer.legend.filter(({ features }) => features > 0) }))
  const kinds = new Set((input.findings ?? []).map(({ severity }) => severity))
  const rows = legendRows(seen, { seen: kinds, outside: 0 }, input.lang)
  return (legendBlock(rows, 0, 0, widthPt, input.lang, new Patterns(), columnsOf(widthPt)).heightPt * size) / PT_PER_MM + 2
}

/** Findings, then the topmost layers first; several classes stand under their layer's name. */
function legendRows(
  seen: readonly Pick<SeenOnSheet, 'layer' | 'entries'>[],
  findings: Pick<DrawnFindings, 'seen' | 'outside'>,
  lang: DrawnLang,
): LegendRow[] {
  const marks = findingRows(findings, lang)
  const rows: LegendRow[] = marks.length === 0 ? [{ heading: inDrawn(LEGEND_TITLE, lang) }] : marks
  for (const { layer, entries } of seen.toReversed()) {
    const kind = isShapes(layer) ? layer.columns.kind : 'polygon'
    if (layer.isTitled || (layer.legend.length > 1 && entries.length > 0)) rows.push({ heading: inDrawn(layer.title, lang) })
    for (const entry of entries) rows.push({ entry, kind, label: inDrawn(entry.label, lang) })
  }
  return rows
}

/** A legend smaller than this cannot be read; rows that have no room then are counted instead. */
const LEAST_LEGEND = 0.62

function legendSvg({ lang }: MapSheetInput, { legendMm, size }: SheetLayout, rows: LegendRow[], patterns: Patterns): string {
  const availablePt = mm(legendMm.heightMm)
  for (let kept = rows.length; kept > 0; kept--) {
    const left = rows.length - kept
    const more = left === 0 ? [] : [{ heading: inDrawn(bilingual(`另有 ${left} 行未列出`, `${left} more rows`), lang) }]
    for (const shrink of [1, 0.9, 0.8, 0.7, LEAST_LEGEND]) {
      const scale = size * shrink
      const widthPt = mm(legendMm.widthMm) / scale
      const block = legendBlock([...rows.slice(0, kept), ...more], 0, 0, widthPt, lang, patterns, columnsOf(widthPt))
      if (block.heightPt * scale > availablePt) continue
      return `<g transform="translate(${mm(legendMm.xMm)} ${mm(legendMm.yMm)}) scale(${scale})">${block.svg}</g>`
    }
  }
  return ''
}

function furniture(
  input: MapSheetInput,
  layout: SheetLayout,
  seen: readonly SeenOnSheet[],
  findings: DrawnFindings,
  patterns: Patterns,
): string {
  const { titleMm, mapMm, footMm, size, paper } = layout
  const { lang, title } = input
  const titleSize = Math.min(14 * size, (mm(titleMm.widthMm) / Math.max(1, textWidth(title, 1))) * 0.98)
  const [left, right, top] = [mm(footMm.xMm), mm(footMm.xMm + footMm.widthMm), mm(footMm.yMm) + 3 * size]
  const words = { size: 6.8 * size, anchor: 'end', colour: QUIET } as const
  const merged = seen.some(({ isMerged }) => isMerged)
  const notes = [...(merged ? [inDrawn(MERGED, lang)] : []), leftOutLine(input.leftOut, lang)]
  const lines = [...input.crs.split('\n'), input.source, ...notes, input.date].filter((line) => line !== '')
  // Beside the scale bar: a long line is set smaller, never cut.
  const roomPt = (right - left) * 0.6
  const sizeFor = (line: string): number => Math.min(words.size, roomPt / Math.max(1, textWidth(line, 1)))
  const arrowX = mm(mapMm.xMm + mapMm.widthMm) - 20 * size
  return (
    text(mm(titleMm.xMm + titleMm.widthMm / 2), mm(titleMm.yMm) + 15 * size, title, {
      size: titleSize,
      weight: 'bold',
      anchor: 'middle',
    }) +
    rectangle(
      mm(mapMm.xMm),
      mm(mapMm.yMm),
      mm(mapMm.widthMm),
      mm(mapMm.heightMm),
      ` fill="none" stroke="${INK}" stroke-width="${0.8 * size}"`,
    ) +
    `<g transform="translate(${arrowX} ${mm(mapMm.yMm) + 4 * size}) scale(${size})">${rectangle(-13, 0, 26, 38, ' fill="#FFFFFF" fill-opacity="0.85"')}${northArrow(0, 4, lang)}</g>` +
    scaleBar(paper, left, top, lang, size) +
    lines.map((line, at) => text(right, top + (4.5 + at * 8.6) * size, line, { ...words, size: sizeFor(line) })).join('') +
    legendSvg(input, layout, legendRows(seen, findings, lang), patterns)
  )
}

const MERGED = bilingual('图斑过多，按地类合并绘制', 'Too many parcels: drawn merged by class')
