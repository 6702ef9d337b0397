import type { ResultTable } from '../model/result-table.ts'

/** Invented tables of every kind, for tests of what shows, draws and exports tables. Areas in m². */

const HA = 10_000

const CLASSES = [
  ['01', '01 耕地', '01 Cropland', '#F8D072'],
  ['03', '03 林地', '03 Woodland', '#5DAF54'],
  ['07', '07 居住用地', '07 Residential', '#FFE57F'],
  ['10', '10 工矿用地', '10 Industry and mining', '#A87B66'],
  ['14', '14 绿地与开敞空间用地', '14 Green and open space', '#83C15C'],
] as const

/** Rows before, columns after. */
const MATRIX = [
  [900, 20, 60, 15, 5],
  [2, 700, 3, 0.4, 10],
  [0, 0, 400, 1.5, 4],
  [0, 6, 12, 150, 8],
  [0, 0, 0.3, 0, 90],
] as const

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

/** A base → plan matrix whose rows add up, but for half a hectare that one year does not show. */
export const FLOWS_TABLE: ResultTable = {
  id: 'transition',
  kind: 'flows',
  title: { zh: '用地转移矩阵', en: 'Transition matrix' },
  rowTitle: { zh: '基期地类', en: 'Base-year class' },
  columns: CLASSES.map(([key, zh, en]) => ({ key, title: { zh, en }, unit: 'ha' as const })),
  rows: CLASSES.map(([key, zh, en, colour], row) => ({
    key,
    title: { zh, en },
    colour,
    cells: (MATRIX[row] ?? []).map((ha) => ha * HA),
  })),
  closure: Object.fromEntries(
    CLASSES.map(([key], column) => {
      const sum = sumOf(MATRIX.map((row) => (row[column] ?? 0) * HA))
      const open = column === 2
      const remark = { zh: '差额为只在一期出现的土地。', en: 'The difference is land that only one year shows.' }
      return [key, { sum, whole: open ? sum + 0.5 * HA : sum, ...(open ? { remark } : {}) }]
    }),
  ),
}

/** Development intensity of districts and one unit, with a share that is not known. */
export const UNITS_TABLE: ResultTable = {
  id: 'byDistrict',
  kind: 'units',
  title: { zh: '分区开发强度', en: 'Development intensity by district' },
  rowTitle: { zh: '分区', en: 'District' },
  columns: [
    { key: 'constructionM2', title: { zh: '规划建设用地', en: 'Planned construction land' }, unit: 'ha' },
    { key: 'intensity', title: { zh: '开发强度', en: 'Intensity' }, unit: 'percent' },
    { key: 'verdict', title: { zh: '判断', en: 'Verdict' }, unit: null },
  ],
  rows: [
    ['1', '东城', 'East', 1200, 0.42, true],
    ['2', '西城', 'West', 800, 0.31, false],
    ['3', '南城', 'South', 300, 0.12, false],
    ['4', '北山', 'North hills', 40, null, false],
  ].map(([key, zh, en, ha, share, over]) => ({
    key: String(key),
    title: { zh: String(zh), en: String(en) },
    place: { layer: 'admin' as const, fid: Number(key) },
    cells: [
      Number(ha) * HA,
      share === null ? null : Number(share),
      over ? { zh: '超出', en: 'over' } : { zh: '符合', en: 'within' },
    ],
  })),
  closure: { constructionM2: { sum: 2340 * HA, whole: 2340 * HA } },
}

/** Carbon of land by class before and after; sinks are negative. */
export const CLASSES_TABLE: ResultTable = {
  id: 'byClass',
  kind: 'classes',
  title: { zh: '分地类面积', en: 'Area by class' },
  rowTitle: { zh: '地类', en: 'Class' },
  columns: [
    { key: 'base', title: { zh: '基期', en: 'Base year' }, unit: 'ha' },
    { key: 'plan', title: { zh: '规划', en: 'Plan' }, unit: 'ha' },
  ],
  rows: CLASSES.map(([key, zh, en, colour], at) => ({
    key,
    title: { zh, en },
    colour,
    cells: [sumOf(MATRIX[at] ?? []) * HA, sumOf(MATRIX.map((row) => row[at] ?? 0)) * HA],
  })),
}

/** A trajectory with a target beside it. */
export const SERIES_TABLE: ResultTable = {
  id: 'trajectory',
  kind: 'series',
  title: { zh: '净人工化轨迹', en: 'Trajectory of net artificialisation' },
  rowTitle: { zh: '年份', en: 'Year' },
  columns: [
    { key: 'net', title: { zh: '年均净人工化', en: 'Net artificialised per year' }, unit: 'ha' },
    { key: 'target', title: { zh: '目标', en: 'Target' }, unit: 'ha', drawn: 'aim' },
  ],
  rows: [
    [2020, 120, 120],
    [2025, 90, 100],
    [2030, 70, 60],
    [2035, 30, 40],
    [2050, null, 0],
  ].map(([year, net, target]) => ({
    key: String(year),
    title: { zh: `${year} 年`, en: String(year) },
    cells: [net === null ? null : Number(net) * HA, Number(target) * HA],
  })),
}

/** What two sets of coefficients say of the same land. */
export const LIST_TABLE: ResultTable = {
  id: 'bySet',
  kind: 'list',
  title: { zh: '两套系数', en: 'Two coefficient sets' },
  rowTitle: { zh: '系数', en: 'Coefficients' },
  columns: [
    { key: 'low', title: { zh: '低值', en: 'Low' }, unit: 'tco2_per_year' },
    { key: 'value', title: { zh: '中值', en: 'Central' }, unit: 'tco2_per_year' },
    { key: 'high', title: { zh: '高值', en: 'High' }, unit: 'tco2_per_year' },
  ],
  rows: [
    { key: 'A', title: { zh: '系数 A', en: 'Set A' }, cells: [-5200, -4100, -2600] },
    { key: 'B', title: { zh: '系数 B', en: 'Set B' }, cells: [-3000, 400, 1200] },
  ],
}

export const FIXTURE_TABLES = [FLOWS_TABLE, UNITS_TABLE, CLASSES_TABLE, SERIES_TABLE, LIST_TABLE] as const
