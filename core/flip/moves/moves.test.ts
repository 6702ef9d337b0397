import { beforeAll, describe, expect, it } from 'vitest'
import { loadGeos, type Geos } from '../../geo/geos.ts'
import { box, type FeatureSketch } from '../../geo/sketch.ts'
import { sourceText } from '../../reference/sources.ts'
import type { Role } from '../../model/roles.ts'
import type { ChecklistItem } from '../../checklist/schema.ts'
import { INDICATORS } from '../../indicators/index.ts'
import { flipItem } from '../flip-item.ts'
import { CONVERTIBLE, FLIP_RULES, MOVE_IDS, NO_SEARCH, type MoveId } from '../flip-rules.ts'
import { flipInput, measuredAnew, sketched } from '../flip-samples.ts'
import type { Found } from '../result.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const land = (x: number, y: number, width: number, height: number, code: string, more = {}): FeatureSketch => ({
  polygon: [box(x, y, width, height)],
  attributes: { class: code, ...more },
})
const line = (points: [number, number][], attributes = {}): FeatureSketch => ({ line: points, attributes })

interface Case {
  item: ChecklistItem['id']
  move: MoveId
  title: string
  layers: Partial<Record<Role, FeatureSketch[]>>
  /** The features that the smallest answer touches, and what it comes to. */
  fids: number[]
  totals: Found['totals']
  from?: string
  to?: string
}

