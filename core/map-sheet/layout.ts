import { PT_PER_MM, roundDenominator, type Paper } from '../map/paper.ts'
import { pageMm, type Orientation, type PaperId, type SizeMm } from './page.ts'

/** A part of the page, mm from its upper left corner. */
export interface BoxMm {
  xMm: number
  yMm: number
  widthMm: number
  heightMm: number
}

export interface SheetChoice {
  paper: PaperId
  orientation: Orientation
  /** The number below the line of the scale; null chooses a round one that shows the whole extent. */
  scale: number | null
  /** What lies in the middle of the map, metres of the frame; null is the middle of the extent. */
  centreM: readonly [number, number] | null
  /** Its own size where it is a figure of a larger page: hardly any margin then, and text as large as the paper asks. */
  figureMm?: SizeMm
}

/** Where everything stands on the page, and the window of the map: true to scale, metres of the frame to points. */
export interface SheetLayout {
  sizeMm: SizeMm
  /** How large text and furniture are, 1 on A4. */
  size: number
  titleMm: BoxMm
  mapMm: BoxMm
  legendMm: BoxMm
  footMm: BoxMm
  paper: Paper
}

const MARGIN_MM = 10
/** Room for half of the first figure of the scale bar and half of the frame's line. */
const FIGURE_MARGIN_MM = 1
/** White around everything of a sheet that need not be printed on pieces. */
export const WHITE_MM = 8
const TITLE_MM = 11
const FOOT_MM = 15
const GAP_MM = 3
const LEGEND_COLUMN_MM = 56
/** A legend below the map takes at most this share of the page. */
const MOST_LEGEND = 0.28
const A4_SHORT_MM = 210

/** The width that a legend may have, mm: a column beside a lying map, the page below a standing one. */
export function legendWidthMm(choice: Pick<SheetChoice, 'paper' | 'orientation' | 'figureMm'>): number {
  const { sizeMm, marginMm } = outerOf(choice)
  return choice.orientation === 'landscape' ? LEGEND_COLUMN_MM * sizeOf(choice.paper) : sizeMm[0] - 2 * marginMm
}

/** The size of what is drawn, and the white at its sides. */
const outerOf = ({ paper, orientation, figureMm }: Pick<SheetChoice, 'paper' | 'orientation' | 'figureMm'>) =>
  figureMm === undefined
    ? { sizeMm: pageMm(paper, orientation), marginMm: MARGIN_MM }
    : { sizeMm: figureMm, marginMm: FIGURE_MARGIN_MM }

/** Larger papers are looked at from farther away: text grows with the square root of the short side. */
export function sizeOf(paper: PaperId): number {
  const [shortMm] = pageMm(paper, 'portrait')
  return Math.sqrt(shortMm / A4_SHORT_MM)
}

/**
 * Divides a page: title above, map and legend, foot below. `legendMm` is how high the legend would like to be (only a standing page
 * asks); `extentM` is minX, minY, maxX, maxY of what is mapped, metres of the frame.
 */
export function sheetLayout(
  choice: SheetChoice,
  extentM: readonly [number, number, number, number],
  legendMm: number,
): SheetLayout {
  const { sizeMm, marginMm } = outerOf(choice)
  const [pageWidthMm, pageHeightMm] = sizeMm
  const size = sizeOf(choice.paper)
  const isLying = choice.orientation === 'landscape'
  const widthMm = pageWidthMm - 2 * marginMm
  const topMm = marginMm + TITLE_MM * size
  const footTopMm = pageHeightMm - marginMm - FOOT_MM * size
  const bodyMm = footTopMm - topMm - GAP_MM
  const belowMm = isLying ? 0 : Math.min(legendMm, pageHeightMm * MOST_LEGEND)
  const besideMm = isLying ? legendWidthMm(choice) : 0
  const mapMm = {
    xMm: marginMm,
    yMm: topMm,
    widthMm: widthMm - (besideMm === 0 ? 0 : besideMm + GAP_MM),
    heightMm: bodyMm - (belowMm === 0 ? 0 : belowMm + GAP_MM),
  }
  const beside = { xMm: pageWidthMm - marginMm - besideMm, yMm: topMm, widthMm: besideMm, heightMm: bodyMm }
  const below = { xMm: marginMm, yMm: topMm + mapMm.heightMm + GAP_MM, widthMm, heightMm: belowMm }
  return {
    sizeMm,
    size,
    titleMm: { xMm: marginMm, yMm: marginMm, widthMm, heightMm: TITLE_MM * size },
    mapMm,
    legendMm: isLying ? beside : below,
    footMm: { xMm: marginMm, yMm: footTopMm, widthMm, heightMm: FOOT_MM * size },
    paper: windowOf(mapMm, choice, extentM),
  }
}

/** A window that holds the map of a sheet however high its legend becomes, for what must be made before that is known. */
export function widestWindow(
  choice: SheetChoice,
  extentM: readonly [number, number, number, number],
): Pick<Paper, 'windowM' | 'denominator'> {
  const { mapMm, paper, sizeMm } = sheetLayout(choice, extentM, 0)
  const [least, most] = [paper.denominator, sheetLayout(choice, extentM, sizeMm[1]).paper.denominator]
  const [minX, minY, maxX, maxY] = paper.windowM
  const [x, y] = [(minX + maxX) / 2, (minY + maxY) / 2]
  const denominator = Math.max(least, most)
  const [halfX, halfY] = [(mapMm.widthMm * denominator) / 2000, (mapMm.heightMm * denominator) / 2000]
  return { windowM: [x - halfX, y - halfY, x + halfX, y + halfY], denominator: Math.min(least, most) }
}

const ROOM = 1.03

function windowOf(
  { widthMm, heightMm }: BoxMm,
  { scale, centreM }: SheetChoice,
  [minX, minY, maxX, maxY]: readonly [number, number, number, number],
): Paper {
  const [acrossM, upM] = [Math.max(maxX - minX, 1) * ROOM, Math.max(maxY - minY, 1) * ROOM]
  const denominator = scale ?? roundDenominator(Math.max((acrossM * 1000) / widthMm, (upM * 1000) / heightMm))
  const [x, y] = centreM ?? [(minX + maxX) / 2, (minY + maxY) / 2]
  const [halfX, halfY] = [(widthMm * denominator) / 2000, (heightMm * denominator) / 2000]
  return {
    windowM: [x - halfX, y - halfY, x + halfX, y + halfY],
    widthPt: widthMm * PT_PER_MM,
    heightPt: heightMm * PT_PER_MM,
    denominator,
  }
}
