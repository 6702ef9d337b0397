import type { FeatureGeometry } from '#core/contract/map-data.ts'
import type { Plan } from '#core/model/plan.ts'
import { cardsTable } from '#core/opportunity/cards-table.ts'
import type { OpportunityReport } from '#core/opportunity/report.ts'
import type { TableReader } from '#core/tables/shown-table.ts'
import { tableGrid } from '#core/tables/table-grid.ts'
import { inLang } from '#core/text.ts'
import { gpkgCrs } from '../import/plan-crs.ts'
import { createGpkg } from '../store/gpkg-writer.ts'
import { frameToPlan } from '../store/topology-table.ts'
import { gpkgFields } from '../tables/table-gpkg.ts'

/** Writes every card as a polygon in the plan's own system, with all columns and how they were computed. */
export function writeCardsGpkg(file: string, plan: Plan, report: OpportunityReport, reader: TableReader): void {
  const grid = tableGrid(cardsTable(report), reader)
  const method = inLang(report.method, reader.lang)
  const place = frameToPlan(plan)
  const writer = createGpkg(file, gpkgCrs(plan.crs))
  try {
    const table = writer.addTable({
      table: 'opportunity_cards',
      name: inLang(cardsTable(report).title, reader.lang),
      kind: 'polygon',
      multiPoint: false,
      fields: gpkgFields([...grid.head, reader.lang === 'zh' ? '方法' : 'Method'], [...grid.numeric, false]),
    })
    for (const [at, row] of grid.rows.entries())
      table.add({ kind: 'polygon', parts: partsOf(report.shapes, at, place) }, [...row, method])
    table.finish()
    writer.finish([])
  } catch (error) {
    writer.abandon()
    throw error
  }
}

/** Rings of one shape as parts in the plan's system: each shell (counter-clockwise) with the holes that follow it. */
function partsOf(shape: FeatureGeometry, feature: number, place: ReturnType<typeof frameToPlan>): Float64Array[][] {
  const parts: Float64Array[][] = []
  for (let ring = shape.featureOff[feature] ?? 0; ring < (shape.featureOff[feature + 1] ?? 0); ring++) {
    const xyM = shape.xyM.subarray(2 * (shape.ringOff[ring] ?? 0), 2 * (shape.ringOff[ring + 1] ?? 0))
    const placed = new Float64Array(xyM.length)
    for (let at = 0; at < xyM.length; at += 2) placed.set(place((xyM[at] ?? 0) * 1000, (xyM[at + 1] ?? 0) * 1000), at)
    const part = parts.at(-1)
    if (part === undefined || turnsLeft(xyM)) parts.push([placed])
    else part.push(placed)
  }
  return parts
}

/** Whether a closed ring runs counter-clockwise: twice its area is positive. */
function turnsLeft(xy: Float64Array): boolean {
  const [originX = 0, originY = 0] = xy
  let twice = 0
  for (let at = 0; at + 3 < xy.length; at += 2) {
    const [x, y] = [(xy[at] ?? 0) - originX, (xy[at + 1] ?? 0) - originY]
    twice += x * ((xy[at + 3] ?? 0) - originY) - ((xy[at + 2] ?? 0) - originX) * y
  }
  return twice > 0
}
