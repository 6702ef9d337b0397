import { numberAt, type LayerColumns } from '../geo/columns.ts'
import { shapeCount } from '../geo/edited.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { overlapTable } from '../geo/overlap-table.ts'
import type { EvidenceFeature } from '../model/measurement.ts'
import { workerDensity, type WorkerDensity } from '../reference/worker-densities.ts'
import type { Bilingual } from '../text.ts'
import { inGroup, seenShare } from './by-class.ts'
import { amountsInUnit, countedLayers, sumByUnit, topCounted, totalOf } from './counted.ts'
import type { PlanData } from './indicator.ts'
import { kindOfParcels } from './per-unit.ts'

/** People or jobs by unit, from whatever the plan gives. */
export interface AmountsByUnit {
  /** By feature of the admin layer. */
  amounts: Float64Array
  total: number
  /** What stood for data that were not given. */
  proxies: Bilingual[]
  /** Share of the data's features that state a number. */
  seenShare: number
  /** What makes up one unit's amount, largest first. */
  inUnit(unit: number): EvidenceFeature[]
}

/** Jobs of the layer of jobs; without one, land or floor area times a density by class, labelled. */
export function jobsByUnit(plan: PlanData, admin: LayerColumns): AmountsByUnit | undefined {
  const parcels = plan.layer('landuse_plan')
  return (
    fromLayer(plan, 'jobs', admin, jobsNote) ?? (parcels && fromParcels(parcels, admin, jobsPerM2(parcels), JOBS_PROXY, jobsNote))
  )
}

/** People of the population layer; without one, the stated population spread over housing land, labelled. */
export function peopleByUnit(plan: PlanData, admin: LayerColumns): AmountsByUnit | undefined {
  const found = fromLayer(plan, 'population', admin, peopleNote)
  const parcels = plan.layer('landuse_plan')
  const { population } = plan.city
  if (found || !parcels || population === null) return found
  const isHousing = inGroup(parcels, 'residential')
  const areaM2 = featureAreas(parcels).reduce((sum, area, parcel) => (isHousing(parcel) ? sum + area : sum), 0)
  if (areaM2 === 0) return undefined
  const perM2 = Float64Array.from({ length: parcels.count }, (_, parcel) => (isHousing(parcel) ? population / areaM2 : 0))
  return fromParcels(parcels, admin, perM2, PEOPLE_PROXY, peopleNote)
}

const JOBS_PROXY: Bilingual = {
  zh: '没有岗位图层，以用地或建筑面积 × 岗位密度代替',
  en: 'no layer of jobs: land or floor area × densities by class stand for them',
}
const PEOPLE_PROXY: Bilingual = {
  zh: '没有人口图层，把方案所报人口按居住用地面积分摊',
  en: 'no population layer: the stated population is spread over housing land by area',
}

export const jobsNote = (jobs: number): Bilingual => ({ zh: `${Math.round(jobs)} 个岗位`, en: `${Math.round(jobs)} jobs` })
export const peopleNote = (persons: number): Bilingual => ({
  zh: `${Math.round(persons)} 人`,
  en: `${Math.round(persons)} people`,
})

type Note = (amount: number) => Bilingual

function fromLayer(plan: PlanData, role: 'population' | 'jobs', admin: LayerColumns, note: Note): AmountsByUnit | undefined {
  const counted = countedLayers(plan, role)
  const total = totalOf(counted)
  if (total <= 0) return undefined
  const features = counted.reduce((sum, { layer }) => sum + shapeCount(layer), 0)
  const uncounted = counted.reduce((sum, one) => sum + one.uncounted, 0)
  return {
    amounts: sumByUnit(counted, admin),
    total,
    proxies: [],
    seenShare: 1 - uncounted / features,
    inUnit: (unit) =>
      topCounted(counted.map(({ layer, amounts }) => ({ layer, note, amounts: amountsInUnit(layer, amounts, admin, unit) })))
        .evidence,
  }
}

function fromParcels(
  parcels: LayerColumns,
  admin: LayerColumns,
  perM2: Float64Array,
  proxy: Bilingual,
  note: Note,
): AmountsByUnit | undefined {
  const areas = featureAreas(parcels)
  const total = areas.reduce((sum, areaM2, parcel) => sum + areaM2 * (perM2[parcel] ?? 0), 0)
  if (total <= 0) return undefined
  const { offset, partner, areaM2 } = overlapTable(parcels, admin)
  const amounts = new Float64Array(admin.count)
  const visit = (add: (parcel: number, unit: number, amount: number) => void) => {
    for (let parcel = 0; parcel < parcels.count; parcel += 1) {
      const density = perM2[parcel] ?? 0
      if (density === 0) continue
      for (let pair = offset[parcel] ?? 0; pair < (offset[parcel + 1] ?? 0); pair += 1) {
        add(parcel, partner[pair] ?? 0, density * (areaM2[pair] ?? 0))
      }
    }
  }
  visit((_, unit, amount) => {
    amounts[unit] = (amounts[unit] ?? 0) + amount
  })
  return {
    amounts,
    total,
    proxies: [proxy],
    seenShare: seenShare(parcels),
    inUnit: (wanted) => {
      const inside = new Float64Array(parcels.count)
      visit((parcel, unit, amount) => {
        if (unit === wanted) inside[parcel] = (inside[parcel] ?? 0) + amount
      })
      return topCounted([{ layer: parcels, amounts: inside, note }]).evidence
    },
  }
}

/** Jobs per m² of land: by floor where the parcel states a floor area ratio. */
function jobsPerM2(parcels: LayerColumns): Float64Array {
  const densities: (WorkerDensity | undefined)[] = []
  const kinds = kindOfParcels(parcels, (code) => densities.push(workerDensity(code)) - 1)
  return Float64Array.from(kinds, (kind, parcel) => {
    const density = densities[kind]
    if (!density) return 0
    const far = numberAt(parcels, 'far', parcel)
    return far === undefined || far <= 0 ? density.jobsPerHaLand / 10_000 : far / density.floorM2PerJob
  })
}
