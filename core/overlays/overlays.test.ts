import { beforeAll, describe, expect, it } from 'vitest'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { box } from '../geo/sketch.ts'
import { examplePlan } from '../indicators/example-plan.ts'
import type { WorkedExample } from '../indicators/indicator.ts'
import { ROLE_IDS } from '../model/roles.ts'
import { overlayStylesSchema } from './looks.ts'
import pattern from '../../resources/reference/green-pattern.json' with { type: 'json' }
import styles from '../../resources/reference/overlay-styles.json' with { type: 'json' }
import { OVERLAYS } from './index.ts'
import type { OverlayPart } from './overlay.ts'
import { lacksOf, overlayOf, overlayParameters, shownParameters } from './run-overlay.ts'
import { partView } from './view.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

/** Draws an overlay over a worked example. */
function drawn(id: string, example: Partial<WorkedExample>, asked: Record<string, number> = {}) {
  const overlay = overlayOf(id)
  const computed = overlay.compute(examplePlan(example, geos), overlayParameters(overlay, {}, asked), () => undefined)
  const parts = computed.outcome.kind === 'drawn' ? computed.outcome.parts : []
  const part = (name: string): OverlayPart => {
    const found = parts.find((one) => one.id === name)
    if (!found) throw new Error(`${id} draws no ${name}: ${JSON.stringify(computed.outcome).slice(0, 300)}`)
    return found
  }
  return { computed, parts, part }
}
const cellsOf = ({ list }: OverlayPart, key: string) =>
  list?.rows.map(({ cells }) => cells[list.columns.findIndex((one) => one.key === key)])

const city: Partial<WorkedExample> = {
  layers: {
    corridor: [{ line: [[0, 0], [2000, 0]], attributes: { name: '西楔', form: 'wedge' } }], // prettier-ignore
    landuse_plan: [
      { polygon: [box(0, -100, 600, 200)], attributes: { class: '1401' } },
      { polygon: [box(600, -100, 400, 200)], attributes: { class: '1101' } },
      { polygon: [box(1000, -100, 1000, 200)], attributes: { class: '0301' } },
    ],
    landuse_base: [{ polygon: [box(0, -100, 2000, 200)], attributes: { class: '0301' } }],
  },
}

describe('the list of overlays', () => {
  it('has ids of its own, words in both languages and looks that follow their schema', () => {
    expect(new Set(OVERLAYS.map(({ id }) => id)).size).toBe(OVERLAYS.length)
    for (const { id, title, summary, source, needs } of OVERLAYS) {
      expect(
        [id, title.zh, title.en, summary.zh, summary.en, source.zh, source.en].every((text) => text.length > 0),
        id,
      ).toBe(true)
      expect(
        needs.every((group) => group.every((role) => ROLE_IDS.includes(role))),
        id,
      ).toBe(true)
    }
    expect(overlayStylesSchema.safeParse(styles).error).toBeUndefined()
  })

  it('says of an empty plan what is missing, and never throws', () => {
    for (const overlay of OVERLAYS) {
      expect(lacksOf(overlay, new Set()).length, overlay.id).toBeGreaterThan(0)
      const { outcome } = overlay.compute(examplePlan({}, geos), overlayParameters(overlay, {}), () => undefined)
      expect(outcome.kind, overlay.id).toBe('missing')
    }
  })

  it('takes over the parameters of its indicator as the plan sets them, and asks for them in their own unit', () => {
    const overlay = overlayOf('green-network')
    const values = overlayParameters(overlay, { 'N03.minimumPatchHa': 3 }, { medianDispersalM: 500 })
    expect(values).toMatchObject({ minimumPatchHa: 30_000, medianDispersalM: 500 })
    expect(shownParameters(overlay, values)).toMatchObject({ minimumPatchHa: 3, medianDispersalM: 500 })
  })
})

describe('the green network', () => {
  it('numbers patches as N03 does, ranks them by importance and draws links between closest places', () => {
    const { part } = drawn('green-network', city, { minimumPatchHa: 1 })
    const patches = part('patches')
    expect(patches.labels).toEqual(['1', '2'])
    expect(cellsOf(patches, 'areaM2')).toEqual([200_000, 120_000])
    const [first = 0, second = 0] = cellsOf(patches, 'dPc') as number[]
    expect(first).toBeGreaterThan(second)
    const links = part('links')
    expect(cellsOf(links, 'lengthM')).toEqual([expect.closeTo(400, 6)])
    const view = partView(links)
    expect([...view.boxesM].map(Math.round)).toEqual([600, expect.any(Number), 1000, expect.any(Number)])
    expect(view.anchorsM[0]).toBe(800)
  })
})

