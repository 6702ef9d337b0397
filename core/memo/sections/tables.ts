import type { ChartKind } from '../../charts/chart.ts'
import { PAPER_CHARTS } from '../../charts/paper-charts.ts'
import { chartKinds, chartOfTable } from '../../charts/chart-of-table.ts'
import type { Measurement } from '../../model/measurement.ts'
import type { ResultTable } from '../../model/result-table.ts'
import { formatValue, fromBase, readableValue, toBase, UNITS, type AreaUnit } from '../../model/units.ts'
import { flowsOf } from '../../tables/flows.ts'
import { columnHead, tableAsRows, TOTAL_WORDS, type ShownTable, type TableReader } from '../../tables/shown-table.ts'
import { cell, headCells, muted, paragraph, rightCell, strong, type MemoContext, type MemoSection } from '../context.ts'
import { chartFigure } from '../chart-figure.ts'
import type { Block, Cell } from '../document.ts'
import { listText, withMinus } from '../words.ts'

/** A memo is for reading: whole tables travel in the attached record. */
const MOST_ROWS = 8
const MOST_COLUMNS = 6
/** Kinds that say more in a picture than in figures; maps and small multiples are for the screen. */
const DRAWN: readonly ChartKind[] = ['sankey', 'stacked', 'series', 'range']

/** A table with fewer figures says no more in a picture. */
const LEAST_DRAWN = 12

/**
 * What indicators say in tables: the first of each, shortened, with its chart; the rest is named. Indicators of items at a good
 * level, where nothing is to be asked, are named in one table: their figures travel in the attached record. Flows are always shown.
 */
export const tables: MemoSection = {
  id: 'tables',
  title: { zh: '结果表与图', en: 'Tables and charts' },
  compose(memo) {
    const measured = memo.result.indicators.filter(({ tables: own = [] }) => own.length > 0)
    if (measured.length === 0) return []
    const [folded, printed] = [measured.filter((one) => isSettled(one, memo)), measured.filter((one) => !isSettled(one, memo))]
    // The map sheet is the first figure.
    let figures = memo.layers.length > 0 ? 1 : 0
    return [
      paragraph(
        muted(
          memo.say(
            `各指标只列出一张表的前 ${MOST_ROWS} 行，完整数据见所附评审记录。`,
            `One table of each indicator is printed, with up to ${MOST_ROWS} rows; the attached review record holds everything.`,
          ),
        ),
      ),
      ...printed.flatMap((measurement) => [
        heading(measurement, memo),
        ...(measurement.tables ?? [])
          .slice(0, 1)
          .flatMap((table) => [...chartsOf(measurement, table, memo, () => ++figures), ...tableBlocks(table, memo)]),
        ...unprinted(measurement.tables?.slice(1) ?? [], memo),
      ]),
      ...foldedTable(folded, memo),
    ]
  },
}

/** From this level on an item asks for nothing. */
const GOOD = 3

/** Whether the items that an indicator answers are good as measured, are no gates, and no finding is about them. */
function isSettled({ id, tables: own = [] }: Measurement, { items, result }: MemoContext): boolean {
  const answered = items.filter(({ item, result: { applicable } }) => applicable && item.rule?.indicator === id)
  return (
    own[0]?.kind !== 'flows' &&
    answered.length > 0 &&
    answered.every(
      ({ item, result: { level, source } }) =>
        (level ?? 0) >= GOOD &&
        source === 'auto' &&
        !item.gate &&
        !result.findings.some((one) => !one.withdrawn && one.item === item.id),
    )
  )
}

/** Indicators whose tables stand in the attachment only, each with what there is. */
function foldedTable(folded: readonly Measurement[], memo: MemoContext): Block[] {
  const { say } = memo
  if (folded.length === 0) return []
  return [
    { kind: 'heading', level: 2, text: say('良好及以上的条目', 'Items at a good level or better'), id: 'tables-folded' },
    {
      kind: 'table',
      caption: say('结果表只收入附件的指标', 'Indicators whose tables stand in the attachment only'),
      head: headCells(say('指标', 'Indicator'), say('附件中的表（行数）', 'Tables in the attachment (rows)')),
      rows: folded.map((measurement) => [
        cell(titleOf(measurement, memo)),
        cell(
          listText(
            (measurement.tables ?? []).map(({ title, rows }) =>
              say(`${title.zh}（${rows.length}）`, `${title.en} (${rows.length})`),
            ),
            memo.lang,
          ),
        ),
      ]),
      widths: [30, 70],
    },
  ]
}

function titleOf({ id }: Measurement, memo: MemoContext): string {
  const known = memo.indicators.find((indicator) => indicator.id === id)
  return known === undefined ? id : `${id} ${memo.inLang(known.title)}`
}

const heading = (measurement: Measurement, memo: MemoContext): Block => ({
  kind: 'heading',
  level: 2,
  text: titleOf(measurement, memo),
  id: `tables-${measurement.id}`,
})

const readerOf = ({ lang, areaUnit, drawnLang }: MemoContext): TableReader => ({ lang, areaUnit, drawnLang })

const figuresIn = ({ rows }: ResultTable): number =>
  rows.reduce((sum, { cells }) => sum + cells.filter((value) => typeof value === 'number').length, 0)

