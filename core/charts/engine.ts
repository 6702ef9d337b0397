import { BarChart, CustomChart, LineChart, SankeyChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TitleComponent } from 'echarts/components'
import { init, use as register } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'

/** The parts of the chart library that our charts use, and no others: no canvas, no HTML tooltips, no toolbox. */
register([
  BarChart,
  LineChart,
  SankeyChart,
  CustomChart,
  GridComponent,
  LegendComponent,
  TitleComponent,
  AriaComponent,
  LabelLayout,
  SVGRenderer,
])

export { init as initChart }
