import { NO_TEXT, type LayerColumns } from '../geo/columns.ts'
import { hasShape, perLayer } from '../geo/edited.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { classGroup } from '../reference/class-groups.ts'
import { greenedM2, type GreenedUse } from '../reference/greening-factors.ts'
import { kindOfParcels } from './per-unit.ts'

/** Uses with a target, in the order of the numbers of `useOf`. */
export const GREENED_USES: readonly GreenedUse[] = ['residential', 'commercial']

const isHousing = classGroup('residential')

/** Parcels with a target: the number of their use, or −1. */
export const greenedUses = perLayer((parcels) =>
  kindOfParcels(parcels, (code) => (isHousing(code) ? 0 : code.startsWith('09') ? 1 : -1)),
)

/** Where the greening factor of a parcel comes from. */
export type GreeningSource = 'none' | 'stated' | 'surfaces' | 'ratio'
const SOURCES: readonly GreeningSource[] = ['none', 'stated', 'surfaces', 'ratio']

/** What parcels say about their greening. */
export interface ParcelGreening {
  /** Greening factor, or the green ratio (0 … 1) where only that is given; NaN where nothing is. */
  values: Float64Array
  sourceOf: (parcel: number) => GreeningSource
  /** Green ratios are written as shares (0.35) and not as percent (35). */
  ratiosAreShares: boolean
}

/** A stated factor comes before a list of surfaces, and that before the green ratio. Read once per layer. */
export const parcelGreening = perLayer((parcels): ParcelGreening => {
  const areas = featureAreas(parcels)
  const values = new Float64Array(parcels.count).fill(NaN)
  const sources = new Uint8Array(parcels.count)
  const surfaces = parcels.attributes['greenCover']
  const sums = surfaces?.type === 'text' ? surfaces.dictionary.map(greenedM2) : []
  const ratiosAreShares = hasShares(parcels)
  for (let parcel = 0; parcel < parcels.count; parcel += 1) {
    const stated = at(parcels, 'ugf', parcel)
    const greened = surfaces?.type === 'text' ? sums[surfaces.codes[parcel] ?? NO_TEXT] : undefined
    const ratio = at(parcels, 'greenRatio', parcel) / (ratiosAreShares ? 1 : 100)
    const areaM2 = areas[parcel] ?? 0
    const [value, source] = !Number.isNaN(stated)
      ? [stated, 1]
      : greened !== undefined && areaM2 > 0
        ? [greened / areaM2, 2]
        : [ratio, 3]
    if (Number.isNaN(value)) continue
    values[parcel] = value
    sources[parcel] = source
  }
  return { values, sourceOf: (parcel) => SOURCES[sources[parcel] ?? 0] ?? 'none', ratiosAreShares }
})

const hasShares = (parcels: LayerColumns): boolean => highest(parcels, 'greenRatio') <= 1

/** The green ratio (0 … 1) of every parcel, written as a share or as percent; NaN where none is given. */
export const greenRatios = perLayer((parcels): Float64Array => {
  const scale = hasShares(parcels) ? 1 : 100
  return Float64Array.from({ length: parcels.count }, (_, parcel) => at(parcels, 'greenRatio', parcel) / scale)
})

function at(parcels: LayerColumns, field: string, parcel: number): number {
  const column = parcels.attributes[field]
  const value = column?.type === 'number' ? (column.values[parcel] ?? NaN) : NaN
  return value >= 0 ? value : NaN
}

function highest(parcels: LayerColumns, field: string): number {
  let most = 0
  for (let parcel = 0; parcel < parcels.count; parcel += 1) {
    const value = at(parcels, field, parcel)
    if (value > most && hasShape(parcels, parcel)) most = value
  }
  return most
}
