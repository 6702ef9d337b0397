import { textAt, type LayerColumns } from '../geo/columns.ts'
import { isDisjoint } from '../geo/disjoint.ts'
import { perLayer, shapeCount } from '../geo/edited.ts'
import { sumOfAreas } from '../geo/feature-areas.ts'
import { groundOnce } from '../geo/ground-once.ts'
import type { Bilingual } from '../text.ts'
import type { PlanData } from './indicator.ts'

/** Levels of the `admin` layer, from the whole to the smallest. */
export type AdminLevel = 'municipal' | 'central_city' | 'district' | 'cluster' | 'unit'

const LEVEL_NAMES: Readonly<Record<AdminLevel, readonly string[]>> = {
  municipal: ['municipal', 'city', '市域', '市'],
  central_city: ['central_city', 'central city', 'centralcity', '中心城区'],
  district: ['district', 'county', '区县', '区', '县', '行政区', '分区'],
  cluster: ['cluster', '组团', '功能组团', '片区', '集群'],
  unit: ['unit', 'du', '单元', '详规单元', '规划单元', '详细规划单元'],
}

/** The levels as people read them. */
export const LEVEL_WORDS: Readonly<Record<AdminLevel, Bilingual>> = {
  municipal: { zh: '市域', en: 'whole city' },
  central_city: { zh: '中心城区', en: 'central city' },
  district: { zh: '区县', en: 'district' },
  cluster: { zh: '组团', en: 'cluster' },
  unit: { zh: '单元', en: 'unit' },
}

/** The level that a source value means, or undefined where it says nothing we know. */
export function adminLevel(value: string | undefined): AdminLevel | undefined {
  const text = value?.trim().toLowerCase()
  if (text === undefined || text === '') return undefined
  return (Object.keys(LEVEL_NAMES) as AdminLevel[]).find((level) => LEVEL_NAMES[level].includes(text))
}

/** Features of the `admin` layer at a level. */
export function adminFeatures(admin: LayerColumns, level: AdminLevel): number[] {
  return [...admin.fid.keys()].filter((feature) => adminLevel(textAt(admin, 'level', feature)) === level)
}

/** The ground that a rate is measured against: overlaps counted once. */
export interface StudyArea {
  zone: LayerColumns
  areaM2: number
  /** How the method sentence names it. */
  title: Bilingual
  isCentralCity: boolean
  notes: Bilingual[]
}

const WHOLE: Bilingual = { zh: '全域', en: 'the whole plan area' }
const CENTRAL: Bilingual = { zh: '中心城区', en: 'the central city' }

/**
 * The central city when it is wanted and drawn, otherwise the whole plan area: the municipal outline, the districts, or all
 * admin polygons; without an admin layer the planned (or base) land use, with a note. Undefined without any of them. Its zone is
 * the very same layer for as long as the ground is the same, whatever else of the plan is edited.
 */
export function studyArea(plan: PlanData, wanted: 'central_city' | 'whole'): StudyArea | undefined {
  const admin = plan.layer('admin')
  if (admin && shapeCount(admin) > 0) {
    const { title, isCentralCity, notes, features } = scopeOf(admin)[wanted]
    return areaOf(
      plan.geos.union(admin, (feature) => features.has(feature)),
      title,
      isCentralCity,
      notes,
    )
  }
  const parcels = plan.layer('landuse_plan') ?? plan.layer('landuse_base')
  if (!parcels || shapeCount(parcels) === 0) return undefined
  return areaOf(isDisjoint(parcels) ? parcels : groundOnce(plan.geos, parcels), WHOLE, false, [NO_ADMIN])
}

interface Scope extends Omit<StudyArea, 'zone' | 'areaM2'> {
  features: ReadonlySet<number>
}

const scopeOf = perLayer((admin): { central_city: Scope; whole: Scope } => {
  const central = adminFeatures(admin, 'central_city')
  const chosen = (['municipal', 'district'] as const).map((level) => adminFeatures(admin, level)).find((list) => list.length > 0)
  const whole: Scope = { title: WHOLE, isCentralCity: false, notes: [], features: new Set(chosen ?? admin.fid.keys()) }
  return {
    whole,
    central_city:
      central.length > 0
        ? { title: CENTRAL, isCentralCity: true, notes: [], features: new Set(central) }
        : { ...whole, notes: [NO_CENTRAL_CITY] },
  }
})

const NO_CENTRAL_CITY: Bilingual = {
  zh: '行政区图层未标出中心城区，按全域计算。',
  en: 'The admin layer marks no central city; measured on the whole plan area.',
}
const NO_ADMIN: Bilingual = {
  zh: '没有行政区图层，以用地图层覆盖范围代替研究范围。',
  en: 'There is no admin layer; the ground covered by the land-use layer stands for the study area.',
}

const areaOf = (zone: LayerColumns, title: Bilingual, isCentralCity: boolean, notes: Bilingual[]): StudyArea => ({
  zone,
  areaM2: sumOfAreas(zone),
  title,
  isCentralCity,
  notes,
})
