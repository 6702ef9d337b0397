import type { EChartsOption } from 'echarts'
import type { TablePlace } from '../model/result-table.ts'

/** What the chart library is told. Only plain data: the same option draws on the screen and, without one, in the memo. */
export type ChartOption = EChartsOption

/** The figure behind a part of a chart: pressing it opens its features. Carried by data items as `place`. */
export type ChartPlace = Omit<TablePlace, 'table'>

/** Kinds of chart that show a result table. */
export type ChartKind = 'sankey' | 'stacked' | 'multiples' | 'series' | 'range'

/** Kinds of chart that show a review's scores. */
export type ScoreChartKind = 'radar' | 'bars' | 'tornado'

/** A chart ready to be drawn, with what stands beside it for those who cannot see it. */
export interface Chart {
  kind: ChartKind | ScoreChartKind
  option: ChartOption
  /** Height that it needs when it is `widthPx` wide, pixels. */
  heightPx: number
  /** One or two sentences with the largest parts: read aloud instead of the picture, and printed under it in the memo. */
  description: string
  /** What the drawing leaves out or puts together; null where it shows everything. */
  remark: string | null
}

/** Colours and type of the surroundings. */
export interface ChartTheme {
  ink: string
  soft: string
  line: string
  paper: string
  accent: string
  info: string
  warning: string
  danger: string
  font: string
  fontPx: number
  /** True where areas must be told apart without colour (grey print, high contrast). */
  patterns: boolean
}

/** What every chart starts from: no animation (drawings are facts), the surroundings' type, patterns where asked for. */
export const baseOption = (theme: ChartTheme): ChartOption => ({
  animation: false,
  backgroundColor: 'transparent',
  textStyle: { fontFamily: theme.font, fontSize: theme.fontPx, color: theme.ink },
  aria: { enabled: true, label: { enabled: false }, decal: { show: theme.patterns } },
})

/** Text of labels: never with a halo, which paper cannot print. */
export const labelStyle = (theme: ChartTheme, colour: string = theme.ink) => ({
  color: colour,
  fontFamily: theme.font,
  fontSize: theme.fontPx,
  textBorderWidth: 0,
  textBorderColor: 'transparent',
})

/** Dark or white, whichever can be read on a colour `#rrggbb`. */
export function inkOn(colour: string): string {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
  const linear = (c = 0) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  const luminance = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
  return luminance > 0.3 ? '#16191A' : '#FFFFFF'
}
