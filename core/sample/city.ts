import type { Manifest } from '../model/manifest.ts'
import { canopyGrid, type CanopyGrid } from './canopy.ts'
import { adminUnits, controlLines, corridors, landUse, parcelNumber, parks, stockLand, type ClassName } from './land.ts'
import { ringAreaM2, type SampleLayer } from './layer.ts'
import { buildLattice, type Lattice } from './lattice.ts'
import { greenways, railAndCentres, roads, waterways } from './network.ts'
import { cutParcels, farOf, parcelRing, walkParcels, type Parcel } from './parcels.ts'
import { facilities, opportunityAreas, peopleAndJobs } from './people.ts'
import { reviseParcels, reviseParks, type SampleEdit } from './revision.ts'
import { BROKEN_WEDGE, inWedge, placeOf, UNSERVED, zoneCity, type Zoning } from './zones.ts'

export interface SampleOptions {
  /** Wanted number of planned parcels, 1,000 to 1,000,000; met within a few percent. */
  parcels: number
  seed: number
  /** 0 or absent: the first version. Other numbers: the same city after a revision of the plan, for comparing the two. */
  revision?: number | undefined
}

/** A defect put into the city on purpose, with the place where a review must find it. */
export interface PlantedDefect {
  id: 'parcel-in-redline' | 'broken-wedge' | 'unserved-quarter'
  /** Item of the built-in checklist that it concerns. */
  item: string
  layer: string
  /** Values of the layer's number or name field (`BSM` or `MC`) of the features concerned. */
  features: string[]
  zh: string
  en: string
}

export interface SampleCity {
  layers: SampleLayer[]
  canopy: CanopyGrid
  manifest: Manifest
  planted: PlantedDefect[]
  /** What the revision changed: what a comparison with the first version must find. */
  edits: SampleEdit[]
}

const WEDGE_NAMES = ['东北绿楔', '北山绿楔', '西岭绿楔', '西南绿楔', '东南绿楔'] as const
const CANOPY_CELL_M = 60
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
    const zoning = zoneCity(lattice, seed)
    let made = 0
    walkParcels(lattice, zoning.plan, seed, () => made++)
    if (made >= parcels) return { lattice, zoning }
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
  const people = peopleAndJobs(lattice, plan)
  const revised = revisedLayers(options, lattice, plan, parks(lattice, zoning, plan))
  const layers: SampleLayer[] = [
    landUse('landuse_base', lattice, base, className),
    landUse('landuse_plan', lattice, revised.parcels, className),
    ...controlLines(lattice, zoning),
    adminUnits(lattice),
    ...revised.parks,
    corridors(lattice, zoning, WEDGE_NAMES),
    greenways(lattice),
    waterways(lattice),
    roads(lattice, zoning),
    ...people.layers,
    ...railAndCentres(lattice),
    stockLand(lattice, zoning),
    opportunityAreas(lattice),
    facilities(lattice),
  ]
  return {
    layers,
    canopy: canopyGrid(lattice, plan, CANOPY_CELL_M),
    manifest: named(manifestOf(layers, people.residents, farmlandHaOf(lattice, base)), options.revision ?? 0),
    planted: plantedDefects(lattice, zoning, plan),
    edits: revised.edits,
  }
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
  parcels.reduce((sum, parcel) => sum + (parcel.code.startsWith('01') ? ringAreaM2(parcelRing(lattice, parcel)) : 0), 0) / 10_000

function manifestOf(layers: readonly SampleLayer[], residents: number, farmlandHa: number): Manifest {
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
      farmlandHa: Math.round(farmlandHa * 0.9),
      developmentIntensityCap: 0.42,
      pastNetArtificialisationHaPerYear: Math.round(farmlandHa * 0.012),
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

function plantedDefects(lattice: Lattice, zoning: Zoning, plan: readonly Parcel[]): PlantedDefect[] {
  const built = (code: string) => /^(07|08|09|10|11|12|13|15|16)/.test(code)
  const place = (parcel: Parcel) => placeOf(lattice, parcel.block % lattice.blocks, Math.floor(parcel.block / lattice.blocks))
  const where = (wanted: (parcel: Parcel) => boolean) =>
    plan.flatMap((parcel, index) => (wanted(parcel) ? [parcelNumber('landuse_plan', index)] : []))
  const inQuarter = (parcel: Parcel) => {
    const { degrees, radius } = place(parcel)
    const middle = degrees > UNSERVED.fromDeg + 8 && degrees < UNSERVED.toDeg - 8
    return middle && radius > UNSERVED.inner + 0.03 && radius < UNSERVED.outer - 0.03 && parcel.code.startsWith('0701')
  }
  return [
    {
      id: 'parcel-in-redline',
      item: 'B01',
      layer: 'landuse_plan',
      features: where((parcel) => parcel.block === zoning.conflictBlock && built(parcel.code)),
      zh: '保护区内新增工业用地，位于生态保护红线之内。',
      en: 'New industrial parcels inside the reserve lie within the ecological redline.',
    },
    {
      id: 'broken-wedge',
      item: 'N02',
      layer: 'landuse_plan',
      features: where((parcel) => inWedge(place(parcel), BROKEN_WEDGE) && built(parcel.code) && parcel.code !== '1207'),
      zh: `${WEDGE_NAMES[BROKEN_WEDGE]}被整块仓储工业用地截断。`,
      en: 'The western green wedge is cut through by warehouses and industry.',
    },
    {
      id: 'unserved-quarter',
      item: 'A03',
      layer: 'landuse_plan',
      features: where(inQuarter),
      zh: '城南居住片区300米内没有公园绿地。',
      en: 'A southern housing quarter has no park within 300 m.',
    },
  ]
}
