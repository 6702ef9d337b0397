import type { ResultTable } from '../model/result-table.ts'
import type { Bilingual } from '../text.ts'
import { corridorKey } from './corridor-axes.ts'
import type { MeasuredCorridor, NarrowStretch, NumberedStretch } from './corridor-stretches.ts'
import type { PlanData } from './indicator.ts'
import { causeOf } from './wedge-gaps.ts'

const metresColumn = (key: string, zh: string, en: string, drawn?: 'aim' | 'not') => ({
  key,
  title: { zh, en },
  unit: 'm' as const,
  ...(drawn ? { drawn } : {}),
})

const NOT_STATED: Bilingual = { zh: '未标明', en: 'not stated' }
const COUNTED: Bilingual = { zh: '计入', en: 'yes' }
const NOT_COUNTED: Bilingual = { zh: '不计（次要）', en: 'no (secondary)' }

/** One row per corridor: what it needs, how wide it is, and whether it counts. */
export function widthTable(all: readonly MeasuredCorridor[], counted: ReadonlySet<MeasuredCorridor>): ResultTable {
  return {
    id: 'corridors',
    kind: 'list',
    title: { zh: '各廊道宽度', en: 'Width by corridor' },
    rowTitle: { zh: '廊道', en: 'Corridor' },
    columns: [
      { key: 'why', title: { zh: '功能或级别', en: 'Function or level' }, unit: null },
      metresColumn('lengthM', '长度', 'Length', 'not'),
      metresColumn('needM', '功能宽度', 'Width needed', 'aim'),
      metresColumn('least', '最窄', 'Narrowest'),
      metresColumn('median', '宽度中位数', 'Median width'),
      { key: 'share', title: { zh: '达标比例', en: 'Wide enough' }, unit: 'percent', drawn: 'not' },
      { key: 'stretches', title: { zh: '断点与过窄段', en: 'Gaps and narrow stretches' }, unit: 'count', drawn: 'not' },
      { key: 'counted', title: { zh: '计入达标率', en: 'Counts' }, unit: null },
    ],
    rows: all.map((one) => ({
      key: corridorKey(one.axis),
      title: one.axis.title,
      cells: [
        one.need.why ?? NOT_STATED,
        one.lengthM,
        one.need.widthM,
        Math.min(...one.widths),
        medianOf(one.widths),
        one.share,
        one.stretches.length,
        counted.has(one) ? COUNTED : NOT_COUNTED,
      ],
      place: { layer: 'corridor' as const, fid: one.axis.layer.fid[one.axis.feature] ?? 0 },
    })),
  }
}

const KINDS = {
  gap: { zh: '断开', en: 'gap' },
  narrow: { zh: '过窄', en: 'too narrow' },
} as const satisfies Record<string, Bilingual>

/** Whether open ground ends on the stretch, or only narrows. */
export const kindOf = ({ leastM }: NarrowStretch): Bilingual => (leastM === 0 ? KINDS.gap : KINDS.narrow)

/** Every stretch that is broken or too narrow, with its number on the map, its length and the land that causes it. */
export function stretchTable(plan: PlanData, stretches: readonly NumberedStretch[]): ResultTable {
  const parcels = plan.layer('landuse_plan')
  return {
    id: 'gaps',
    kind: 'list',
    title: { zh: '廊道断点与过窄段', en: 'Gaps and narrow stretches of corridors' },
    rowTitle: { zh: '断点', en: 'Gap' },
    columns: [
      { key: 'kind', title: { zh: '类别', en: 'Kind' }, unit: null },
      metresColumn('fromM', '起点（沿轴线）', 'Begins at (along the axis)', 'not'),
      metresColumn('lengthM', '长度', 'Length'),
      metresColumn('leastM', '最窄', 'Narrowest'),
      metresColumn('needM', '功能宽度', 'Width needed', 'aim'),
      { key: 'cause', title: { zh: '成因（用地）', en: 'Cause (land use)' }, unit: null },
      { key: 'parcels', title: { zh: '相关地块', en: 'Parcels in the way' }, unit: 'count', drawn: 'not' },
    ],
    rows: stretches.map((stretch, at) => {
      const { axis, gap, causes, parcels: broken, need, leastM, label } = stretch
      const first = broken[0]
      const place =
        parcels && first !== undefined
          ? { layer: 'landuse_plan' as const, fid: parcels.fid[first] ?? 0 }
          : { layer: 'corridor' as const, fid: axis.layer.fid[axis.feature] ?? 0 }
      const kind = kindOf(stretch)
      const title = { zh: `${axis.title.zh} ${kind.zh} ${label}`, en: `${axis.title.en}, ${kind.en} ${label}` }
      const cells = [kind, gap.fromM, gap.lengthM, leastM, need.widthM, causeOf(causes), broken.length]
      return { key: String(at + 1), title, cells, place }
    }),
  }
}

/** The middle of sorted values; NaN of none. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2
}
