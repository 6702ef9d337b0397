import { message, type MessageTable } from './message.ts'

/** Failures of opening and exporting result tables. */
export const tableMessages = {
  'tables.not-found': (p: { indicator: string; table: string }) =>
    message(
      ['没有这张结果表', `指标 ${p.indicator} 的测算结果中没有表“${p.table}”。`, '请先运行分析，再从列表中选择结果表。'],
      [
        'There is no such table',
        `The measurement of ${p.indicator} has no table “${p.table}”.`,
        'Run the analysis, then choose a table from the list.',
      ],
    ),
  'tables.no-row': (p: { table: string; row: string }) =>
    message(
      ['没有这一行或这一列', `表“${p.table}”中没有“${p.row}”。`, '请重新打开结果表；若方案已重新分析，数据可能已更新。'],
      [
        'There is no such row or column',
        `The table “${p.table}” has no “${p.row}”.`,
        'Open the table again; a new analysis may have changed it.',
      ],
    ),
  'tables.no-features': (p: { indicator: string; table: string }) =>
    message(
      [
        '这个数没有对应的图斑',
        `指标 ${p.indicator} 的表“${p.table}”不是由单个图斑构成的。`,
        '请查看该指标的方法说明，或打开其他数值。',
      ],
      [
        'No features stand behind this figure',
        `The table “${p.table}” of ${p.indicator} is not made of single features.`,
        'Read the indicator’s method, or open another figure.',
      ],
    ),
  'tables.no-places': (p: { table: string }) =>
    message(
      ['这张表没有空间位置', `表“${p.table}”的行不对应任何图斑，无法导出为 GeoPackage。`, '请改为导出 CSV 或 XLSX。'],
      [
        'This table has no places',
        `The rows of “${p.table}” belong to no features, so there is nothing to write as GeoPackage.`,
        'Export it as CSV or XLSX.',
      ],
    ),
  'tables.not-measured': (p: { plan: string }) =>
    message(
      ['方案尚未分析', `方案“${p.plan}”还没有测算结果。`, '请先运行分析。'],
      ['Not analysed yet', `The plan “${p.plan}” has no measurements yet.`, 'Run the analysis first.'],
    ),
} satisfies MessageTable
