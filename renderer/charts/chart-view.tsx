import { useEffect, useRef } from 'react'
import type { Chart, ChartPlace } from '#core/charts/chart.ts'
import { initChart } from '#core/charts/engine.ts'

export interface ChartViewProps {
  chart: Chart
  /** A part that stands for a figure was pressed. */
  onPick?: (place: ChartPlace) => void
  /** Drawing failed; the table still says everything. */
  onFailed: () => void
}

const placeIn = (data: unknown): ChartPlace | null =>
  typeof data === 'object' && data !== null && 'place' in data ? (data.place as ChartPlace) : null

/** A chart as SVG, as wide as its place; pressing a part opens the figure behind it. The table beside it is its keyboard twin. */
export function ChartView({ chart, onPick, onFailed }: ChartViewProps) {
  const target = useRef<HTMLDivElement>(null)
  const pick = useRef(onPick)
  useEffect(() => {
    pick.current = onPick
  }, [onPick])
  useEffect(() => {
    const element = target.current
    if (element === null) return
    const drawn = initChart(element, null, { renderer: 'svg' })
    drawn.on('click', ({ data }) => {
      const place = placeIn(data)
      if (place) pick.current?.(place)
    })
    try {
      drawn.setOption(chart.option, { notMerge: true })
    } catch {
      // The library refused the figures: said on screen by the caller, and the table holds them all.
      onFailed()
    }
    const observer = new ResizeObserver(() => drawn.resize())
    observer.observe(element)
    return () => {
      observer.disconnect()
      drawn.dispose()
    }
  }, [chart, onFailed])
  return <div ref={target} className="chart" role="img" aria-label={chart.description} style={{ height: chart.heightPx }} />
}
