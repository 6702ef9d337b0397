import type { Lattice } from './lattice.ts'
import { blockAreasM2, isConstruction, parcelAreaM2, type Parcel } from './parcels.ts'
import { CLUSTERS, DISTRICTS, type Places } from './places.ts'

/** Quotas of one district or cluster as its upper level gives them. */
export interface Target {
  intensityCap: number
  farmlandHa: number
  pbfHa: number
  redlineHa: number
  constructionHa: number
}

/** What the city is allotted, and how it is passed down. */
export interface Targets {
  city: Target
  districts: Target[]
  clusters: { intensityCap: number }[]
}

/** The district whose cap lies below what the plan builds there (a planted defect), and the one whose cropland is passed down short. */
export const OVER_CAP = 1
export const SHORT_FARMLAND = 4

const HECTARE = 10_000

/**
 * Caps and quotas that fit what the plan really draws, but for two planted defects. `lines` says by block what is basic farmland
 * and what lies in the redline.
 */
export function targetsOf(
  lattice: Lattice,
  places: Places,
  plan: readonly Parcel[],
  lines: { pbf: Uint8Array; redline: Uint8Array },
): Targets {
  const areas = blockAreasM2(lattice)
  const none = () => new Float64Array(DISTRICTS.length)
  const [ground, built, farmed, pbf, redline] = [none(), none(), none(), none(), none()]
  const [clusterGround, clusterBuilt] = [none(), none()]
  const add = (sums: Float64Array, at: number | undefined, areaM2: number) => {
    if (at !== undefined && at >= 0) sums[at] = (sums[at] ?? 0) + areaM2
  }
  for (const [block, areaM2] of areas.entries()) {
    const district = places.district[block]
    add(ground, district, areaM2)
    add(clusterGround, places.cluster[block], areaM2)
    if (lines.pbf[block] === 1) add(pbf, district, areaM2)
    if (lines.redline[block] === 1) add(redline, district, areaM2)
  }
  for (const parcel of plan) {
    const isFarmed = parcel.code.startsWith('01')
    if (!isFarmed && !isConstruction(parcel.code)) continue
    const areaM2 = parcelAreaM2(lattice, parcel)
    add(isFarmed ? farmed : built, places.district[parcel.block], areaM2)
    if (!isFarmed) add(clusterBuilt, places.cluster[parcel.block], areaM2)
  }
  const districts = DISTRICTS.map((_, at): Target => {
    const intensity = (built[at] ?? 0) / (ground[at] ?? 1)
    const fair = Math.ceil((farmed[at] ?? 0) * (0.9 / HECTARE))
    return {
      intensityCap: at === OVER_CAP ? Math.floor(intensity * 100 - 2) / 100 : capAbove(intensity),
      farmlandHa: at === SHORT_FARMLAND ? Math.floor(fair / 2) : fair,
      pbfHa: Math.ceil((pbf[at] ?? 0) * (0.97 / HECTARE)),
      redlineHa: Math.ceil((redline[at] ?? 0) * (0.97 / HECTARE)),
      constructionHa: Math.floor((built[at] ?? 0) / HECTARE) + 1,
    }
  })
  const total = (sums: Float64Array) => sums.reduce((sum, areaM2) => sum + areaM2, 0)
  const allowed = districts.reduce((sum, { intensityCap }, at) => sum + intensityCap * (ground[at] ?? 0), 0)
  const city: Target = {
    intensityCap: Math.ceil((100 * allowed) / total(ground)) / 100,
    farmlandHa: Math.floor(total(farmed) * (0.9 / HECTARE)),
    pbfHa: Math.floor(total(pbf) * (0.97 / HECTARE)),
    redlineHa: Math.floor(total(redline) * (0.97 / HECTARE)),
    constructionHa: districts.reduce((sum, { constructionHa }) => sum + constructionHa, 0),
  }
  const clusters = CLUSTERS.map((_, at) => ({ intensityCap: capAbove((clusterBuilt[at] ?? 0) / (clusterGround[at] ?? 1)) }))
  return { city, districts, clusters }
}

/** A cap in whole per cent, a little above what is built, and never above everything. */
const capAbove = (intensity: number): number => Math.min(1, Math.ceil(intensity * 100 + 2) / 100)
