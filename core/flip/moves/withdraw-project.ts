import { featureAreas } from '../../geo/feature-areas.ts'
import type { Role } from '../../model/roles.ts'
import { evidenceFeatures } from '../plan-places.ts'
import { byWorth, type Move } from './move.ts'

/** A project on new land is taken out of the supply. */
export const withdrawProject: Move = {
  id: 'withdraw-project',
  candidates({ plan, measurement, address }) {
    return byWorth(
      evidenceFeatures((role) => plan.layers(role as Role), measurement.evidence)
        .filter(({ layer }) => layer.role === 'project' && layer.kind === 'polygon')
        .map(({ layer, feature }) => {
          const at = address(layer, feature)
          const areaM2 = featureAreas(layer)[feature] ?? 0
          return {
            move: 'withdraw-project' as const,
            edits: [{ ...at, change: 'delete' as const }],
            features: [{ layer: layer.role, fid: at.fid }],
            shapes: [],
            size: { unit: 'm2' as const, value: areaM2 },
            from: null,
            to: null,
            note: null,
            worth: areaM2,
          }
        }),
    )
  },
}