/** Small plans in which one can see what the answer must be. */
const CASES: Case[] = [
  {
    item: 'A04',
    move: 'park-on-parcel',
    title: 'of two white parcels the smaller one that is enough becomes a park, and housing never does',
    layers: {
      // 1,000 people have 5 m² each; 1,000 m² more make 6
      landuse_plan: [
        land(0, 0, 50, 100, '1401'),
        land(100, 0, 100, 100, '16'),
        land(300, 0, 20, 60, '16'),
        land(400, 0, 30, 40, '0701'),
      ],
    },
    fids: [3],
    totals: [{ unit: 'm2', value: 1200 }],
    from: '16',
    to: '1401',
  },
  {
    item: 'A03',
    move: 'park-on-piece',
    title: 'a square of the least size is cut out of the white parcel near those who lack a park',
    layers: {
      green: [{ polygon: [box(-5000, 0, 100, 100)], attributes: { status: 'existing' } }],
      landuse_plan: [land(0, 0, 300, 300, '16'), land(9000, 0, 300, 300, '16')],
      population: [
        { point: [-5050, 50], attributes: { persons: 20 } },
        { point: [350, 150], attributes: { persons: 80 } },
      ],
    },
    fids: [1],
    totals: [{ unit: 'm2', value: 72 ** 2 }],
    from: '16',
    to: '1401',
  },
  {
    item: 'B01',
    move: 'keep-base-use',
    title: 'a factory on basic farmland stays the field that it was',
    layers: {
      landuse_base: [land(0, 0, 100, 100, '0101'), land(100, 0, 100, 100, '0101')],
      landuse_plan: [land(0, 0, 100, 100, '1001'), land(100, 0, 100, 100, '1001')],
      pbf: [{ polygon: [box(0, 0, 90, 100)] }],
      eco_redline: [{ polygon: [box(5000, 0, 90, 100)] }],
    },
    fids: [1],
    totals: [{ unit: 'm2', value: 10_000 }],
    from: '1001',
    to: '0101',
  },
  {
    item: 'S07',
    move: 'keep-base-use',
    title: 'a factory stays the field that it was, and a larger park is not given up for it',
    layers: {
      // 1,000 people may have 13 ha of urban land for the first level; the plan has 13.5
      landuse_base: [land(0, 0, 500, 150, '0101'), land(0, 200, 200, 50, '0101'), land(1000, 0, 500, 100, '0701')],
      landuse_plan: [land(0, 0, 500, 150, '1401'), land(0, 200, 200, 50, '1001'), land(1000, 0, 500, 100, '0701')],
    },
    fids: [2],
    totals: [{ unit: 'm2', value: 10_000 }],
    from: '1001',
    to: '0101',
  },
  {
    item: 'S04',
    move: 'set-attributes',
    title: 'of three plots without a use the smallest that is enough gets one',
    layers: {
      stock: [
        { polygon: [box(0, 0, 100, 60)], attributes: { programmed: 0 } },
        { polygon: [box(200, 0, 100, 30)], attributes: { programmed: 0 } },
        { polygon: [box(400, 0, 100, 10)], attributes: { programmed: 1 } },
      ],
    },
    fids: [2],
    totals: [{ unit: 'm2', value: 3000 }],
  },
  {
    item: 'Q06',
    move: 'set-attributes',
    title: 'the shorter hardened channel is enough for the first tenth',
    layers: {
      waterway: [
        line([[0, 0], [900, 0]], { bankType: 'hardened', renatured: 0 }), // prettier-ignore
        line([[0, 50], [100, 50]], { bankType: 'hardened', renatured: 0 }), // prettier-ignore
        line([[0, 90], [400, 90]], { bankType: 'natural', renatured: 0 }), // prettier-ignore
      ],
    },
    fids: [2],
    totals: [{ unit: 'm', value: 100 }],
  },
  {
    item: 'N06',
    move: 'add-greenway',
    title: 'the greenway goes on along the road that meets it, not along one far away',
    layers: {
      // 1,000 people: 20 m of greenway are the first level
      greenway: [line([[0, 0], [10, 0]])], // prettier-ignore
      road_network: [line([[10, 0], [10, 30]]), line([[5000, 0], [5000, 30]])], // prettier-ignore
    },
    fids: [1],
    totals: [{ unit: 'm', value: 30 }],
  },
  {
    item: 'N08',
    move: 'protect-land',
    title: 'redline comes before other ecological land',
    layers: {
      admin: [{ polygon: [box(0, 0, 1000, 1000)], attributes: { level: 'municipal' } }],
      protected: [{ polygon: [box(0, 0, 100, 100)], attributes: { grade: '自然公园' } }],
      eco_redline: [{ polygon: [box(500, 0, 200, 100)] }],
      landuse_plan: [land(0, 500, 1000, 500, '0301')],
    },
    fids: [1],
    totals: [{ unit: 'm2', value: 20_000 }],
  },
  {
    item: 'N02',
    move: 'close-gap',
    title: 'the parcel that breaks a wedge becomes green',
    layers: {
      corridor: [line([[0, 50], [1000, 50]], { form: 'wedge', name: '西楔' })], // prettier-ignore
      landuse_plan: [land(0, 0, 300, 100, '1401'), land(300, 0, 700, 100, '1001')],
    },
    fids: [2],
    totals: [{ unit: 'm2', value: 70_000 }],
    from: '1001',
    to: '1401',
  },
  {
    item: 'N04',
    move: 'widen-corridor',
    title: 'the narrow end of a corridor gets green on both sides',
    layers: {
      corridor: [line([[0, 50], [1000, 50]], { name: '北廊' })], // prettier-ignore
      landuse_plan: [land(0, 0, 300, 100, '0301'), land(300, 40, 700, 20, '0301'), land(300, 60, 700, 60, '1001')],
      green: [{ polygon: [box(0, 3000, 10, 10)] }],
    },
    fids: [1],
    totals: [{ unit: 'm2', value: expect.closeTo(650 * 62 + Math.PI * 31 ** 2, -2) as number }],
    from: '',
  },
  {
    item: 'N04',
    move: 'widen-corridor',
    title: 'a corridor along a river gets the 30 m that it needs, and no more',
    layers: {
      corridor: [line([[0, 50], [1000, 50]], { name: '河廊', purpose: '滨水' })], // prettier-ignore
      landuse_plan: [land(0, 0, 300, 100, '0301'), land(300, 40, 700, 20, '0301'), land(300, 60, 700, 60, '1001')],
      green: [{ polygon: [box(0, 3000, 10, 10)] }],
    },
    fids: [1],
    totals: [{ unit: 'm2', value: expect.closeTo(650 * 32 + Math.PI * 16 ** 2, -2) as number }],
    from: '',
  },
  {
    item: 'Q08',
    move: 'raise-greening',
    title: 'the parcel that is farther below its target is raised',
    layers: {
      landuse_plan: [land(0, 0, 100, 100, '0701', { ugf: 0.1 }), land(200, 0, 100, 100, '0701', { ugf: 0.2 })],
    },
    fids: [1],
    totals: [{ unit: 'm2', value: 10_000 }],
  },
  {
    item: 'R02',
    move: 'add-shelter',
    title: 'a school ground of the size that is lacking is named a shelter',
    layers: {
      shelter: [{ polygon: [box(0, 0, 20, 20)] }],
      landuse_plan: [land(100, 0, 100, 100, '0804'), land(300, 0, 20, 10, '0804'), land(400, 0, 100, 100, '1001')],
    },
    fids: [2],
    totals: [{ unit: 'm2', value: 200 }],
  },
  {
    item: 'S03',
    move: 'withdraw-project',
    title: 'the smaller project on new land is enough',
    layers: {
      project: [
        { polygon: [box(0, 0, 100, 10)], attributes: { source: 'stock' } },
        { polygon: [box(200, 0, 100, 40)], attributes: { source: 'new' } },
        { polygon: [box(400, 0, 100, 15)], attributes: { source: 'new' } },
      ],
    },
    fids: [3],
    totals: [{ unit: 'm2', value: 1500 }],
  },
]

