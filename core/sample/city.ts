import type { Manifest } from '../model/manifest.ts'
import { adminUnits } from './admin.ts'
import { canopyGrid, type CanopyGrid } from './canopy.ts'
import { controlLines, corridors, landUse, lineBlocks, parks, stockLand, type ClassName } from './land.ts'
import { withoutGreen as greenless } from './gardens.ts'
import type { SampleLayer } from './layer.ts'
import { buildLattice, type Lattice } from './lattice.ts'
import { mendLongWalks } from './long-walks.ts'
import { greenways, railAndCentres, roads, waterways } from './network.ts'
import { cutParcels, farOf, parcelAreaM2, walkParcels, type Parcel } from './parcels.ts'
import { opportunityAreas, peopleAndJobs } from './people.ts'
import { placesOf, type Places } from './places.ts'
import { plantedDefects, type PlantedDefect } from './planted.ts'
import { reviseParcels, reviseParks, type SampleEdit } from './revision.ts'
import { facilities } from './services.ts'
import { controlsOf, depavingSites, landSwap, planZones, projects } from './supply.ts'
import { targetsOf, type Targets } from './targets.ts'
import { WEDGE_NAMES } from './zones.ts'
import { plantedZoning, type Zoning } from './planted-blocks.ts'

export type { PlantedDefect } from './planted.ts'

export interface SampleOptions {
  /** Wanted number of planned parcels, 1,000 to 1,000,000; met within a few percent. */
  parcels: number
  seed: number
  /** 0 or absent: the first version. Other numbers: the same city after a revision of the plan, for comparing the two. */
  revision?: number | undefined
}

export interface SampleCity {
  layers: SampleLayer[]
  canopy: CanopyGrid
  manifest: Manifest
  planted: PlantedDefect[]
  /** What the revision changed: what a comparison with the first version must find. */
  edits: SampleEdit[]
}

const CANOPY_CELL_M = 60
/** Energy emission of the invented city, tonnes of carbon dioxide per head and year. */
const ENERGY_T_PER_HEAD = 6
const PLANNED_ENERGY_T_PER_HEAD = 5.4
export const SAMPLE_CRS = 'EPSG:4547'
export const SAMPLE_GEOPACKAGE = 'qinglan.gpkg'
export const SAMPLE_CANOPY = 'canopy.asc'

/** A first guess, a little low: parcels per block of the plan state grow to about this. */
const PARCELS_PER_BLOCK = 1.55

/** A city with at least the wanted number of parcels: counted on ever better guesses of its size, and only then cut. */
function sizedFor(parcels: number, seed: number): { lattice: Lattice; zoning: Zoning } {
  let blocks = Math.max(20, 2 * Math.floor(Math.sqrt(parcels / PARCELS_PER_BLOCK) / 2))
  for (;;) {
    const lattice = buildLattice(blocks)
    const zoning = plantedZoning(lattice, seed)
    const count = () => {
      let made = 0
      walkParcels(lattice, zoning.plan, seed, () => made++)
      return made
    }
    let made = count()
    if (made >= parcels) {
      if (mendLongWalks(lattice, zoning, seed) > 0) made = count()
      if (made >= parcels) return { lattice, zoning }
    }
    blocks = Math.max(blocks + 2, 2 * Math.ceil((blocks * Math.sqrt(parcels / made)) / 2))
  }
}

/**
 * The sample city Qinglan 青岚: invented, deterministic, tiled without gaps or overlaps, with known defects.
 * Coordinates are metres in EPSG:4547. `className` gives the name of a land-use code.
 */
export function generateCity(options: SampleOptions, className: ClassName): SampleCity {
  const { lattice, zoning } = sizedFor(options.parcels, options.seed)
  const plan = cutParcels(lattice, zoning.plan, options.seed)
  const base = cutParcels(lattice, zoning.base, options.seed)
  const places = placesOf(lattice, options.seed)
  const lines = lineBlocks(lattice, zoning, plan)
  const targets = targetsOf(lattice, places, plan, lines)
  const people = peopleAndJobs(lattice, plan, places)
  const streets = roads(lattice, zoning)
  const services = facilities(lattice, people.inhabited, streets)
  const swap = landSwap(lattice, zoning)
  const bareUnit = largestDetailedUnit(plan, places)
  const revised = revisedLayers(options, lattice, plan, parks(lattice, zoning, plan))
  const layers: SampleLayer[] = [
    landUse('landuse_base', { lattice, parcels: base, className }),
    landUse('landuse_plan', { lattice, parcels: revised.parcels, className, places, bareUnit }),
    ...controlLines(lattice, lines),
    adminUnits(lattice, places, targets),
    planZones(lattice, zoning, lines),
    ...revised.parks,
    corridors(lattice, zoning, WEDGE_NAMES),
    greenways(lattice),
    waterways(lattice),
    streets,
    ...people.layers,
    ...railAndCentres(lattice),
    stockLand(lattice, zoning),
    projects(lattice, zoning),
    swap.layer,
    depavingSites(lattice, zoning, options.seed),
    opportunityAreas(lattice, zoning.stock),
    services.layer,
  ]
  const { withoutClinic } = services
  const inhabited = new Set(people.inhabited)
  const withoutGreen = greenless(lattice, zoning).filter((block) => inhabited.has(block))
  return {
    layers,
    canopy: canopyGrid(lattice, plan, CANOPY_CELL_M),
    manifest: named(manifestOf(layers, people.residents, farmlandHaOf(lattice, base), targets), options.revision ?? 0),
    planted: plantedDefects({ lattice, zoning, plan, places, withoutGreen, withoutClinic, swapNames: swap.names, bareUnit }),
    edits: revised.edits,
  }
}

