import type { LayerColumns } from '../geo/columns.ts'

/** Points per millimetre of paper; all drawing happens in hundredths of a point. */
export const PT_PER_MM = 72 / 25.4
export const UNITS_PER_PT = 100
/** What lies beyond the sheet is held at its edge: no coordinate grows out of the range that outlines can hold. */
const FARTHEST = 1_000_000

/** The window of a map on paper: frame metres → hundredths of a point, y down. */
export interface Paper {
  /** minX, minY, maxX, maxY of the window, frame metres. */
  windowM: [number, number, number, number]
  widthPt: number
  heightPt: number
  /** Scale denominator: 1 : this. */
  denominator: number
}

/** Denominators that readers can work with. */
const ROUND_STEPS = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8, 10]

/** The smallest round denominator at least as large as needed. */
export function roundDenominator(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)))
  return (ROUND_STEPS.find((step) => step * power >= least - 1e-9) ?? 10) * power
}

/** Fits an extent (frame metres) into a width of paper at a round scale; the height follows the extent within its limits. */
export function fitPaper(
  extentM: readonly [number, number, number, number],
  widthMm: number,
  minHeightMm: number,
  maxHeightMm: number,
): Paper {
  const [minX, minY, maxX, maxY] = extentM
  const margin = 1.03
  const acrossM = Math.max(maxX - minX, 1) * margin
  const upM = Math.max(maxY - minY, 1) * margin
  const denominator = roundDenominator(Math.max((acrossM * 1000) / widthMm, (upM * 1000) / maxHeightMm))
  const heightMm = Math.min(maxHeightMm, Math.max(minHeightMm, (upM * 1000) / denominator))
  const halfX = (widthMm * denominator) / 2000
  const halfY = (heightMm * denominator) / 2000
  const [x, y] = [(minX + maxX) / 2, (minY + maxY) / 2]
  return {
    windowM: [x - halfX, y - halfY, x + halfX, y + halfY],
    widthPt: widthMm * PT_PER_MM,
    heightPt: heightMm * PT_PER_MM,
    denominator,
  }
}

/** Maps layer millimetres to whole multiples of `grid` hundredths of a point. Equal points stay equal: shared edges stay shared. */
export function paperPoint(paper: Paper, grid: number): { x: (mm: number) => number; y: (mm: number) => number } {
  const perMm = (PT_PER_MM * UNITS_PER_PT) / paper.denominator
  const [minX, , , maxY] = paper.windowM
  const snap = (value: number) => Math.min(FARTHEST, Math.max(0, Math.round(value / grid) * grid))
  return { x: (mm) => snap((mm - minX * 1000) * perMm), y: (mm) => snap((maxY * 1000 - mm) * perMm) }
}

/** minX, minY, maxX, maxY over layers, frame metres; null when nothing has a place. */
export function extentOf(layers: readonly LayerColumns[]): [number, number, number, number] | null {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { partBox } of layers) {
    for (let at = 0; at + 3 < partBox.length; at += 4) {
      box[0] = Math.min(box[0], (partBox[at] ?? 0) / 1000)
      box[1] = Math.min(box[1], (partBox[at + 1] ?? 0) / 1000)
      box[2] = Math.max(box[2], (partBox[at + 2] ?? 0) / 1000)
      box[3] = Math.max(box[3], (partBox[at + 3] ?? 0) / 1000)
    }
  }
  return box[0] <= box[2] ? box : null
}

/** Hundredths of a point as SVG writes them: "12.5". */
export const pt = (units: number): string => String(Math.round(units) / UNITS_PER_PT)

/** Closed rings as one path. */
export const closedPath = (rings: readonly number[][]): string => rings.map((ring) => `${runPath(ring)}Z`).join('')

/** An open run of points, with relative steps: shorter files. */
export function runPath(run: readonly number[]): string {
  let path = `M${pt(run[0] ?? 0)} ${pt(run[1] ?? 0)}`
  if (run.length > 2) path += 'l'
  for (let at = 2; at < run.length; at += 2) {
    const dx = pt((run[at] ?? 0) - (run[at - 2] ?? 0))
    const dy = pt((run[at + 1] ?? 0) - (run[at - 1] ?? 0))
    path += `${at > 2 ? ' ' : ''}${dx} ${dy}`
  }
  return path
}
