import type { Chart } from '../charts/chart.ts'
import type { MemoContext } from './context.ts'
import type { Block } from './document.ts'

/** Width of the type area in millimetres and in the pixels that charts are measured in. */
const WIDTH_MM = 156
const WIDTH_PX = 590

/**
 * A chart as a figure with its description; nothing where charts cannot be drawn. Its figures stand in a table beside it.
 * @param name unique among the figures of the memo
 */
export function chartFigure({ drawChart, say }: MemoContext, chart: Chart | null, name: string, title: string): Block[] {
  if (drawChart === undefined || chart === null) return []
  const { heightPx, description, remark } = chart
  return [
    {
      kind: 'map',
      figure: {
        svg: drawChart(chart, WIDTH_PX, name),
        widthMm: WIDTH_MM,
        heightMm: Math.round((heightPx / WIDTH_PX) * WIDTH_MM * 10) / 10,
        caption: `${title}${remark === null ? '' : say(`。${remark}`, `. ${remark}`)}`,
        // The table beside it has the figures in words; who cannot see the picture has them in its description.
        alt: description,
      },
    },
  ]
}
