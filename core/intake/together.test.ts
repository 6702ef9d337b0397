import { describe, expect, it } from 'vitest'
import { recogniseWkt } from '../crs/recognise.ts'
import { checkAgainstExtent } from '../crs/plausible.ts'
import { crsWkt, makeTransform } from '../crs/crs.ts'
import { chineseZones } from '../crs/candidates.ts'
import { ASK_BELOW, type Guess, type InspectedLayer } from '../model/inspection.ts'
import { bilingual } from '../text.ts'
import { placeInFields, placeInText } from './stated-place.ts'
import { together } from './together.ts'

const because = bilingual('测试', 'test')
const named = (value: string | null, confidence = 0.95): Guess<string | null> => ({ value, confidence, reason: because })

type Box = [number, number, number, number]

function layer(path: string, crs: Guess<string | null>, extent: Box, more: Partial<InspectedLayer> = {}): InspectedLayer {
  return {
    path,
    layer: null,
    format: 'shapefile',
    kind: 'polygon',
    geometryTypes: {},
    features: 10,
    extent,
    crs,
    encoding: named('UTF-8'),
    role: { value: null, confidence: 0, reason: because },
    fields: { value: {}, confidence: 0, reason: because },
    sourceFields: [],
    classes: [],
    problems: [],
    ...more,
  }
}

/** The same square kilometre of Huizhou in another system. */
function boxIn(crs: string): Box {
  const to = makeTransform('EPSG:4490', crs)
  const [x, y] = to(114.32, 23.01)
  const [x2, y2] = to(114.33, 23.02)
  return [Math.min(x, x2), Math.min(y, y2), Math.max(x, x2), Math.max(y, y2)]
}

const plan = layer('a/plan.shp', named('EPSG:4547'), boxIn('EPSG:4547'))
const judged = (...layers: InspectedLayer[]): InspectedLayer | undefined =>
  together([plan, { ...plan, path: 'a/green.shp' }, ...layers], null).at(-1)

describe('layers seen together', () => {
  it('are left as they are when they agree', () => {
    const found = together([plan, layer('b.shp', named('EPSG:4490'), [114.3, 23, 114.35, 23.05])], null)
    expect(found).toEqual([plan, layer('b.shp', named('EPSG:4490'), [114.3, 23, 114.35, 23.05])])
  })

  it.each([
    ['a zone away', 'EPSG:4549', 'EPSG:4547'],
    ['UTM said of Gauss–Krüger', 'EPSG:32648', 'EPSG:4547'],
    ['Web Mercator over Gauss–Krüger', 'EPSG:3857', 'EPSG:4547'],
    ['a zone prefix that the name lacks', 'EPSG:4548', 'EPSG:4526'],
    ['an ocean off', 'EPSG:2154', 'EPSG:4547'],
  ])('find one that is %s, and the right system for it', (_, declared, actual) => {
    const found = judged(layer('a/odd.shp', named(declared), boxIn(actual)))
    expect(found?.crs.confidence).toBeLessThan(ASK_BELOW)
    expect(found?.problems.map(({ code }) => code)).toEqual(['crs.away-from-layers'])
    expect(found?.fixes?.map(({ change }) => change.crs)).toContain(actual)
  })

  it('offer a layer without a system the one that brings it there', () => {
    const found = judged(layer('a/no-prj.shp', named(null, 0), boxIn('EPSG:4547')))
    expect(found?.fixes?.[0]).toMatchObject({ code: 'crs.set', problem: 'crs.missing', change: { crs: 'EPSG:4547' } })
    expect(found?.crs.confidence).toBeLessThan(ASK_BELOW)
  })

  it('of files that are not read again count by where they were', () => {
    const beside = ['a/plan.shp', 'a/green.shp'].map((path) => ({
      path,
      layer: null,
      features: 10,
      crs: 'EPSG:4547',
      extent: boxIn('EPSG:4547'),
    }))
    const odd = layer('a/odd.shp', named('EPSG:4550'), boxIn('EPSG:4547'))
    expect(together([odd], null)[0]?.problems).toEqual([])
    const [found] = together([odd], null, '', beside)
    expect(found?.problems[0]).toMatchObject({ code: 'crs.away-from-layers', params: { crs: 'EPSG:4550' } })
    expect(found?.fixes?.[0]).toMatchObject({ code: 'crs.set', change: { crs: 'EPSG:4547' } })
    expect(together([layer('a/fine.shp', named('EPSG:4547'), boxIn('EPSG:4547'))], null, '', beside)[0]?.problems).toEqual([])
  })

  it('never overrule a person, nor a plane without a place', () => {
    const chosen = layer('a/odd.shp', named('EPSG:4549', 1), boxIn('EPSG:4547'))
    const plane = layer('a/local.shp', named('LOCAL:metre', 0.9), [0, 0, 2000, 2000])
    // It is said where the choice leads, and that is all.
    expect(judged(chosen)).toEqual({ ...chosen, problems: [expect.objectContaining({ code: 'crs.away-from-layers' })] })
    expect(judged(plane)).toEqual(plane)
  })

  it('are all off when the city is stated elsewhere', () => {
    const found = together([layer('plan.shp', named('EPSG:4550'), boxIn('EPSG:4547'))], '惠州市国土空间总体规划')
    expect(found[0]?.problems[0]).toMatchObject({ code: 'crs.away-from-place', params: { crs: 'EPSG:4550' } })
    expect(found[0]?.fixes?.[0]).toMatchObject({ change: { crs: 'EPSG:4547' } })
    const field = { name: 'XZQDM', type: 'text' as const, samples: ['110105', '110108'] }
    const beijing = together([layer('plan.shp', named('EPSG:4547'), boxIn('EPSG:4547'), { sourceFields: [field] })], null)
    expect(beijing[0]?.problems[0]?.text.zh).toContain('北京')
  })
})

