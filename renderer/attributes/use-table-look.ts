import { useMemo } from 'react'
import { arrangedTable, FRESH_TABLE, type Arranged, type TableLook } from '#core/attributes/table-look.ts'
import type { AttributeLayer } from '#core/contract/attribute-procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import { changeLookOf } from '../workbench/look-store.ts'
import { usePlanLook } from '../workbench/use-look.ts'

/** How the table of a layer is looked at, and how to change that. */
export interface TableArrangement extends Arranged {
  look: TableLook
  /** Nobody changed it yet. */
  isStandard: boolean
  change: (changed: (look: TableLook) => TableLook) => void
  reset: () => void
}

/** Columns and sort of a layer's table; kept with the look of the plan, so that they are there after a restart and in both windows. */
export function useTableLook(planId: PlanId, layer: AttributeLayer): TableArrangement {
  const { [layer.id]: own } = usePlanLook(planId).tables
  return useMemo(() => {
    const look = own ?? FRESH_TABLE
    return {
      ...arrangedTable(layer.fields, look),
      look,
      isStandard: own === undefined,
      change: (changed) =>
        changeLookOf(planId, (all) => ({
          ...all,
          tables: { ...all.tables, [layer.id]: changed(all.tables[layer.id] ?? FRESH_TABLE) },
        })),
      reset: () => changeLookOf(planId, ({ tables: { [layer.id]: _, ...tables }, ...all }) => ({ ...all, tables })),
    }
  }, [planId, layer, own])
}