/** Of a matrix its flows and its sums, of anything else the chart that says most. Nothing where charts cannot be drawn. */
function chartsOf({ id }: Measurement, table: ResultTable, memo: MemoContext, next: () => number): Block[] {
  if (memo.drawChart === undefined) return []
  if (table.kind !== 'flows' && figuresIn(table) < LEAST_DRAWN) return []
  const kinds = chartKinds(table).filter((kind) => DRAWN.includes(kind))
  return (table.kind === 'flows' ? kinds : kinds.slice(0, 1)).flatMap((kind): Block[] => {
    const chart = chartOfTable(table, kind, readerOf(memo), PAPER_CHARTS)
    if (chart === null) return []
    const [title, number] = [memo.inLang(table.title), next()]
    return chartFigure(memo, chart, `${id}-${table.id}-${kind}`, memo.say(`图 ${number}　${title}`, `Figure ${number}. ${title}`))
  })
}

/** A table with its sums and remarks, shortened for paper; of a matrix its largest changes. */
export function tableBlocks(table: ResultTable, memo: MemoContext): Block[] {
  if (table.kind === 'flows') return flowBlocks(table, memo)
  const shown = tableAsRows(table, readerOf(memo))
  const columns = shown.columns.slice(0, MOST_COLUMNS)
  const cells = (texts: readonly string[]) =>
    columns.map(({ unit }, at) => (unit === null ? cell(texts[at] ?? '') : rightCell(withMinus(texts[at] ?? ''))))
  const block: Block = {
    kind: 'table',
    caption: shown.title,
    head: headCells(shown.rowTitle, ...columns.map((column) => columnHead(column, memo.lang))),
    rows: [
      ...shown.rows.slice(0, MOST_ROWS).map((row): Cell[] => [cell(row.title), ...cells(row.texts)]),
      ...totalRows(shown, memo, cells),
    ],
    widths: [24, ...columns.map(() => Math.round(76 / columns.length))],
  }
  return [block, ...left(shown.rows.length - MOST_ROWS, shown.columns.length - MOST_COLUMNS, memo), ...remarks(shown)]
}

const totalRows = (shown: ShownTable, { lang }: MemoContext, cells: (texts: readonly string[]) => Cell[]): Cell[][] =>
  shown.totals.map(({ kind, texts }) => [cell(strong(TOTAL_WORDS[kind][lang])), ...cells(texts)])

const remarks = (shown: ShownTable): Block[] => shown.remarks.map((remark) => paragraph(muted(remark)))

/** A matrix is too wide for paper: its largest changes, in order. */
function flowBlocks(table: ResultTable, memo: MemoContext): Block[] {
  const { lang, areaUnit } = memo
  const flows = flowsOf(table, true).toSorted((a, b) => b.value - a.value)
  const shown = tableAsRows(table, readerOf(memo))
  if (flows.length === 0) return []
  const total = sumOf(flows)
  const isLarge = ({ value }: { value: number }) => !isDust(value, areaUnit)
  const large = flows.some(isLarge) ? flows.filter(isLarge) : flows
  const dust = flows.slice(large.length)
  const row = (from: string, to: string, value: number): Cell[] => [
    cell(from),
    cell(to),
    rightCell(readableValue(value, areaUnit, lang)),
    rightCell(readableValue(value / total, 'percent', lang)),
  ]
  const block: Block = {
    kind: 'table',
    caption: memo.say(`${shown.title}：最大的变化`, `${shown.title}: the largest changes`),
    head: headCells(
      memo.say('基期', 'Base year'),
      memo.say('规划', 'Plan'),
      memo.say('面积', 'Area'),
      memo.say('占变化', 'Share of changes'),
    ),
    rows: [
      ...large.slice(0, MOST_ROWS).map(({ from, to, value }) => row(memo.inLang(from.title), memo.inLang(to.title), value)),
      ...(dust.length === 0 ? [] : [row(dustText(dust.length, memo), '', sumOf(dust))]),
    ],
    widths: [34, 34, 18, 14],
  }
  return [block, ...left(large.length - MOST_ROWS, 0, memo), ...remarks(shown)]
}

const sumOf = (flows: readonly { value: number }[]) => flows.reduce((sum, { value }) => sum + value, 0)

/** What rounds to nothing in an area's unit comes of drawing and of reckoning: it stands in one line. */
const isDust = (valueM2: number, unit: AreaUnit): boolean => fromBase(valueM2, unit) < 0.5 * 10 ** -UNITS[unit].decimals
function dustText(count: number, { areaUnit, lang, say }: MemoContext): string {
  const least = formatValue(toBase(10 ** -UNITS[areaUnit].decimals, areaUnit), areaUnit, lang)
  return say(`其余 ${count} 项，每项不足 ${least}`, `${count} more, each below ${least}`)
}

/** How much of a table is not printed, and where it is. */
function left(rows: number, columns: number, { say }: MemoContext): Block[] {
  const parts = [
    ...(rows > 0 ? [say(`${rows} 行`, `${rows} more rows`)] : []),
    ...(columns > 0 ? [say(`${columns} 列`, `${columns} more columns`)] : []),
  ]
  if (parts.length === 0) return []
  return [paragraph(muted(say(`另有 ${parts.join('、')}见附件。`, `${parts.join(' and ')} are in the attachment.`)))]
}

/** Tables that stand in the attachment only. */
function unprinted(rest: readonly ResultTable[], memo: MemoContext): Block[] {
  if (rest.length === 0) return []
  const names = listText(
    rest.map(({ title }) => memo.inLang(title)),
    memo.lang,
  )
  return [paragraph(muted(memo.say(`附件中另有：${names}。`, `Also in the attachment: ${names}.`)))]
}
