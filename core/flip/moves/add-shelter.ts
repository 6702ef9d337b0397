import { featureAreas } from '../../geo/feature-areas.ts'
import { hasShape } from '../../geo/edited.ts'
import { tableAreasWithin } from '../../geo/overlap-table.ts'
import { classOf, ofClass } from '../../indicators/by-class.ts'
import { SHELTER_CODES } from '../flip-rules.ts'
import { partsInMetres } from '../plan-places.ts'
import { byWorth, type Move } from './move.ts'

/** Less of a parcel than this share may be a shelter already. */
const MOST_USED = 0.1

/** A park, a square, a school or a sports ground is named as a shelter, with its drawn area. */
export const addShelter: Move = {
  id: 'add-shelter',
  candidates({ plan, address }) {
    const [shelters, parcels] = [plan.layer('shelter'), plan.layer('landuse_plan')]
    if (shelters?.kind !== 'polygon' || !parcels) return []
    const fits = ofClass(parcels, (code) => SHELTER_CODES.some((prefix) => code.startsWith(prefix)))
    const [areas, used] = [featureAreas(parcels), tableAreasWithin(parcels, shelters)]
    return byWorth(
      Array.from({ length: parcels.count }, (_, parcel) => parcel).flatMap((parcel) => {
        const areaM2 = areas[parcel] ?? 0
        if (!fits(parcel) || !hasShape(parcels, parcel) || (used[parcel] ?? 0) > MOST_USED * areaM2) return []
        const code = classOf(parcels, parcel) ?? null
        return [
          {
            move: 'add-shelter' as const,
            edits: [
              {
                role: 'shelter' as const,
                kind: 'polygon' as const,
                change: 'add' as const,
                parts: partsInMetres(parcels, parcel),
                attributes: {},
              },
            ],
            features: [{ layer: parcels.role, fid: address(parcels, parcel).fid }],
            shapes: [],
            size: { unit: 'm2' as const, value: areaM2 },
            from: code,
            to: code,
            note: null,
            worth: areaM2,
          },
        ]
      }),
    )
  },
}
