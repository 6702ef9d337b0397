import type { LegendEntry } from '../../contract/map-data.ts'
import type { LayerColumns } from '../../geo/columns.ts'
import { classIndexes, legendFor } from '../../map/legend.ts'
import { layersToShow } from '../../map/map-sheet.ts'
import { mapRegistration } from '../../map/registration.ts'
import type { SheetFinding } from '../../map/sheet-marks.ts'
import { composeMapSheet } from '../../map-sheet/compose.ts'
import { sheetLayout, type SheetChoice } from '../../map-sheet/layout.ts'
import type { SizeMm } from '../../map-sheet/page.ts'
import type { SheetLayer } from '../../map-sheet/sheet-layer.ts'
import type { LayerId } from '../../model/ids.ts'
import { roleInfo } from '../../model/roles.ts'
import { HIDDEN_CLASS } from '../../tiles/cells.ts'
import type { MemoContext } from '../context.ts'
import type { FigurePage, MapFigure } from '../document.ts'
import { drawnDay, frameText } from '../sections/map.ts'
import { ATLAS_RULES } from './atlas-rules.ts'

/** The layers of an atlas with their looks, from bottom to top: found once for all its pages. */
export const atlasLayers = (memo: MemoContext): SheetLayer[] =>
  layersToShow(memo.layers).map((columns): SheetLayer => ({
    id: columns.role as string as LayerId,
    title: roleInfo(columns.role).title,
    opacity: 1,
    columns,
    classOf: classIndexes(columns),
    legend: legendFor(columns),
  }))

/** One area of a layer with a strong outline, above everything. */
export function outlined(columns: LayerColumns, feature: number): SheetLayer {
  const { label, stroke, strokeWidthPx } = ATLAS_RULES.unit
  const entry: LegendEntry = {
    index: 0,
    code: 'unit',
    label,
    fill: null,
    stroke,
    strokeWidthPx,
    dash: null,
    hatch: 'none',
    features: 1,
  }
  const classOf = new Uint16Array(columns.count).fill(HIDDEN_CLASS)
  classOf[feature] = 0
  return { id: 'atlas-unit' as LayerId, title: label, opacity: 1, columns, classOf, legend: [entry] }
}

export interface AtlasMap {
  /** Unique in the atlas: names of parts of its drawing begin with it. */
  id: string
  title: string
  caption: string
  alt: string
  layers: readonly SheetLayer[]
  findings: readonly SheetFinding[]
  centreM: readonly [number, number]
  scale: number
  figureMm: SizeMm
  mostVertices: number
  page?: FigurePage
}

const choiceOf = ({
  page,
  scale,
  centreM,
  figureMm,
}: Pick<AtlasMap, 'page' | 'scale' | 'centreM' | 'figureMm'>): SheetChoice => ({
  paper: page?.paper ?? 'A4',
  orientation: 'landscape',
  scale,
  centreM,
  figureMm,
})

/** Width and height of the map itself on a figure of some size, mm. */
export function mapSizeMm(figureMm: SizeMm, page?: FigurePage): SizeMm {
  const asked = { figureMm, scale: 1000, centreM: [0, 0] as const, ...(page && { page }) }
  const { widthMm, heightMm } = sheetLayout(choiceOf(asked), [0, 0, 1, 1], 0).mapMm
  return [widthMm, heightMm]
}

/**
 * A map with legend, scale bar, north arrow, system and day as a figure, true to scale, registered on Earth where the plan has a place.
 * Areas with too many corners are drawn merged by class, and the map says so. The same input gives the same drawing.
 */
export function atlasFigure(memo: MemoContext, map: AtlasMap): MapFigure {
  const { drawnLang, frame, result } = memo
  const { centreM, figureMm, page, caption, alt } = map
  const { pages, layout } = composeMapSheet({
    ...choiceOf(map),
    layers: map.layers,
    findings: map.findings,
    extentM: [centreM[0], centreM[1], centreM[0], centreM[1]],
    title: map.title,
    crs: frameText(memo),
    date: drawnDay(memo),
    source: '',
    leftOut: [],
    names: true,
    lang: drawnLang,
    printer: null,
    mostVertices: map.mostVertices,
  })
  const [drawn] = pages
  if (drawn === undefined) throw new Error('a map has one page')
  const { xMm, yMm, widthMm, heightMm } = layout.mapMm
  const box = {
    drawing: [...figureMm] as [number, number],
    frame: [xMm, yMm, xMm + widthMm, yMm + heightMm] as [number, number, number, number],
  }
  const registration = mapRegistration(frame, result.plan.crs, layout.paper, box)
  const svg = drawn.svg.replaceAll(/(id="|url\(#)gp-/g, `$1gp-${map.id}-`)
  return {
    svg,
    widthMm: figureMm[0],
    heightMm: figureMm[1],
    caption,
    alt,
    ...(registration && { registration }),
    ...(page && { page }),
  }
}
