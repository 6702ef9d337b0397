import { apportion } from '../geo/areal.ts'
import { coveredAreaM2 } from '../geo/covered.ts'
import { featureAreas, sumOfAreas } from '../geo/feature-areas.ts'
import { chosenLayer } from '../geo/keyed-layer.ts'
import { tableAreasWithin } from '../geo/overlap-table.ts'
import { box } from '../geo/sketch.ts'
import { drawnGreen, isExisting, plannedParks, type GreenSpaces } from './green-spaces.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { draft, measured, missing } from './outcomes.ts'
import { residentsOf, type Residents } from './residents.ts'
import { studyArea, type StudyArea } from './study-area.ts'
import { topEvidence } from './top-evidence.ts'
import { areaBasis, hectares } from './words.ts'

/** Square metres of park for every resident, in the central city where it is drawn. */
export const parkAreaPerHead = defineIndicator({
  id: 'A04',
  version: 1,
  title: { zh: '人均公园绿地', en: 'Park area per head' },
  unit: 'm2_per_person',
  displayUnit: 'm2_per_person',
  better: 'higher',
  formula: { zh: 'A(公园绿地 1401) ÷ 人口，重叠只计一次。', en: 'A(park land 1401) ÷ population, overlaps counted once.' },
  source: 'GB 55014-2021 (more than 8.0 m² per person)',
  seed: ['S032'],
  needs: ['population', 'landuse_plan'],
  uses: ['green', 'admin', 'landuse_base'],
  parameters: {},
  detailTitles: {
    parkM2: { zh: '公园绿地面积', en: 'Park land', unit: 'ha' },
    existingM2: { zh: '其中现状', en: 'Of it, existing', unit: 'ha' },
    plannedM2: { zh: '其中规划新增', en: 'Of it, planned', unit: 'ha' },
    persons: { zh: '人口', en: 'People', unit: 'persons' },
    isCentralCity: { zh: '按中心城区统计', en: 'Within the central city' },
  },
  compute(plan) {
    const parks = plannedParks(plan) ?? drawnGreen(plan)
    const scope = scopeOf(plan)
    const basis = areaBasis(plan.basis)
    const work = draft(
      `${scope.area?.title.zh ?? '全域'}内${parks?.title.zh ?? '公园绿地'}的面积（重叠只计一次）除以${scope.residents?.title.zh ?? '人口'}。${basis.zh}`,
      `The area of ${parks?.title.en ?? 'park land'} (overlaps once) within ${scope.area?.title.en ?? 'the whole plan area'} was divided by ${scope.residents?.title.en ?? 'the population'}. ${basis.en}`,
    )
    if (!parks) {
      const why = {
        zh: '规划用地中没有公园绿地（1401），也没有绿地图层。',
        en: 'The planned land use holds no park land (1401) and there is no green layer.',
      }
      return missing(work, why, ['landuse_plan', 'green'])
    }
    if (parks.layer.role === 'green') work.notes.push(FROM_GREEN_LAYER)
    work.notes.push(...parks.notes, ...scope.notes)
    const parkM2 = areaOf(plan, parks, scope.area)
    work.details = {
      parkM2,
      ...statusOf(parks),
      persons: scope.residents?.persons ?? null,
      isCentralCity: scope.area !== undefined,
    }
    Object.assign(work, evidenceOf(parks, scope.area))
    if (!scope.residents) {
      const why = { zh: '没有人口图层，方案也未报人口。', en: 'There is neither a population layer nor a stated population.' }
      return missing(work, why, ['population', 'city.population'])
    }
    return measured(work, parkM2 / scope.residents.persons, 'm2_per_person')
  },
  examples: [
    {
      title: '2 ha of park land for 2,500 people; buffer green does not count',
      layers: {
        landuse_plan: [
          {
            polygon: [box(0, 0, 200, 100)],
            attributes: { class: '1401' },
          },
          {
            polygon: [box(0, 100, 200, 100)],
            attributes: { class: '1402' },
          },
        ],
      },
      city: { population: 2500 },
      answer: 8,
      details: { parkM2: 20_000, isCentralCity: false },
    },
    {
      title: 'the green layer stands in, overlaps once and closed ground left out',
      layers: {
        green: [
          {
            polygon: [box(0, 0, 100, 100)],
            attributes: { isPublic: true, status: 'existing' },
          },
          {
            polygon: [box(50, 0, 100, 100)],
            attributes: { isPublic: true, status: 'planned' },
          },
          {
            polygon: [box(500, 0, 100, 100)],
            attributes: { isPublic: false },
          },
        ],
        population: [{ point: [0, 0], attributes: { persons: 1000 } }],
      },
      answer: 15,
      details: { parkM2: 15_000, existingM2: 10_000, plannedM2: 10_000 },
    },
    {
      title: 'in the central city with the people who live there',
      layers: {
        admin: [
          {
            polygon: [box(0, 0, 100, 100)],
            attributes: { level: 'central_city' },
          },
        ],
        landuse_plan: [
          {
            polygon: [box(50, 0, 150, 100)],
            attributes: { class: '1401' },
          },
        ],
        population: [
          {
            polygon: [box(0, 0, 400, 100)],
            attributes: { persons: 2000 },
          },
        ],
      },
      city: { population: 99_999 },
      answer: 10,
      details: { persons: 500, isCentralCity: true },
    },
  ],
})

