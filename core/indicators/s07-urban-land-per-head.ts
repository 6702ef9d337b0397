import type { LayerColumns } from '../geo/columns.ts'
import { perLayer } from '../geo/edited.ts'
import { featureAreas, sumOfAreas } from '../geo/feature-areas.ts'
import { box } from '../geo/sketch.ts'
import type { Quality } from '../model/measurement.ts'
import type { ResultTable } from '../model/result-table.ts'
import { classGroup, classGroupInfo } from '../reference/class-groups.ts'
import { classColour } from '../reference/land-class-list.ts'
import type { Bilingual } from '../text.ts'
import { onlyWhere, totalOf } from './amounts.ts'
import { inClass, sumByClass } from './b01-crossing.ts'
import { inGroup, ofClass, seenShare, unclassedNote } from './by-class.ts'
import { closureOfAreas } from './closure.ts'
import { defineIndicator, type PlanData } from './indicator.ts'
import { areaColumn, classTitle } from './land-transition-tables.ts'
import { draft, measured, missing } from './outcomes.ts'
import { countedResidents, residentsOf } from './residents.ts'
import { topEvidence } from './top-evidence.ts'
import { areaBasis, hectares } from './words.ts'

const URBAN = 'urban_construction'

/** Planned urban construction land per person, against the norm. */
export const urbanLandPerHead = defineIndicator({
  id: 'S07',
  version: 1,
  title: { zh: '人均城镇建设用地', en: 'Urban land per head' },
  unit: 'm2_per_person',
  displayUnit: 'm2_per_person',
  better: 'lower',
  formula: {
    zh: 'A(规划城镇建设用地) ÷ 人口；给出 quotas.plannedUrbanPopulation（规划城镇人口）时以它为准。',
    en: 'A(planned urban construction land) ÷ population; quotas.plannedUrbanPopulation counts where it is given.',
  },
  source: 'GB 50137-2011: 65–115 m² per person (unverified); seed article L180',
  seed: ['S053'],
  needs: ['landuse_plan', 'population'],
  uses: [],
  parameters: {
    crowdingM2PerPerson: {
      default: 65,
      min: 10,
      max: 200,
      unit: 'm2_per_person',
      title: { zh: '过密提示线', en: 'Crowding is flagged below' },
      source: 'GB 50137-2011, lower bound of the norm (unverified)',
    },
  },
  detailTitles: {
    urbanM2: { zh: '规划城镇建设用地', en: 'Planned urban construction land', unit: 'ha' },
    persons: { zh: '人口', en: 'People', unit: 'persons' },
    personsFrom: {
      zh: '人口来源',
      en: 'People from',
      words: {
        planned: { zh: '规划城镇人口', en: 'planned urban population' },
        stated: { zh: '方案所报人口', en: 'stated population' },
        layer: { zh: '人口图层', en: 'population layer' },
      },
    },
    crowded: { zh: '低于过密提示线', en: 'Below the crowding line' },
  },
  compute(plan, { crowdingM2PerPerson }) {
    const basis = areaBasis(plan.basis)
    const group = classGroupInfo(URBAN).title
    const people = peopleOf(plan)
    const named = people?.title ?? { zh: '人口', en: 'the population' }
    const work = draft(
      `规划“${group.zh}”面积除以${named.zh}。${basis.zh}`,
      `Planned “${group.en}” was divided by ${named.en}. ${basis.en}`,
    )
    const planned = plan.layer('landuse_plan')
    if (!planned || !people) {
      const why = {
        zh: '需要规划用地用海图层和人口（清单、人口图层或规划城镇人口）。',
        en: 'Planned land use and a population are needed (stated, a layer, or the planned urban population).',
      }
      return missing(work, why, [...(planned ? [] : ['landuse_plan']), ...(people ? [] : ['city.population'])])
    }
    const urbanM2 = totalOf(urbanAreas(planned))
    const value = urbanM2 / people.persons
    work.notes.push(...people.notes, ...unclassedNote(planned, '规划用地', 'planned land use'))
    if (people.from !== 'planned') work.notes.push(EXTENT)
    work.details = { urbanM2, persons: people.persons, personsFrom: people.from, crowded: value < crowdingM2PerPerson }
    if (value < crowdingM2PerPerson) work.notes.push(crowding(crowdingM2PerPerson))
    work.tables = [classTable(planned, urbanM2, people.persons)]
    work.quality = { seenShare: seenShare(planned), ...rangeOf(plan, planned, urbanM2, people.persons) }
    Object.assign(work, topEvidence(planned, urbanAreas(planned), hectares))
    return measured(work, value, 'm2_per_person')
  },
  featuresOf(plan, _, { row }) {
    const planned = plan.layer('landuse_plan')
    if (!planned) return []
    const isOfRow = inClass(planned, row)
    return topEvidence(planned, onlyWhere(urbanAreas(planned), isOfRow), hectares).evidence
  },
  examples: [
    {
      title: '3 ha of urban land for 300 people: 100 m² each; the village does not count',
      layers: {
        landuse_plan: [
          { polygon: [box(0, 0, 200, 100)], attributes: { class: '0701' } },
          { polygon: [box(200, 0, 100, 100)], attributes: { class: '1401' } },
          { polygon: [box(300, 0, 100, 100)], attributes: { class: '0703' } },
        ],
      },
      city: { population: 300, populationYear: 2035 },
      answer: 100,
      details: { urbanM2: 30_000, crowded: false, personsFrom: 'stated' },
    },
    {
      title: 'the planned urban population goes before the stated one, and 50 m² each is crowded',
      layers: { landuse_plan: [{ polygon: [box(0, 0, 200, 100)], attributes: { class: '0901' } }] },
      city: { population: 300 },
      quotas: { plannedUrbanPopulation: 400 },
      answer: 50,
      details: { persons: 400, crowded: true, personsFrom: 'planned' },
    },
    {
      title: 'nobody knows how many people',
      layers: { landuse_plan: [{ polygon: [box(0, 0, 200, 100)], attributes: { class: '0901' } }] },
      answer: 'missing',
    },
  ],
})

