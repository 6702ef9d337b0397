import type { LayerColumns } from '../geo/columns.ts'
import { totalAreaM2 } from '../geo/measure.ts'
import { overlapAreas } from '../geo/overlay-area.ts'
import { classGroup } from '../reference/land-classes.ts'
import { classOf, ofClass } from './by-class.ts'

/** What becomes of land between the base year and the plan. All areas in m². */
export interface LandTransition {
  /** base level-1 class → planned level-1 class → area. */
  matrix: Record<string, Record<string, number>>
  /** Natural or farmed land that becomes artificial. */
  artificialisedM2: number
  /** Artificial land that becomes natural again (path 2: renature). */
  renaturedM2: number
  /** Artificial land that stays so but gets another use (path 1: reuse). */
  reusedM2: number
  /** Land of both layers that was compared, and of each that has no partner. */
  comparedM2: number
  baseOnlyM2: number
  planOnlyM2: number
  /** Newly artificial area of each planned parcel. */
  takenM2: Float64Array
}

/**
 * Overlays base and planned land use into the transition matrix T[base → plan] (domain §4.9). What counts as artificial is a
 * class group of the reference data; parcels without a recognised class take no part. A change of
 * use is told by the digits both codes have: "07" and "0701" are the same use told with different care.
 */
export function landTransition(base: LayerColumns, planned: LayerColumns, artificialGroup: string): LandTransition {
  const isArtificial = classGroup(artificialGroup)
  const isKnown = () => true
  const select = { a: ofClass(base, isKnown), b: ofClass(planned, isKnown) }
  const matrix: Record<string, Record<string, number>> = {}
  const flows = { artificialisedM2: 0, renaturedM2: 0, reusedM2: 0, comparedM2: 0 }
  const takenM2 = new Float64Array(planned.count)
  const wasArtificial = ofClass(base, isArtificial)
  const becomesArtificial = ofClass(planned, isArtificial)
  overlapAreas(
    base,
    planned,
    (before, after, areaM2) => {
      const from = classOf(base, before) ?? ''
      const to = classOf(planned, after) ?? ''
      const row = (matrix[from.slice(0, 2)] ??= {})
      row[to.slice(0, 2)] = (row[to.slice(0, 2)] ?? 0) + areaM2
      flows.comparedM2 += areaM2
      const [was, becomes] = [wasArtificial(before), becomesArtificial(after)]
      if (!was && becomes) {
        flows.artificialisedM2 += areaM2
        takenM2[after] = (takenM2[after] ?? 0) + areaM2
      } else if (was && !becomes) flows.renaturedM2 += areaM2
      else if (was && isOtherUse(from, to)) flows.reusedM2 += areaM2
    },
    select,
  )
  const baseOnlyM2 = Math.max(0, totalAreaM2(base, select.a) - flows.comparedM2)
  const planOnlyM2 = Math.max(0, totalAreaM2(planned, select.b) - flows.comparedM2)
  return { matrix, ...flows, baseOnlyM2, planOnlyM2, takenM2 }
}

function isOtherUse(from: string, to: string): boolean {
  const shared = Math.min(from.length, to.length)
  return from.slice(0, shared) !== to.slice(0, shared)
}
