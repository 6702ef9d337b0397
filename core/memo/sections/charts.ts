import type { Chart } from '../../charts/chart.ts'
import { chartOfTable } from '../../charts/chart-of-table.ts'
import { PAPER_CHARTS } from '../../charts/paper-charts.ts'
import { dimensionScores, scoreBars, scoreRadar, tornadoChart } from '../../charts/score-charts.ts'
import type { Measurement } from '../../model/measurement.ts'
import type { ResultTable } from '../../model/result-table.ts'
import { SENSITIVITY_REMARK, SENSITIVITY_SHARE } from '../../reference/weight-sensitivity.ts'
import { weightSensitivity } from '../../review/weight-sensitivity.ts'
import { flowsOf } from '../../tables/flows.ts'
import type { TableReader } from '../../tables/shown-table.ts'
import { judgedPercent } from '../../review/words.ts'
import { chartFigure } from '../chart-figure.ts'
import { cell, centreCell, headCells, muted, paragraph, rightCell, type MemoContext, type MemoSection } from '../context.ts'
import type { Block } from '../document.ts'
import { scoringInput } from '../scoring-input.ts'
import { pointsText } from '../words.ts'
import { tableBlocks } from './tables.ts'

/** So many tables of districts are drawn: the others stand with the tables of results. */
const MOST_DISTRICT_CHARTS = 2

/** Scores as a web and as bars, what districts have, where land goes, and how much the total hangs on weights: each with its table. */
export const charts: MemoSection = {
  id: 'charts',
  title: { zh: '图表', en: 'Charts' },
  compose(memo) {
    let number = 0
    const figure = (chart: Chart | null, name: string, zh: string, en: string): Block[] => {
      if (chart === null || memo.drawChart === undefined) return []
      number += 1
      return chartFigure(memo, chart, `charts-${name}`, memo.say(`图表 ${number}　${zh}`, `Chart ${number}. ${en}`))
    }
    return [...scores(memo, figure), ...byTable(memo, figure), ...weights(memo, figure)]
  },
}

type Figure = (chart: Chart | null, name: string, zh: string, en: string) => Block[]

const readerOf = ({ lang, areaUnit, drawnLang }: MemoContext): TableReader => ({ lang, areaUnit, drawnLang })

function scores(memo: MemoContext, figure: Figure): Block[] {
  const { say, lang, checklist, result } = memo
  const all = dimensionScores(checklist, result.checklist, readerOf(memo))
  if (all.length === 0) return []
  return [
    { kind: 'heading', level: 2, text: say('各维度得分', 'Scores by dimension'), id: 'charts-scores' },
    ...figure(
      scoreRadar(all, readerOf(memo), PAPER_CHARTS),
      'radar',
      '各维度得分（雷达图，满分 100）',
      'Scores by dimension, out of 100',
    ),
    ...figure(
      scoreBars(all, readerOf(memo), PAPER_CHARTS),
      'bars',
      '各维度得分与已判定比例',
      'Scores by dimension and the share judged',
    ),
    {
      kind: 'table',
      caption: say('各维度得分', 'Scores by dimension'),
      head: headCells(say('维度', 'Dimension'), say('得分', 'Score'), say('已判定', 'Judged')),
      rows: all.map(({ title, score, judged }) => [
        cell(title),
        rightCell(score === null ? say('未判定', 'not judged') : pointsText(score)),
        rightCell(`${judgedPercent(judged, lang)}%`),
      ]),
      widths: [56, 22, 22],
    },
  ]
}

/** Flows of land use, and what is measured by district: the first tables of each kind. */
function byTable(memo: MemoContext, figure: Figure): Block[] {
  const { say } = memo
  const all = memo.result.indicators.flatMap((measurement) => (measurement.tables ?? []).map((table) => ({ measurement, table })))
  // The matrix with the most to follow: the transition of land use where it was measured.
  const flows = all
    .filter(({ table }) => table.kind === 'flows')
    .toSorted((a, b) => flowsOf(b.table, true).length - flowsOf(a.table, true).length)
    .slice(0, 1)
  const districts = all.filter(({ table }) => isByDistrict(table)).slice(0, MOST_DISTRICT_CHARTS)
  const block =
    (kind: 'sankey' | 'multiples') =>
    ({ measurement, table }: { measurement: Measurement; table: ResultTable }) => {
      const chart = chartOfTable(table, kind, readerOf(memo), PAPER_CHARTS)
      return chart === null
        ? []
        : [...figure(chart, `${measurement.id}-${table.id}`, table.title.zh, table.title.en), ...tableBlocks(table, memo)]
    }
  return [
    ...part('charts-flows', say('用地转移', 'Land that changes its use'), flows.flatMap(block('sankey'))),
    ...part('charts-districts', say('分区比较', 'Districts side by side'), districts.flatMap(block('multiples'))),
  ]
}

const isByDistrict = ({ kind, rows }: ResultTable): boolean =>
  kind === 'units' && rows.length > 1 && rows.every(({ place }) => place?.layer === 'admin')

const part = (id: string, text: string, blocks: Block[]): Block[] =>
  blocks.length === 0 ? [] : [{ kind: 'heading', level: 2, text, id }, ...blocks]

function weights(memo: MemoContext, figure: Figure): Block[] {
  const { say, checklist } = memo
  const { total, swings } = weightSensitivity(checklist, scoringInput(memo), 'dimension', SENSITIVITY_SHARE)
  const titles = new Map(checklist.dimensions.map(({ id, title }) => [id, memo.inLang(title)]))
  const drawnTitles = new Map(checklist.dimensions.map(({ id, title }) => [id, title]))
  if (swings.length === 0) return []
  const points = (value: number | null) => rightCell(value === null ? '—' : value.toFixed(2))
  return [
    { kind: 'heading', level: 2, text: say('权重敏感性', 'How much weights decide'), id: 'charts-weights' },
    ...figure(
      tornadoChart({ total, swings }, titles, readerOf(memo), PAPER_CHARTS, 'weight', drawnTitles),
      'weights',
      '各维度权重变化对总分的影响',
      'What weights do to the total',
    ),
    {
      kind: 'table',
      caption: say('权重变化后的总分', 'The total with other weights'),
      head: headCells(
        say('维度', 'Dimension'),
        say('权重减小', 'Weight smaller'),
        say('权重增大', 'Weight larger'),
        say('结论改变', 'Opinion changes'),
      ),
      rows: swings.map(({ id, low, high, flips }) => [
        cell(titles.get(id) ?? id),
        points(low.total),
        points(high.total),
        centreCell(flips ? say('▲ 是', '▲ yes') : say('否', 'no')),
      ]),
      widths: [46, 18, 18, 18],
    },
    paragraph(muted(memo.inLang(SENSITIVITY_REMARK))),
  ]
}
