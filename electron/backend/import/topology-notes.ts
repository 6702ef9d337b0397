import type { Transform } from '#core/crs/crs.ts'
import type { TilingFault, TilingReport } from '#core/geo/tiling.ts'
import type { Note } from '#core/model/plan.ts'
import { squareMetres } from '#core/model/units.ts'
import { bilingual } from '#core/text.ts'
import { MOST_EDGES } from './stream-meter.ts'
import { TOPOLOGY_TABLE, type LocatedFault } from '../store/topology-table.ts'

/** What a reader must know of the overlaps and gaps of a layer; each sentence names the largest place. */

const placeOf = ({ point: [x, y] }: Pick<LocatedFault, 'point'>): string => {
  const digits = Math.abs(x) <= 360 && Math.abs(y) <= 90 ? 6 : 1
  return `${x.toFixed(digits)}, ${y.toFixed(digits)}`
}

/** The notes of one tiling layer; `faults` are the report's, in the plan's system, largest first. */
export function tilingNotes(report: TilingReport, faults: readonly LocatedFault[]): Note[] {
  const { overlaps, gaps, hairlines, hairlineM2 } = report
  const overlap = faults.find(({ kind }) => kind === 'overlap')
  const gap = faults.find(({ kind }) => kind === 'gap')
  return [
    ...(overlap ? [faultNote(overlap, overlaps, report.overlapM2)] : []),
    ...(gap ? [faultNote(gap, gaps, report.gapM2)] : []),
    ...(hairlines > 0 ? [hairlineNote(hairlines, hairlineM2)] : []),
    totalsNote(report),
  ]
}

/** The same before an import, when there is no table yet; places come in the layer's own system. */
export function tilingPreviewNotes(tiling: TilingReport | { edges: number }, toPlan: Transform): Note[] {
  if ('edges' in tiling) return [tooManyEdgesNote(tiling.edges, MOST_EDGES)]
  const { overlaps, gaps, overlapM2, gapM2, faults } = tiling
  const preview = (kind: TilingFault['kind'], count: number, areaM2: number): Note[] => {
    const largest = faults.find((fault) => fault.kind === kind)
    if (!largest) return []
    const point = toPlan(...largest.point)
    const [zh, en] = words(kind, count)
    const largestM2 = largest.areaM2
    return [
      {
        severity: 'warning',
        code: kind === 'gap' ? 'topology.gaps' : 'topology.overlaps',
        params: { count, areaM2, largestM2, point },
        text: bilingual(
          `图斑之间有 ${count} 处${zh}，合计 ${squareMetres(areaM2)}；最大一处 ${squareMetres(largestM2)}，位于（${placeOf({ point })}）。`,
          `${count} ${en} between features, ${squareMetres(areaM2)} in all; the largest, ${squareMetres(largestM2)}, at (${placeOf({ point })}).`,
        ),
      },
    ]
  }
  return [...preview('overlap', overlaps, overlapM2), ...preview('gap', gaps, gapM2)]
}

const words = (kind: TilingFault['kind'], count: number): [string, string] =>
  kind === 'gap' ? ['空隙', `gap${count === 1 ? '' : 's'}`] : ['重叠', `overlap${count === 1 ? '' : 's'}`]

function faultNote(largest: LocatedFault, count: number, areaM2: number): Note {
  const isGap = largest.kind === 'gap'
  const { areaM2: largestM2, point, box, features } = largest
  const [zh, en] = words(largest.kind, count)
  const between = features.length > 0 ? { zh: `，要素 ${features.join('、')}`, en: `, features ${features.join(', ')}` } : null
  return {
    severity: 'warning',
    code: isGap ? 'topology.gaps' : 'topology.overlaps',
    params: { count, areaM2, largestM2, point, box, features, table: TOPOLOGY_TABLE },
    text: bilingual(
      `图斑之间有 ${count} 处${zh}，合计 ${squareMetres(areaM2)}；最大一处 ${squareMetres(largestM2)}，位于（${placeOf(largest)}）${between?.zh ?? ''}。逐处见表 ${TOPOLOGY_TABLE}。`,
      `${count} ${en} between features, ${squareMetres(areaM2)} in all; the largest, ${squareMetres(largestM2)}, at (${placeOf(largest)})${between?.en ?? ''}. Each is listed in the table ${TOPOLOGY_TABLE}.`,
    ),
  }
}

const hairlineNote = (count: number, areaM2: number): Note => ({
  severity: 'info',
  code: 'topology.hairlines',
  params: { count, areaM2 },
  text: bilingual(
    `另有 ${count} 处平均宽度不足 2 毫米的缝隙或重叠（合计 ${squareMetres(areaM2)}），来自取整或公共边节点不一致。`,
    `${count} more gaps or overlaps are less than 2 mm wide on average (${squareMetres(areaM2)} in all): rounding, or vertices of a shared edge without a partner.`,
  ),
})

function totalsNote({ overlaps, gaps, parcelsM2, overlapM2, gapM2, hullM2, unexplainedM2 }: TilingReport): Note {
  const clean = overlaps + gaps === 0
  return {
    severity: 'info',
    code: clean ? 'topology.clean' : 'topology.totals',
    params: { parcelsM2, overlapM2, gapM2, hullM2, unexplainedM2 },
    text: bilingual(
      `${clean ? '图斑无缝无叠。' : ''}图斑面积合计 ${squareMetres(parcelsM2)} − 重叠 ${squareMetres(overlapM2)} + 空隙 ${squareMetres(gapM2)} = 外轮廓范围 ${squareMetres(hullM2)}。`,
      `${clean ? 'Features tile the ground without overlap or gap. ' : ''}Features ${squareMetres(parcelsM2)} − overlaps ${squareMetres(overlapM2)} + gaps ${squareMetres(gapM2)} = ground within the outer outline ${squareMetres(hullM2)}.`,
    ),
  }
}

/** Said instead where so few edges are shared that the layer is no tiling. */
export const tooManyEdgesNote = (edges: number, limit: number): Note => ({
  severity: 'warning',
  code: 'topology.not-a-tiling',
  params: { edges, limit },
  text: bilingual(
    `${edges} 条边没有与相邻图斑共用（上限 ${limit}），图斑边界普遍不重合，未逐处核查重叠与空隙。`,
    `${edges} edges are shared with no neighbour (limit ${limit}): boundaries hardly ever coincide, so overlaps and gaps were not listed.`,
  ),
})
