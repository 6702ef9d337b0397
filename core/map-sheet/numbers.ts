import { PT_PER_MM, type Paper } from '../map/paper.ts'
import { text, textWidth } from '../map/svg.ts'
import type { SheetLayer } from './sheet-layer.ts'

const SIZE_PT = 7
/** So many numbers of one list are drawn, as on the screen; those that would lie over others give way to smaller ones. */
const MOST_NUMBERS = 60
const INK = '#16191A'

/** Numbers of overlays on a white edge, those of the topmost overlay first; points from the upper left of the window. */
export function drawNumbers(layers: readonly SheetLayer[], paper: Paper, size: number): string {
  const ptPerM = (1000 * PT_PER_MM) / paper.denominator
  const pt = SIZE_PT * size
  const taken: [left: number, top: number, right: number, bottom: number][] = []
  let svg = ''
  for (const { numbers = [] } of layers.toReversed()) {
    for (const { label, xM, yM } of numbers.slice(0, MOST_NUMBERS)) {
      const [x, y] = [(xM - paper.windowM[0]) * ptPerM, (paper.windowM[3] - yM) * ptPerM]
      if (!(x >= 0 && y >= 0 && x <= paper.widthPt && y <= paper.heightPt)) continue
      const half = textWidth(label, pt) / 2 + size
      const box = [x - half, y - pt * 0.7, x + half, y + pt * 0.7] as const
      if (taken.some(([left, top, right, bottom]) => box[0] < right && box[2] > left && box[1] < bottom && box[3] > top)) continue
      taken.push([...box])
      const style = { size: pt, anchor: 'middle', weight: 'bold' } as const
      const at = [x, y + pt * 0.35] as const
      svg += text(...at, label, { ...style, colour: '#FFFFFF', halo: 2.4 * size }) + text(...at, label, { ...style, colour: INK })
    }
  }
  return svg
}
