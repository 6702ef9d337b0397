import { lengthsM } from '../geo/measure.ts'
import { defineIndicator } from './indicator.ts'
import { draft, largestFirst, measured, missing } from './outcomes.ts'
import { residentsOf } from './residents.ts'
import { lengthBasis } from './words.ts'

/** How many metres of greenway or park connector each person has. */
export const greenwayDensity = defineIndicator({
  id: 'N06',
  version: 1,
  title: { zh: '绿道密度', en: 'Greenway density' },
  unit: 'm_per_person',
  displayUnit: 'km_per_10k_persons',
  better: 'higher',
  formula: { zh: '绿道与公园连接线总长 ÷ 人口。', en: 'Total length of greenways and park connectors ÷ population.' },
  source: 'Seed article L109 (Singapore: 340 km, 500 km by 2030); domain rule L/pop',
  seed: ['S031', 'S033'],
  needs: ['greenway', 'population'],
  uses: [],
  parameters: {},
  detailTitles: {
    lengthM: { zh: '绿道总长', en: 'Length of greenways', unit: 'km' },
    persons: { zh: '人口', en: 'People', unit: 'persons' },
  },
  compute(plan) {
    const residents = residentsOf(plan)
    const basis = lengthBasis(plan.basis)
    const work = draft(
      `绿道图层全部线的总长除以${residents?.title.zh ?? '人口'}。${basis.zh}`,
      `The length of all lines of the greenway layer was divided by ${residents?.title.en ?? 'the population'}. ${basis.en}`,
    )
    const greenway = plan.layer('greenway')
    if (!greenway) return missing(work, { zh: '没有绿道图层。', en: 'There is no greenway layer.' }, ['greenway'])
    const each = lengthsM(greenway)
    const lengthM = each.reduce((sum, one) => sum + one, 0)
    work.details = { lengthM, persons: residents?.persons ?? null }
    work.evidence = largestFirst(
      [...each].map((value, feature) => ({ layer: 'greenway', fid: greenway.fid[feature] ?? 0, value })),
    )
    if (!residents) {
      const why = { zh: '没有人口图层，方案也未报人口。', en: 'There is neither a population layer nor a stated population.' }
      return missing(work, why, ['population', 'city.population'])
    }
    work.notes.push(...residents.notes)
    return measured(work, lengthM / residents.persons, 'm_per_person')
  },
  examples: [
    {
      title: '3 + 4 + 5 km of greenway for 200,000 people',
      layers: {
        greenway: [
          {
            line: [
              [0, 0],
              [3000, 0],
              [3000, 4000],
            ],
          },
          {
            line: [
              [0, 0],
              [3000, 4000],
            ],
          },
        ],
      },
      city: { population: 200_000 },
      answer: 0.06,
      details: { lengthM: 12_000, persons: 200_000 },
    },
    {
      title: 'people counted from the population layer when the plan states none',
      layers: {
        greenway: [
          {
            line: [
              [0, 0],
              [0, 500],
            ],
          },
        ],
        population: [
          { point: [0, 0], attributes: { persons: 600 } },
          { point: [9, 9], attributes: { persons: 400 } },
        ],
      },
      answer: 0.5,
    },
    {
      title: 'greenways without people',
      layers: {
        greenway: [
          {
            line: [
              [0, 0],
              [0, 500],
            ],
          },
        ],
      },
      answer: 'missing',
      details: { lengthM: 500 },
    },
  ],
})
