import { findingName } from './finding.ts'
import { SEVERITY_WORDS } from '../memo/words.ts'
import type { ResultTable, TableCell } from '../model/result-table.ts'
import type { TableOrigin } from '../tables/workbook.ts'
import { bilingual, type Bilingual } from '../text.ts'
import type { FindingRow } from './finding-rows.ts'
import { STATUS_WORDS, WITHDRAWN_WORD } from './words.ts'

/** Words of people, which are the same in every language. */
const own = (text: string): Bilingual => bilingual(text, text)

const titled = (part: { id: string; title: Bilingual | null } | null): TableCell =>
  part === null
    ? null
    : part.title === null
      ? own(part.id)
      : bilingual(`${part.id} ${part.title.zh}`, `${part.id} ${part.title.en}`)

const COLUMNS: readonly { key: string; title: Bilingual; isFigure?: true; cell: (row: FindingRow) => TableCell }[] = [
  {
    key: 'status',
    title: bilingual('状态', 'Status'),
    cell: ({ finding, status }) => (finding.withdrawn ? WITHDRAWN_WORD : STATUS_WORDS[status]),
  },
  { key: 'severity', title: bilingual('类别', 'Kind'), cell: ({ finding }) => SEVERITY_WORDS[finding.severity] },
  { key: 'item', title: bilingual('清单项', 'Item'), cell: ({ item }) => titled(item) },
  { key: 'point', title: bilingual('审查要点', 'Review point'), cell: ({ point }) => point?.title ?? titled(point) },
  { key: 'action', title: bilingual('修改要求', 'What is asked for'), cell: ({ finding }) => own(finding.action) },
  { key: 'by', title: bilingual('提出人', 'Author'), cell: ({ finding }) => own(finding.by) },
  { key: 'at', title: bilingual('时间（UTC）', 'When (UTC)'), cell: ({ finding }) => own(finding.at) },
  { key: 'round', title: bilingual('首次提出轮次', 'First raised in round'), isFigure: true, cell: ({ round }) => round },
  { key: 'replies', title: bilingual('答复', 'Replies'), isFigure: true, cell: ({ replies }) => replies },
  {
    key: 'places',
    title: bilingual('图上位置', 'Places on the map'),
    isFigure: true,
    cell: ({ finding }) => finding.evidence.length + (finding.mark === undefined ? 0 : 1),
  },
  {
    key: 'quote',
    title: bilingual('文本依据', 'Quoted document'),
    cell: ({ finding: { quote } }) =>
      quote === undefined
        ? null
        : own(`${quote.document}${quote.page === null ? '' : ` p. ${quote.page}`}${quote.text === '' ? '' : `: ${quote.text}`}`),
  },
]

/** Findings as a table that leaves the house: one row per number, nothing shortened, withdrawn ones named as such. */
export const findingTable = (rows: readonly FindingRow[]): ResultTable => ({
  id: 'findings',
  kind: 'list',
  title: bilingual('审查意见', 'Findings'),
  rowTitle: bilingual('意见', 'Finding'),
  columns: COLUMNS.map(({ key, title, isFigure }) => ({ key, title, unit: isFigure ? 'count' : null })),
  rows: rows.map((row) => ({
    key: findingName(row.finding),
    title: own(row.finding.text),
    cells: COLUMNS.map(({ cell }) => cell(row)),
  })),
})

/** What the second sheet of the workbook says of the first. */
export const findingTableOrigin = (plan: string, checklist: { title: Bilingual; version: string }): TableOrigin => ({
  plan,
  indicator: { id: '', title: bilingual(`审查意见（${checklist.title.zh}）`, `Findings (${checklist.title.en})`) },
  measurement: {
    version: 1,
    method: bilingual(
      `评审人提出的意见，编号终身不变；清单版本 ${checklist.version}。`,
      `Findings raised by reviewers; numbers are for life. Checklist version ${checklist.version}.`,
    ),
    basis: 'ellipsoidal',
    notes: [],
  },
})
