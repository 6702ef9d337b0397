import type { Chart } from './chart.ts'
import { initChart } from './engine.ts'
import { ownDrawing } from './own-drawing.ts'

/** A chart as a drawing of our own, without a screen. `name` must be unique among the figures of a document. */
export function renderChart({ option, heightPx, description }: Chart, widthPx: number, name: string): string {
  const chart = initChart(null, null, { renderer: 'svg', ssr: true, width: widthPx, height: heightPx })
  try {
    chart.setOption(option)
    return ownDrawing(chart.renderToSVGString(), name.replace(/[^\w-]/g, '-'), description)
  } finally {
    // A chart that is not disposed keeps the program alive.
    chart.dispose()
  }
}
