import { BarChart, CustomChart, LineChart, RadarChart, SankeyChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, RadarComponent, TitleComponent } from 'echarts/components'
import { init, use as register } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'

/** The parts of the chart library that our charts use, and no others: no canvas, no HTML tooltips, no toolbox. */
register([
  BarChart,
  LineChart,
  SankeyChart,
  RadarChart,
  CustomChart,
  GridComponent,
  LegendComponent,
  RadarComponent,
  TitleComponent,
  AriaComponent,
  LabelLayout,
  SVGRenderer,
])

export { init as initChart }
