import type { ResultTable } from '../model/result-table.ts'
import { corridorKey } from './corridor-axes.ts'
import { gapLabel } from './gap-label.ts'
import type { PlanData } from './indicator.ts'
import { causeOf, type WedgeContinuity, type WedgeGap } from './wedge-gaps.ts'
import type { WedgeReach } from './wedge-reach.ts'

/** One row per wedge: how long, how much of it is continuous, and its gaps. */
export function wedgeTable(wedges: readonly WedgeContinuity[], reach: readonly WedgeReach[]): ResultTable {
  return {
    id: 'wedges',
    kind: 'list',
    title: { zh: '各绿楔的贯通程度', en: 'Continuity by wedge' },
    rowTitle: { zh: '绿楔', en: 'Wedge' },
    columns: [
      { key: 'axisM', title: { zh: '轴线长度', en: 'Length of axis' }, unit: 'm' },
      { key: 'continuousM', title: { zh: '贯通长度', en: 'Continuous' }, unit: 'm' },
      { key: 'share', title: { zh: '贯通率', en: 'Share' }, unit: 'percent' },
      { key: 'gaps', title: { zh: '断点', en: 'Gaps' }, unit: 'count' },
      { key: 'longestGapM', title: { zh: '最长断点', en: 'Longest gap' }, unit: 'm' },
      { key: 'toRingM', title: { zh: '距环城绿带', en: 'From the ring' }, unit: 'm', drawn: 'not' },
      { key: 'toCentreM', title: { zh: '距城市主中心', en: 'From the main centre' }, unit: 'm', drawn: 'not' },
    ],
    rows: wedges.map(({ axis, lengthM, continuousM, gaps }, at) => {
      const fid = axis.layer.fid[axis.feature] ?? 0
      const longestM = gaps.reduce((most, { gap }) => Math.max(most, gap.lengthM), 0)
      return {
        key: corridorKey(axis),
        title: axis.title,
        cells: [
          lengthM,
          continuousM,
          continuousM / lengthM,
          gaps.length,
          longestM,
          reach[at]?.toRingM ?? null,
          reach[at]?.toCentreM ?? null,
        ],
        place: { layer: 'corridor' as const, fid },
      }
    }),
  }
}

/** Every gap with its place, length and cause; rows are numbered as on the map. */
export function gapTable(plan: PlanData, gaps: readonly WedgeGap[]): ResultTable {
  const parcels = plan.layer('landuse_plan')
  return {
    id: 'gaps',
    kind: 'list',
    title: { zh: '绿楔断点', en: 'Gaps of wedges' },
    rowTitle: { zh: '断点', en: 'Gap' },
    columns: [
      { key: 'fromM', title: { zh: '起点（沿轴线）', en: 'Begins at (along the axis)' }, unit: 'm', drawn: 'not' },
      { key: 'lengthM', title: { zh: '长度', en: 'Length' }, unit: 'm' },
      { key: 'cause', title: { zh: '成因（用地）', en: 'Cause (land use)' }, unit: null },
      { key: 'parcels', title: { zh: '阻断地块', en: 'Parcels in the way' }, unit: 'count' },
    ],
    rows: gaps.map(({ axis, gap, causes, parcels: broken }, at) => {
      const first = broken[0]
      const place =
        parcels && first !== undefined
          ? { layer: 'landuse_plan' as const, fid: parcels.fid[first] ?? 0 }
          : { layer: 'corridor' as const, fid: axis.layer.fid[axis.feature] ?? 0 }
      const label = gapLabel('wedge', at + 1)
      const title = { zh: `${axis.title.zh} 断点 ${label}`, en: `${axis.title.en}, gap ${label}` }
      return { key: String(at + 1), title, cells: [gap.fromM, gap.lengthM, causeOf(causes), broken.length], place }
    }),
  }
}
