import { textWidth } from '../map/svg.ts'
import type { ResultTable } from '../model/result-table.ts'
import { inLang } from '../text.ts'
import { flowsOf, mergeSmallFlows, type Flow, type FlowNode, type MergedFlows } from '../tables/flows.ts'
import type { TableReader } from '../tables/shown-table.ts'
import { baseOption, labelStyle, type Chart, type ChartPlace, type ChartTheme } from './chart.ts'
import { figureColumns, isTwofold, joined, picked, shortened, valueWords } from './words.ts'

const ROW_PX = 26
const MOST_NAMED = 3

/** Ends of flows need names of their own: a class stands on both sides. */
const before = ({ key }: FlowNode) => `before ${key}`
const after = ({ key }: FlowNode) => `after ${key}`

/**
 * What becomes what: a Sankey of a flows table, changes only, small flows put together with their amount said. Null where nothing
 * changes or the table is no matrix.
 */
export function sankeyChart(table: ResultTable, reader: TableReader, theme: ChartTheme): Chart | null {
  const [column] = figureColumns(table, reader)
  const merged = mergeSmallFlows(flowsOf(table, true))
  if (column === undefined || merged.flows.length === 0) return null
  const title = (node: FlowNode) => shortened(inLang(node.title, reader.lang), reader.lang === 'zh' ? 12 : 24)
  const amount = (value: number) => valueWords(value, column.shown, reader)
  const label = (node: FlowNode, value: number) =>
    isTwofold(reader)
      ? `${shortened(node.title.zh, 12)} ${amount(value)}\n${shortened(node.title.en, 16)} ${valueWords(value, column.shown, { ...reader, lang: 'en' })}`
      : `${title(node)} ${amount(value)}`
  const sides = (name: (node: FlowNode) => string, end: (flow: Flow) => FlowNode, depth: 0 | 1) =>
    [...Map.groupBy(merged.flows, (flow) => end(flow).key).values()].flatMap((flows) => {
      const [first] = flows
      if (first === undefined) return []
      const node = end(first)
      const value = flows.reduce((sum, flow) => sum + flow.value, 0)
      const position: 'left' | 'right' = depth === 0 ? 'left' : 'right'
      return [
        {
          name: name(node),
          value,
          depth,
          itemStyle: { color: node.colour, borderColor: theme.soft, borderWidth: 0.5 },
          label: { ...labelStyle(theme), position, formatter: label(node, value) },
          ...placeOf(depth === 0 ? first.from : null, depth === 1 ? first.to : null),
        },
      ]
    })
  const left = sides(before, ({ from }) => from, 0)
  const right = sides(after, ({ to }) => to, 1)
  const option = {
    ...baseOption(theme),
    series: [
      {
        type: 'sankey' as const,
        left: roomFor(left, theme),
        right: roomFor(right, theme),
        top: 8,
        bottom: 8,
        nodeWidth: 14,
        nodeGap: isTwofold(reader) ? 24 : 10,
        draggable: false,
        emphasis: { focus: 'adjacency' as const },
        // Flows keep the colour of what the land was.
        lineStyle: { color: 'source' as const, opacity: 0.45 },
        data: [...left, ...right],
        links: merged.flows.map(({ from, to, value }) => ({
          source: before(from),
          target: after(to),
          value,
          ...placeOf(from, to),
        })),
      },
    ],
  }
  return {
    kind: 'sankey',
    option,
    heightPx: Math.max(180, (isTwofold(reader) ? 1.6 : 1) * ROW_PX * Math.max(left.length, right.length) + 60),
    description: describe(merged, title, amount, reader),
    remark:
      merged.otherCount === 0
        ? null
        : picked(
            reader,
            `另有 ${merged.otherCount} 项较小的流向并入“其他”，合计 ${amount(merged.otherValue)}。`,
            `${merged.otherCount} smaller flows are put together as “Other”: ${amount(merged.otherValue)} in all.`,
          ),
  }
}

/** Labels stand beside their bars: as much room as the longest needs. */
const roomFor = (nodes: readonly { label: { formatter: string } }[], { fontPx }: ChartTheme): number =>
  Math.ceil(
    Math.max(60, ...nodes.flatMap(({ label }) => label.formatter.split('\n').map((line) => textWidth(line, fontPx) + 14))),
  )

/** Only what stands in the table can be opened: "other" is many cells at once. */
function placeOf(from: FlowNode | null, to: FlowNode | null): { place?: ChartPlace } {
  if (from === null || from.key === 'other' || to?.key === 'other') return {}
  return { place: { row: from.key, ...(to === null ? {} : { column: to.key }) } }
}

function describe(
  { flows, total }: MergedFlows,
  title: (node: FlowNode) => string,
  amount: (value: number) => string,
  reader: TableReader,
) {
  const largest = flows
    .filter(({ merged }) => merged === 1)
    .slice(0, MOST_NAMED)
    .map(({ from, to, value }) => `${title(from)} → ${title(to)} ${amount(value)}`)
  return picked(
    reader,
    `改变用途的土地共 ${amount(total)}；最大的流向：${joined(largest, reader)}。`,
    `${amount(total)} of land changes its use; the largest flows: ${joined(largest, reader)}.`,
  )
}