describe('stated places', () => {
  it('are read from names and district codes, and never from two at once', () => {
    expect(placeInText('惠州市总体规划', because)?.title.zh).toBe('惠州')
    expect(placeInText('data/huizhou-wrong-prj/land.shp', because)?.title.en).toBe('Huizhou')
    expect(placeInText('广州与深圳', because)).toBeUndefined()
    expect(placeInText('Qinglan 2035', because)).toBeUndefined()
    expect(placeInFields([{ name: 'XZQDM', type: 'text', samples: ['4403', '440305'] }])).toBeUndefined()
    expect(placeInFields([{ name: 'XZQDM', type: 'text', samples: ['440305', '440304001'] }])?.title.zh).toBe('广东')
  })
})

describe('declared systems against their own area of use', () => {
  const check = (crs: string, extent: Box) => checkAgainstExtent(named(crs), extent)
  const [minX, minY, maxX, maxY] = boxIn('EPSG:4547')

  it("a zone prefix too much or too little names its twin, also on Beijing 1954 and Xi'an 1980", () => {
    const prefixed: Box = [minX + 38_000_000, minY, maxX + 38_000_000, maxY]
    for (const [declared, twin] of [
      ['EPSG:4547', 'EPSG:4526'],
      ['EPSG:2435', 'EPSG:2414'],
      ['EPSG:2383', 'EPSG:2362'],
    ] as const) {
      expect(check(declared, [minX, minY, maxX, maxY])).toEqual(named(declared))
      expect(check(declared, prefixed)).toMatchObject({ doubt: { code: 'crs.prefix-mismatch' }, others: [{ value: twin }] })
      expect(check(declared, prefixed).confidence).toBeLessThan(ASK_BELOW)
      expect(check(twin, prefixed)).toEqual(named(twin))
      const back = check(twin, [minX, minY, maxX, maxY])
      expect(back.doubt?.code).toBe('crs.prefix-mismatch')
      expect(back.others?.map(({ value }) => value)).toContain(declared)
    }
  })

  it('feet said to be metres name the system in feet', () => {
    const manhattan: Box = [981_000, 194_000, 1_005_000, 230_000]
    expect(check('EPSG:2263', manhattan)).toEqual(named('EPSG:2263'))
    expect(check('EPSG:32118', manhattan)).toMatchObject({ doubt: { code: 'crs.wrong-unit' } })
    expect(check('EPSG:32118', manhattan).others?.map(({ value }) => value)).toContain('EPSG:2263')
  })

  it('every zone of CGCS2000 is among those that its own coordinates suggest', () => {
    for (let code = 4491; code <= 4554; code++) {
      const guess = recogniseWkt(crsWkt(`EPSG:${code}`) ?? '', '.prj')
      expect(guess).toMatchObject({ value: `EPSG:${code}`, confidence: 0.98 })
    }
    expect(chineseZones(boxIn('EPSG:4547')).map(({ code }) => code)).toContain('EPSG:4547')
    expect(chineseZones(boxIn('EPSG:4526')).map(({ code }) => code)).toEqual(['EPSG:4526'])
    expect(chineseZones([0, 0, 2000, 2000])).toEqual([])
  })
})