describe('each move on a plan in which the answer can be seen', () => {
  it.each(CASES)('$item, $move: $title', ({ item, move, layers, fids, totals, from, to }) => {
    const input = flipInput(geos, item, sketched(layers))
    const { result, edits } = flipItem(input)
    if (result.state !== 'found') throw new Error(JSON.stringify(result))
    expect(result.changes.map((change) => change.move)).toEqual(result.changes.map(() => move))
    expect(
      result.changes.flatMap(({ features }) => features.map(({ fid }) => fid)).toSorted((one, other) => one - other),
    ).toEqual(fids)
    expect(result.totals).toEqual(totals)
    expect(result.changes[0]).toMatchObject({ ...(from && { from }), ...(to && { to }) })
    expect(measuredAnew(input, edits.flat())(result.indicator ?? '').outcome).toMatchObject({ value: result.after })
  })

  it('F05: the services that are too far away are put among those who lack them', () => {
    const services = (x: number, kinds: string[]) => kinds.map((kind): FeatureSketch => ({ point: [x, 0], attributes: { kind } }))
    const all = ['school', 'clinic', 'library', 'gym', 'nursing_home', 'supermarket']
    const input = flipInput(
      geos,
      'F05',
      sketched({
        facility: [...services(0, all), ...services(5000, ['school', 'clinic', 'library', 'gym', 'nursing_home'])],
        population: [
          { point: [10, 0], attributes: { persons: 40 } },
          { point: [5010, 0], attributes: { persons: 60 } },
        ],
      }),
    )
    const { result } = flipItem(input)
    expect(result).toMatchObject({
      state: 'found',
      changes: [{ move: 'add-services', size: { unit: 'count', value: 1 }, note: { en: 'Daily shopping' } }],
      reached: 4,
    })
  })
})

describe('the vocabulary', () => {
  it('names indicators that there are, each once, and every move is used', () => {
    const known = new Set(INDICATORS.map(({ id }) => id))
    const named = [...FLIP_RULES, ...NO_SEARCH].map(({ indicator }) => indicator)
    expect(new Set(named).size).toBe(named.length)
    expect(named.filter((id) => !known.has(id))).toEqual([])
    expect(MOVE_IDS.filter((move) => !FLIP_RULES.some(({ moves }) => moves.includes(move)))).toEqual([])
  })

  it('reads only parameters and details that the indicators have', () => {
    const unknown = FLIP_RULES.flatMap(({ indicator, tiers = [], amount }) => {
      const info = INDICATORS.find(({ id }) => id === indicator)
      const read = tiers.flatMap(({ minimumM2, reachM }) => [minimumM2, reachM]).filter((one) => typeof one === 'object')
      const parameters = read.flatMap((one) => ('parameter' in one ? one.parameter : []))
      const details = [...read.flatMap((one) => ('detail' in one ? one.detail : [])), ...(amount ? [amount.of, amount.per] : [])]
      return [
        ...parameters.filter((name) => !Object.hasOwn(info?.parameters ?? {}, name)),
        ...details.filter((name) => !Object.hasOwn(info?.detailTitles ?? {}, name)),
      ].map((name) => `${indicator}.${name}`)
    })
    expect(unknown).toEqual([])
  })

  it('cites sources that are listed', () => {
    const keys = [...FLIP_RULES, ...NO_SEARCH, ...CONVERTIBLE].map(({ source }) => source)
    expect(keys.filter((key) => sourceText(key) === undefined)).toEqual([])
  })
})
