import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import type { LayerId } from '../model/ids.ts'
import { HIDDEN_CLASS } from '../tiles/cells.ts'
import { labelStyleOf, type LabelStyle } from './label-styles.ts'
import { labelBox, labelWishes, placeLabels, textEms, type LabelWish } from './labels.ts'
import { resolutionOf } from './look.ts'
import { seenByClass } from './seen.ts'

const square = (x: number, y: number, side: number) => [[x, y], [x + side, y], [x + side, y + side], [x, y + side]] as [number, number][] // prettier-ignore
const ID = 'layer' as LayerId
const styleOf = (role: 'green' | 'landuse_plan' | 'rail_station'): LabelStyle => {
  const style = labelStyleOf(role)
  if (!style) throw new Error(`no names for ${role}`)
  return style
}
const VIEW = [0, 0, 1_000_000, 1_000_000] as const
const shownAll = (count: number) => new Uint16Array(count)

describe('names on the map', () => {
  const parks = layerFromSketches('green', [
    { polygon: [square(0, 0, 300)], attributes: { name: '西城公园' } },
    { polygon: [square(600, 600, 20)], attributes: { name: '口袋公园' } },
    { polygon: [square(400, 0, 200)], attributes: {} },
    { polygon: [square(5000, 5000, 300)], attributes: { name: '远郊公园' } },
  ])
  const wishes = (
    layer: typeof parks,
    role: 'green' | 'landuse_plan',
    scale: number,
    lang: 'zh' | 'en' = 'zh',
    classOf = shownAll(9),
  ) => labelWishes(layer, ID, styleOf(role), VIEW, resolutionOf(scale), lang, classOf).map(({ text }) => text)

  it('are those of shapes in view that are large enough at the scale', () => {
    expect(wishes(parks, 'green', 10_000)).toEqual(['西城公园'])
    expect(wishes(parks, 'green', 1000)).toEqual(['西城公园', '口袋公园'])
    expect(wishes(parks, 'green', 1_000_000)).toEqual([])
    expect(wishes(parks, 'green', 1000, 'zh', Uint16Array.of(HIDDEN_CLASS, 0, 0, 0))).toEqual(['口袋公园'])
  })

  it('tell classes in the reader’s language where there is room, else by code', () => {
    const land = layerFromSketches('landuse_plan', [{ polygon: [square(0, 0, 100)], attributes: { class: '1401' } }])
    expect([
      wishes(land, 'landuse_plan', 2000),
      wishes(land, 'landuse_plan', 2000, 'en'),
      wishes(land, 'landuse_plan', 10_000),
    ]).toEqual([['公园绿地'], ['Park green space'], ['1401']])
  })

  it('stand on the line or above the point', () => {
    const stations = layerFromSketches('rail_station', [{ point: [100, 200], attributes: { name: '东站' } }])
    const [wish] = labelWishes(stations, ID, styleOf('rail_station'), VIEW, 1, 'zh', shownAll(1))
    expect(wish).toMatchObject({ text: '东站', xM: 100, yM: 200, over: true })
    expect(labelBox(wish as LabelWish, 1)[1]).toBeGreaterThan(200)
  })

  const wish = fc
    .record({
      xM: fc.integer({ min: 0, max: 900 }),
      yM: fc.integer({ min: 0, max: 600 }),
      text: fc.constantFrom('公园', 'Riverside', '0701', '1402'),
      priority: fc.integer({ min: 0, max: 3 }),
      sizeM: fc.integer({ min: 0, max: 50 }),
      sizePx: fc.constantFrom(10, 12, 15),
      over: fc.boolean(),
    })
    .map((own): LabelWish => ({ ...own, layerId: ID, fid: 0, colour: '#000000' }))
  const many = fc.array(wish, { maxLength: 120 }).map((list) => list.map((own, fid) => ({ ...own, fid })))

  it('never touch, and only what would touch, repeat or be too much is left out', () => {
    fc.assert(
      fc.property(many, (list) => {
        const placed = placeLabels(list, 1, 1000)
        const boxes = placed.map((label) => labelBox(label, 1))
        const touch = (a: (typeof boxes)[number], b: (typeof boxes)[number]) =>
          a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
        boxes.forEach((box, at) => boxes.slice(at + 1).forEach((other) => expect(touch(box, other)).toBe(false)))
        for (const left of list.filter(({ fid }) => !placed.some((label) => label.fid === fid))) {
          const repeats = placed.some(({ text, xM, yM }) => text === left.text && Math.hypot(xM - left.xM, yM - left.yM) < 260)
          expect(repeats || boxes.some((box) => touch(box, labelBox(left, 1)))).toBe(true)
        }
        expect(placeLabels(list.toReversed(), 1, 1000)).toEqual(placed)
        expect(placeLabels(list, 1, 3).length).toBeLessThanOrEqual(3)
      }),
    )
  })

  it('are as wide as their signs', () => {
    expect([textEms('绿地'), textEms('ab')]).toEqual([2, 1.16])
  })
})

describe('what is in sight', () => {
  const layer = layerFromSketches('green', [
    { polygon: [square(0, 0, 100)] },
    { polygon: [[[200, 200], [400, 200], [200, 400]]] }, // prettier-ignore
    { polygon: [square(-500, -500, 2000), square(-400, -400, 1800)] },
  ])
  const classes = Uint16Array.of(0, 1, 2)
  const seen = (minX: number, minY: number, maxX: number, maxY: number) =>
    seenByClass(layer, classes, [minX * 1000, minY * 1000, maxX * 1000, maxY * 1000], 3)

  it('is what reaches into the window, not what only its box or its hole does', () => {
    expect(seen(-600, -600, 1600, 1600)).toEqual([1, 1, 1])
    expect(seen(50, 50, 60, 60)).toEqual([1, 0, 0])
    expect(seen(350, 350, 390, 390)).toEqual([0, 0, 0])
    expect(seen(250, 150, 260, 500)).toEqual([0, 1, 0])
    expect(seen(-450, 0, -420, 10)).toEqual([0, 0, 1])
  })

  it('leaves out what a filter hides', () => {
    expect(seenByClass(layer, Uint16Array.of(0, HIDDEN_CLASS, 2), [-1e6, -1e6, 2e6, 2e6], 3)).toEqual([1, 0, 1])
  })
})
