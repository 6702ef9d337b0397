import type { LayerColumns } from '../geo/columns.ts'
import type { Indicator, PlanData } from '../indicators/indicator.ts'

/** Two layers whose table of overlaps indicators fold. */
export interface NeededTable {
  a: LayerColumns
  b: LayerColumns
}

/** The tables that indicators name in `overlays` and whose layers the plan has: polygons only, each pair once. */
export function neededTables(plan: PlanData, indicators: readonly Indicator[]): NeededTable[] {
  const tables: NeededTable[] = []
  for (const [roleA, roleB] of indicators.flatMap(({ overlays = [] }) => overlays)) {
    const polygons = (role: typeof roleA) => plan.layers(role).filter(({ kind, count }) => kind === 'polygon' && count > 0)
    for (const a of polygons(roleA)) {
      for (const b of polygons(roleB)) {
        if (!tables.some((known) => known.a === a && known.b === b)) tables.push({ a, b })
      }
    }
  }
  return tables
}
