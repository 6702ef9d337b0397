import type { SampleFeature, SampleLayer } from './layer.ts'
import { parcelRing, type Parcel } from './parcels.ts'
import type { Lattice } from './lattice.ts'
import { parcelNumber } from './land.ts'
import { chance } from './random.ts'

/** What was done to a feature of the revised city, and the number or name by which a comparison must find it. */
export interface SampleEdit {
  layer: 'landuse_plan' | 'green'
  kind: 'recode' | 'attribute' | 'split' | 'remove' | 'add'
  feature: string
}

/** A parcel that keeps its number whatever is cut or withdrawn before it. */
export interface NumberedParcel extends Parcel {
  number: string
  /** Its place among the parcels of the first version: what is drawn from it stays as it was. */
  place: number
  /** Set where the revision gives another floor area ratio than the class would. */
  far?: number
}

/** Shares of the planned parcels that a revision touches: what an office corrects after a first review. */
const RECODED = 0.01
const REDENSIFIED = 0.008
const SPLIT = 0.006
const WITHDRAWN = 0.002
const PARKS_WITHDRAWN = 0.02
const PARKS_ADDED = 3

/** What each class becomes when a reviewer asks for something else. */
const RECODE: Readonly<Record<string, string>> = {
  '070102': '0901',
  '0901': '070102',
  '0902': '0901',
  '100101': '0901',
  '100102': '1401',
  '110101': '1401',
}
const RAISED_FAR = 0.5

/**
 * The planned parcels after a revision: some re-coded, built denser, cut in two or withdrawn, by `revision` and the city's
 * seed alone. The others keep their number and their outline to the bit.
 */
export function reviseParcels(
  parcels: readonly Parcel[],
  seed: number,
  revision: number,
  farOf: (parcel: Parcel) => number | null,
): { parcels: NumberedParcel[]; edits: SampleEdit[] } {
  const edits: SampleEdit[] = []
  const revised = parcels.flatMap((parcel, index): NumberedParcel[] => {
    const number = parcelNumber('landuse_plan', index)
    const numbered = { ...parcel, number, place: index }
    const draw = chance(seed, revision, index, 90)
    const made = (kind: SampleEdit['kind'], ...instead: NumberedParcel[]): NumberedParcel[] => {
      edits.push({ layer: 'landuse_plan', kind, feature: number })
      return instead
    }
    const code = RECODE[parcel.code]
    const far = farOf(parcel)
    if (draw < RECODED && code !== undefined) return made('recode', { ...numbered, code })
    if (draw > 1 - REDENSIFIED && far !== null) return made('attribute', { ...numbered, far: far + RAISED_FAR })
    const next = chance(seed, revision, index, 91)
    const middle = parcel.c0 + Math.ceil((parcel.c1 - parcel.c0) / 2)
    if (next < SPLIT && middle < parcel.c1)
      return made('split', { ...numbered, c1: middle }, { ...numbered, c0: middle, number: `${number}-2` })
    return next > 1 - WITHDRAWN ? made('remove') : [numbered]
  })
  return { parcels: revised, edits }
}

/** The parks after a revision: a few withdrawn, and some of the re-coded parcels opened as new ones. */
export function reviseParks(
  layer: SampleLayer,
  lattice: Lattice,
  revised: readonly NumberedParcel[],
  landEdits: readonly SampleEdit[],
  seed: number,
  revision: number,
): { layer: SampleLayer; edits: SampleEdit[] } {
  const edits: SampleEdit[] = []
  const name = (feature: SampleFeature): string => String(feature.values[0])
  const kept = [...layer.features].filter((feature, index) => {
    if (chance(seed, revision, index, 92) >= PARKS_WITHDRAWN) return true
    edits.push({ layer: 'green', kind: 'remove', feature: name(feature) })
    return false
  })
  const recoded = new Set(landEdits.flatMap(({ kind, feature }) => (kind === 'recode' ? [feature] : [])))
  const added = revised
    .filter(({ number, code }) => code === '1401' && recoded.has(number))
    .slice(0, PARKS_ADDED)
    .map((parcel, index): SampleFeature => {
      const feature = { parts: [[parcelRing(lattice, parcel)]], values: [`增补公园${revision}-${index + 1}`, 4, 'planned', true] }
      edits.push({ layer: 'green', kind: 'add', feature: name(feature) })
      return feature
    })
  return { layer: { ...layer, features: [...kept, ...added] }, edits }
}