/** The unit with a detailed plan that has the most parcels: what it lacks weighs. */
function largestDetailedUnit(plan: readonly Parcel[], { unit, detailed }: Places): number {
  const parcels = new Map<number, number>()
  for (const parcel of plan) {
    const own = unit[parcel.block] ?? -1
    if (detailed.has(own) && controlsOf(parcel)) parcels.set(own, (parcels.get(own) ?? 0) + 1)
  }
  return [...parcels].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? -1
}

/** The layers that a revision touches, as they are in this version of the plan. */
function revisedLayers({ seed, revision = 0 }: SampleOptions, lattice: Lattice, plan: readonly Parcel[], green: SampleLayer[]) {
  if (revision === 0) return { parcels: plan, parks: green, edits: [] }
  const land = reviseParcels(plan, seed, revision, farOf)
  const parksOf = green.map((layer) =>
    layer.role === 'green' ? reviseParks(layer, lattice, land.parcels, land.edits, seed, revision) : { layer, edits: [] },
  )
  return {
    parcels: land.parcels,
    parks: parksOf.map(({ layer }) => layer),
    edits: [...land.edits, ...parksOf.flatMap(({ edits }) => edits)],
  }
}

const named = (manifest: Manifest, revision: number): Manifest =>
  revision === 0
    ? manifest
    : {
        ...manifest,
        name: `${manifest.name}, revision ${revision}`,
        nameZh: `${manifest.nameZh ?? manifest.name}修改稿${revision}`,
      }

const cityKind = (residents: number) =>
  residents >= 10_000_000
    ? 'super'
    : residents >= 5_000_000
      ? 'mega'
      : residents >= 1_000_000
        ? 'large'
        : residents >= 500_000
          ? 'medium'
          : 'small'

const farmlandHaOf = (lattice: Lattice, parcels: readonly Parcel[]): number =>
  parcels.reduce((sum, parcel) => sum + (parcel.code.startsWith('01') ? parcelAreaM2(lattice, parcel) : 0), 0) / 10_000

function manifestOf(layers: readonly SampleLayer[], residents: number, farmlandHa: number, { city }: Targets): Manifest {
  return {
    greenprint: 'plan-manifest/1',
    name: 'Qinglan territorial master plan 2021–2035 (sample)',
    nameZh: '青岚市国土空间总体规划（2021—2035年）（示例）',
    city: { name: '青岚市', kind: cityKind(residents), population: residents, populationYear: 2020 },
    planLevel: 'master',
    baseYear: 2020,
    targetYear: 2035,
    crs: SAMPLE_CRS,
    layers: [
      ...layers.map(({ role, table, mapping }) => ({ role, path: SAMPLE_GEOPACKAGE, layer: table, fields: mapping })),
      { role: 'canopy', path: SAMPLE_CANOPY, crs: SAMPLE_CRS },
    ],
    quotas: {
      farmlandHa: city.farmlandHa,
      pbfHa: city.pbfHa,
      eclRedlineHa: city.redlineHa,
      constructionHa: city.constructionHa,
      developmentIntensityCap: city.intensityCap,
      pastNetArtificialisationHaPerYear: Math.round(farmlandHa * 0.012),
      energyEmissionTCO2PerYear: Math.round(residents * ENERGY_T_PER_HEAD),
      plannedEnergyEmissionTCO2PerYear: Math.round(residents * PLANNED_ENERGY_T_PER_HEAD),
    },
    entries: [
      {
        item: 'B06',
        level: 3,
        reason: '文本第4章给出格局—分区—单元三级传导，地块层面尚缺。',
        document: '规划文本.pdf',
        page: 42,
      },
      { item: 'C01', level: 2, reason: '提出2030年碳达峰总量目标，未分解到区。', document: '规划文本.pdf', page: 17 },
    ],
  }
}