interface People {
  persons: number
  from: 'planned' | 'stated' | 'layer'
  title: Bilingual
  notes: Bilingual[]
}

function peopleOf(plan: PlanData): People | undefined {
  const planned = plan.quotas['plannedUrbanPopulation']
  if (planned !== undefined && planned > 0) {
    return { persons: planned, from: 'planned', title: { zh: '规划城镇人口', en: 'the planned urban population' }, notes: [] }
  }
  const residents = residentsOf(plan)
  const isStated = plan.city.population !== null && plan.city.population > 0
  return residents && { ...residents, from: isStated ? 'stated' : 'layer' }
}

const EXTENT: Bilingual = {
  zh: '人口须与规划城镇建设用地同一范围、同一年份；此处人口可能含农村人口或为现状人口，请核对，或给出 quotas.plannedUrbanPopulation。',
  en: 'People and urban land must be of one extent and one year; these people may include rural or present ones: check, or give quotas.plannedUrbanPopulation.',
}

const crowding = (line: number): Bilingual => ({
  zh: `低于 ${line} m²/人，提示过密：请核对人口口径和居住条件。`,
  en: `Below ${line} m² per person: crowding is flagged; check the population and living conditions.`,
})

const urbanAreas = perLayer((planned) => onlyWhere(featureAreas(planned), inGroup(planned, URBAN)))

/** The same quotient with every doubtful class counted, and with the other figure of people where there are two. */
function rangeOf(plan: PlanData, planned: LayerColumns, urbanM2: number, persons: number): Quality {
  const { conditional } = classGroupInfo(URBAN).rule
  const mostM2 = sumOfAreas(planned, ofClass(planned, classGroup(URBAN, { otherwise: [...conditional.keys()] })))
  const others = [plan.city.population, countedResidents(plan) ?? null].flatMap((other) =>
    other !== null && other > 0 ? [other] : [],
  )
  const values = [urbanM2, mostM2].flatMap((areaM2) => [persons, ...others].map((people) => areaM2 / people))
  const [low, high] = [Math.min(...values), Math.max(...values)]
  if (high - low < 1e-9) return {}
  const why = {
    zh: '难以区分的地类计入与否，以及不同来源的人口。',
    en: 'Classes that cannot be told apart counted or not, and the different figures of people.',
  }
  return { range: { low, high, why } }
}

function classTable(planned: LayerColumns, urbanM2: number, persons: number): ResultTable {
  const byClass = [...sumByClass(planned, urbanAreas(planned))].toSorted(([one], [other]) => (one < other ? -1 : 1))
  const sum = byClass.reduce((total, [, areaM2]) => total + areaM2, 0)
  return {
    id: 'byClass',
    kind: 'classes',
    title: { zh: '城镇建设用地构成', en: 'Urban construction land by class' },
    rowTitle: { zh: '规划地类', en: 'Planned class' },
    columns: [
      areaColumn('areaM2', '面积', 'Area'),
      { key: 'perHead', title: { zh: '人均', en: 'Per person' }, unit: 'm2_per_person' },
    ],
    rows: byClass.map(([code, areaM2]) => ({
      key: code,
      title: classTitle(code),
      cells: [areaM2, areaM2 / persons],
      colour: classColour(code),
    })),
    closure: { areaM2: closureOfAreas(sum, urbanM2, (size) => ({ zh: `相差 ${size.zh}。`, en: `A difference of ${size.en}.` })) },
  }
}
