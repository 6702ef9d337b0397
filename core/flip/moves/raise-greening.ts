import { featureAreas } from '../../geo/feature-areas.ts'
import { classOf } from '../../indicators/by-class.ts'
import { GREENED_USES, greenedUses, parcelGreening } from '../../indicators/parcel-greening.ts'
import { greeningTarget } from '../../reference/greening-factors.ts'
import { edgeOf } from '../goal.ts'
import { byWorth, type Move } from './move.ts'

/** The best greening factor there is: semi-natural vegetation all over. */
const MOST = 1

/** A housing or business parcel that falls short of its greening target is set to it (or to as much of it as the level asks). */
export const raiseGreening: Move = {
  id: 'raise-greening',
  candidates({ plan, goal, measurement, address }) {
    const parcels = plan.layer('landuse_plan')
    if (!parcels) return []
    const [uses, areas, { values, sourceOf }] = [greenedUses(parcels), featureAreas(parcels), parcelGreening(parcels)]
    const wanted = Math.max(1, edgeOf(goal.rule, goal.to) ?? 1)
    const perRatio = measurement.parameters['greenRatioFactor'] ?? 1
    return byWorth(
      Array.from({ length: parcels.count }, (_, parcel) => parcel).flatMap((parcel) => {
        const use = GREENED_USES[uses[parcel] ?? -1]
        const source = sourceOf(parcel)
        const areaM2 = areas[parcel] ?? 0
        if (use === undefined || source === 'none' || !(areaM2 > 0)) return []
        const now = (values[parcel] ?? 0) * (source === 'ratio' ? perRatio : 1)
        const then = Math.min(MOST, greeningTarget(use).target * wanted)
        if (!(then > now)) return []
        const at = address(parcels, parcel)
        const code = classOf(parcels, parcel) ?? null
        const [was, is] = [now.toFixed(2), then.toFixed(2)]
        return [
          {
            move: 'raise-greening' as const,
            edits: [{ ...at, change: 'attributes' as const, attributes: { ugf: then } }],
            features: [{ layer: parcels.role, fid: at.fid }],
            shapes: [],
            size: { unit: 'm2' as const, value: areaM2 },
            from: code,
            to: code,
            note: { zh: `绿化系数 ${was} → ${is}`, en: `greening factor ${was} → ${is}` },
            worth: (then - now) * areaM2,
          },
        ]
      }),
    )
  },
}
