import { beforeAll, describe, expect, it } from 'vitest'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { box } from '../geo/sketch.ts'
import { zoneFunction, ZONE_FUNCTIONS } from '../reference/zone-functions.ts'
import { passedDown } from './b05-passed-down.ts'
import { examplePlan } from './example-plan.ts'
import { linkStates } from './transmission.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const example = () => passedDown.examples.find(({ title }) => title.startsWith('five links')) ?? {}
const close = (value: number) => expect.closeTo(value, 9)

describe('five links of transmission', () => {
  it('says of each link what is drawn, covered, summed and in line with the link above', () => {
    expect(linkStates(examplePlan(example(), geos))).toEqual([
      // Nothing is built on the redline.
      { link: 'pattern', isPresent: true, features: 1, covered: null, sums: null, functions: 1 },
      // 1.6 ha allowed, 1.6 ha of homes, park and industry drawn.
      { link: 'layout', isPresent: true, features: 4, covered: 1, sums: close(1), functions: null },
      // Homes suit the one zone, industry the other; the park and the forest suit neither: 1.4 of 2 ha.
      { link: 'zones', isPresent: true, features: 2, covered: 1, sums: null, functions: close(0.7) },
      // U1 was given 0.8 ha and draws 1 ha; U2 0.5 and 0.6 ha.
      { link: 'units', isPresent: true, features: 2, covered: 1, sums: 0, functions: 1 },
      // 1.4 of 1.6 ha carry a floor area ratio; the park of 0.2 ha lies in U1 and says U2.
      { link: 'parcels', isPresent: true, features: 2, covered: close(0.875), sums: null, functions: close(0.875) },
    ])
  })

  it('opens the parcels that break a link', () => {
    const plan = examplePlan(example(), geos)
    const open = (row: string, column: string, table = 'links') =>
      passedDown.featuresOf?.(plan, {}, { table, row, column }).map(({ layer, fid, value }) => [layer, fid, value])
    expect(open('zones', 'functions')).toEqual([
      ['landuse_plan', 4, 4000],
      ['landuse_plan', 2, 2000],
    ])
    expect(open('parcels', 'functions')).toEqual([['landuse_plan', 2, 2000]])
    expect(open('units', 'covered')).toEqual([])
    expect(open('1', 'share', 'byZone')).toEqual([['landuse_plan', 2, 2000]])
    expect(open('2', 'constructionPlannedM2', 'unitSums')?.map(([, fid]) => fid)).toEqual([1, 2])
  })

  it('a missing link is said to be missing, not to be wrong', () => {
    const states = linkStates(
      examplePlan({ layers: { landuse_plan: [{ polygon: [box(0, 0, 10, 10)], attributes: { class: '0701' } }] } }, geos),
    )
    expect(states?.map(({ isPresent }) => isPresent)).toEqual([false, true, false, false, false])
    expect(states?.slice(2).flatMap(({ covered, sums, functions }) => [covered, sums, functions])).toEqual(Array(9).fill(null))
    expect(linkStates(examplePlan({}, geos))).toBeUndefined()
  })
})

describe('zones', () => {
  it('are told by a whole word before a part of one, in both languages', () => {
    const said = ['工业发展区', '城镇集中建设区', '永久基本农田保护区', 'Residential', '一般农业区（东）', '不明']
    expect(said.map((text) => zoneFunction(text)?.id)).toEqual([
      'industry',
      'urban',
      'farmland',
      'residential',
      'farming',
      undefined,
    ])
  })

  it('have words of their own', () => {
    const words = ZONE_FUNCTIONS.flatMap((zone) => zone.words)
    expect(new Set(words).size).toBe(words.length)
    for (const word of words) expect(word).toBe(word.toLowerCase())
  })
})