describe('gaps', () => {
  it('tell length and cause of a broken wedge, and which parcels break it', () => {
    const { part } = drawn('gaps', city)
    const gaps = part('gaps')
    expect([cellsOf(gaps, 'lengthM'), cellsOf(gaps, 'cause')]).toEqual([
      [400],
      [{ zh: expect.stringContaining('1101'), en: expect.stringContaining('1101') }],
    ])
    expect(part('breakers').shapes.count).toBe(1)
    expect(gaps.labels).toEqual(['W1'])
    expect(gaps.legend.map(({ code, features }) => [code, features])).toEqual([
      ['gapWedge', 1],
      ['gapCorridor', 0],
    ])
  })
  it('tell them of a corridor that is no wedge too', () => {
    const line = { line: [[0, 0], [2000, 0]] as [number, number][], attributes: { form: 'corridor' } } // prettier-ignore
    const { part } = drawn('gaps', { layers: { ...city.layers, corridor: [line] } })
    const gaps = part('gaps')
    expect(cellsOf(gaps, 'cause')).toEqual([{ zh: expect.stringContaining('1101'), en: expect.any(String) }])
    expect(gaps.classOf).toEqual(Uint16Array.of(1))
    expect(gaps.labels).toEqual(['C1'])
  })
})

describe('gaps of corridors', () => {
  it('follow the parameters of N02 and of N04 as the plan sets them', () => {
    const overlay = overlayOf('gaps')
    const asSet = overlayParameters(overlay, { 'N04.functionalWidthM': 250, 'N02.wedgeWidthM': 40 })
    expect(asSet).toMatchObject({ functionalWidthM: 250, wedgeWidthM: 40, listedStretchM: 100 })
    const line = { line: [[0, 0], [2000, 0]] as [number, number][], attributes: { form: 'corridor' } } // prettier-ignore
    const example = { layers: { ...city.layers, corridor: [line] } }
    // The belt is 200 m wide: it does for 60 m, and nowhere for 250 m.
    expect(cellsOf(drawn('gaps', example).part('gaps'), 'lengthM')).toEqual([expect.closeTo(400, -2)])
    const [wide] = cellsOf(drawn('gaps', example, { functionalWidthM: 250 }).part('gaps'), 'lengthM') as number[]
    expect(wide).toBeGreaterThan(1800)
  })
})

describe('the pattern of habitat', () => {
  const lot = (x: number, y: number, width: number, height: number, code: string) => ({
    polygon: [box(x, y, width, height)],
    attributes: { class: code },
  })

  it('draws two woods and the belt between them in the classes of Q07, the belt as a numbered bridge', () => {
    const landuse_plan = [
      lot(0, 0, 200, 200, '0301'),
      lot(400, 0, 200, 200, '0301'),
      lot(200, 80, 200, 40, '1401'),
      lot(-100, -100, 800, 100, '0701'),
      lot(-100, 200, 800, 100, '0701'),
      lot(-100, 0, 100, 200, '0701'),
      lot(600, 0, 100, 200, '0701'),
    ]
    const { part, computed } = drawn('green-pattern', { layers: { landuse_plan } })
    expect(cellsOf(part('bridges'), 'areaM2')).toEqual([160 * 40])
    expect(part('bridges').labels).toEqual(['1'])
    const classes = part('classes')
    expect(classes.legend.map(({ code, features }) => [code, features > 0])).toEqual([
      ['patternCore', true],
      ['patternEdge', true],
      ['patternPerforation', false],
      ['patternLoop', false],
      ['patternBranch', false],
      ['patternIslet', false],
    ])
    expect(computed.outcome).toMatchObject({
      figures: [{ value: (2 * (14 * 14 + 4)) / (2 * 20 * 20 + 20 * 4) }, {}, { value: 6400 }],
    })
  })

  it('wears the colours of the table', () => {
    for (const { id, colour, title } of pattern.classes) {
      const look = Object.entries(styles.looks).find(([name]) => name.toLowerCase() === `pattern${id}`)?.[1]
      expect([look?.fill?.slice(0, 7), look?.label]).toEqual([colour.toUpperCase(), title])
    }
  })
})

