import type { LayerColumns } from '../geo/columns.ts'
import { geometryOf, lastStepOf } from '../geo/edited.ts'
import { patchedAreasWithin, tableAreasWithin } from '../geo/overlap-table.ts'
import { keptByObjects } from '../geo/per-objects.ts'
import type { ResultTable } from '../model/result-table.ts'
import { classColour } from '../reference/land-class-list.ts'
import { sumByClass } from './b01-crossing.ts'
import { closureOfAreas } from './closure.ts'
import { areaColumn, classTitle } from './land-transition-tables.ts'

const under = keptByObjects<Float64Array>()

/**
 * The part of every parcel that lies inside any polygon of a line, m². A fold of `overlapTable(parcels, line)`, kept for as long as both
 * geometries live. Read only.
 */
export const landUnder = (parcels: LayerColumns, line: LayerColumns): Float64Array =>
  under.of([geometryOf(parcels), geometryOf(line)], () => {
    const step = lastStepOf(parcels)
    const before = step && under.known([geometryOf(step.root), geometryOf(line)])
    return step && before ? patchedAreasWithin(before, parcels, line, step) : tableAreasWithin(parcels, line)
  })

const TITLES = {
  ground: { zh: '边界内的基期地类', en: 'What the boundary encloses, by base-year class' },
  urbanBase: { zh: '基期城镇建设用地构成', en: 'Base-year urban construction land by class' },
}

/** Amounts of parcels by class at the second level, beside the whole that they must meet. */
export function groundTable(
  parcels: LayerColumns,
  amounts: Float64Array,
  wholeM2: number,
  id: keyof typeof TITLES = 'ground',
): ResultTable {
  const byClass = [...sumByClass(parcels, amounts)].toSorted(([one], [other]) => (one < other ? -1 : 1))
  const sum = byClass.reduce((total, [, areaM2]) => total + areaM2, 0)
  return {
    id,
    kind: 'classes',
    title: TITLES[id],
    rowTitle: { zh: '基期地类', en: 'Base-year class' },
    columns: [areaColumn('areaM2', '面积', 'Area'), { key: 'share', title: { zh: '占比', en: 'Share' }, unit: 'percent' }],
    rows: byClass.map(([code, areaM2]) => ({
      key: code,
      title: classTitle(code),
      cells: [areaM2, wholeM2 > 0 ? areaM2 / wholeM2 : null],
      colour: classColour(code),
    })),
    closure: {
      areaM2: closureOfAreas(sum, wholeM2, (size, isShort) =>
        isShort
          ? { zh: `${size.zh} 没有可识别的基期地类。`, en: `${size.en} have no recognised base-year class.` }
          : { zh: `图斑相互重叠，多计 ${size.zh}。`, en: `Parcels overlap each other: ${size.en} are counted twice.` },
      ),
    },
  }
}