const FROM_GREEN_LAYER = {
  zh: '规划用地中没有公园绿地（1401），以公园与绿地图层代替。',
  en: 'The planned land use holds no park land (1401); the parks and green space layer was used instead.',
}
const WITHOUT_LOCAL_PEOPLE = {
  zh: '没有人口图层，无法得到中心城区人口，按全域计算。',
  en: 'Without a population layer the people of the central city are unknown; measured on the whole plan area.',
}

/** The central city where it is drawn and its people can be counted; otherwise everything and everyone. */
function scopeOf(plan: PlanData): { area?: StudyArea; residents?: Residents; notes: Residents['notes'] } {
  const area = studyArea(plan, 'central_city')
  const people = plan.layers('population')
  if (area?.isCentralCity && people.length > 0) {
    const persons = people.reduce((sum, layer) => sum + apportion(layer, 'persons', area.zone).within, 0)
    const title = { zh: '中心城区人口（人口图层）', en: 'the people of the central city (population layer)' }
    if (persons > 0) return { area, residents: { persons, title, notes: [] }, notes: [] }
  }
  const residents = residentsOf(plan)
  const notes = [...(area?.isCentralCity ? [WITHOUT_LOCAL_PEOPLE] : []), ...(residents?.notes ?? [])]
  return residents ? { residents, notes } : { notes }
}

/** Parks, whose tables are kept apart from those of all parcels. */
const SLOT = 'parks'

/** In the central city, or wherever there are parks when the whole plan is meant; overlaps once. */
const areaOf = (plan: PlanData, { layer, select }: GreenSpaces, area: StudyArea | undefined): number =>
  coveredAreaM2(plan.geos, [layer], select, area?.zone, SLOT)

/** What exists and what is promised, for the green layer only: planned land use is all of one state. */
function statusOf({ layer, select }: GreenSpaces): Record<string, number> {
  if (layer.role !== 'green') return {}
  return {
    existingM2: sumOfAreas(layer, (feature) => select(feature) && isExisting(layer, feature)),
    plannedM2: sumOfAreas(layer, (feature) => select(feature) && !isExisting(layer, feature)),
  }
}

function evidenceOf({ layer, select }: GreenSpaces, area: StudyArea | undefined) {
  const parks = chosenLayer(layer, SLOT, select)
  const areaM2 = area ? tableAreasWithin(parks, area.zone) : featureAreas(parks)
  return topEvidence(layer, areaM2, hectares)
}