describe('the gap closer', () => {
  it('suggests the broken wedge first, with the land on the way', () => {
    const { part } = drawn('gap-closer', city, { minimumPatchHa: 1 })
    const links = part('missingLinks')
    expect(links.list?.rows[0]?.title.zh).toBe('西楔')
    const [land] = cellsOf(links, 'land') ?? []
    expect(land).toMatchObject({ zh: expect.stringContaining('1101') })
    expect(links.classOf[0]).toBe(0)
  })
})

describe('the gap closer where a corner already joins the ends of a broken wedge', () => {
  it('still lists the wedge first, and says why mending it gains nothing', () => {
    const landuse_plan = [
      ...(city.layers?.landuse_plan ?? []),
      // A wood over the road that touches both sides at a corner each.
      { polygon: [box(600, 100, 400, 200)], attributes: { class: '0301' } },
    ]
    const { part, computed } = drawn('gap-closer', { layers: { ...city.layers, landuse_plan } }, { minimumPatchHa: 1 })
    expect(part('missingLinks').list?.rows[0]?.title.zh).toBe('西楔')
    expect(cellsOf(part('missingLinks'), 'gain')?.[0]).toBe(0)
    expect(computed.notes).toHaveLength(1)
  })
})

describe('unserved population', () => {
  it('lists clusters with people, and draws every place', () => {
    const { part, computed } = drawn('unserved', {
      layers: {
        green: [{ polygon: [box(-100, 0, 100, 100)] }],
        population: [
          { point: [50, 50], attributes: { persons: 300 } },
          { point: [5000, 50], attributes: { persons: 700 } },
          { point: [5100, 50], attributes: { persons: 50 } },
        ],
      },
    })
    expect(cellsOf(part('clusters'), 'left')).toEqual([750])
    expect(part('places_point').shapes.count).toBe(2)
    expect(computed.outcome).toMatchObject({ figures: [{ value: 750 }, { value: 750 / 1050 }, { value: 1 }] })
  })
})

describe('reserves', () => {
  it('show how much of the belt around them is park', () => {
    const { part, computed } = drawn('reserve-buffers', {
      layers: {
        protected: [{ polygon: [box(0, 0, 1000, 1000)], attributes: { name: '北山' } }],
        green: [{ polygon: [box(1000, 0, 100, 1000)] }],
      },
    })
    expect(cellsOf(part('reserves'), 'share')).toEqual([expect.closeTo(0.25, 6)])
    expect(part('met').shapes.count).toBe(1)
    expect(computed.outcome).toMatchObject({ kind: 'drawn' })
  })
})

describe('heat and cooling', () => {
  const strip = (code: string) => [
    { polygon: [box(0, 0, 100, 100)], attributes: { class: code } },
    { polygon: [box(100, 0, 300, 100)], attributes: { class: '10' } },
  ]
  const example = {
    layers: {
      landuse_base: [{ polygon: [box(0, 0, 400, 100)], attributes: { class: '10' } }],
      landuse_plan: strip('03'),
      population: [
        { point: [50, 50] as [number, number], attributes: { persons: 300 } },
        { point: [250, 50] as [number, number], attributes: { persons: 100 } },
        { point: [350, 50] as [number, number], attributes: { persons: 500 } },
      ],
    },
    rasters: { heat: { leftX: 0, topY: 100, cellM: 100, rows: [[40, 38, 38, 30]] } },
  }

  it('draws the hot cells of a heat grid as spots, with people and those who gain, and leaves cool cells out', () => {
    const { part, computed } = drawn('cooling', example, { hotShare: 50 })
    const spots = part('spots')
    expect([cellsOf(spots, 'persons'), cellsOf(spots, 'gaining'), cellsOf(spots, 'areaM2')]).toEqual([[400], [300], [30_000]])
    const bounds = partView(spots).boxesM
    expect([Math.min(...bounds.filter((_, at) => at % 4 === 0)), Math.max(...bounds.filter((_, at) => at % 4 === 2))]).toEqual([
      0, 300,
    ])
    expect(spots.legend.map(({ code, features }) => [code, features])).toEqual([
      ['hotLess', 0],
      ['hotSame', 1],
      ['hotMore', 1],
    ])
    expect(computed.outcome).toMatchObject({ figures: [{ value: 1 }, { value: expect.any(Number) }, { value: 400 }] })
  })

  it('says that no heat grid covers the ground', () => {
    const far = { heat: { leftX: 90_000, topY: 100, cellM: 100, rows: [[40]] } }
    expect(drawn('cooling', { ...example, rasters: far }).computed.outcome).toMatchObject({ kind: 'missing', needs: ['heat'] })
  })
})
