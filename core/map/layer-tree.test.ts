import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MapLayer } from '../contract/map-data.ts'
import type { LayerId } from '../model/ids.ts'
import { ROLE_IDS } from '../model/roles.ts'
import { without } from '../without.ts'
import { LAYER_GROUPS, layerGroupOf } from './layer-groups.ts'
import {
  drawOrder,
  filtersOf,
  isSwitchedOn,
  layerTree,
  moveGroup,
  moveLayer,
  withLayer,
  withName,
  withNames,
  withOnly,
  withoutChoices,
  withSwitched,
} from './layer-tree.ts'
import { freeName, namesAtFault, withNamed } from './named.ts'
import { FRESH_LOOK, mapLookSchema, outOfScale, readScale, resolutionOf, scaleOf, type MapLook } from './look.ts'
import { MAP_STYLES, roleStyleOf } from './styles.ts'
import { showsTheme, themeOf, withTheme } from './themes.ts'
import { USUAL_SCALES } from './usual-scales.ts'

type Placed = Pick<MapLayer, 'id' | 'role' | 'order' | 'visible'>
const layers: Placed[] = ROLE_IDS.map((role) => ({ id: role as string as LayerId, role, ...roleStyleOf(role) }))
const id = (name: string) => name as LayerId
const choices = fc.record({
  groups: fc.shuffledSubarray(LAYER_GROUPS.map((group) => group.id)),
  order: fc.shuffledSubarray(layers.map((layer) => layer.id as string)),
})

describe('groups of layers', () => {
  it('have every role once, in the order in which the styles draw them', () => {
    const all = LAYER_GROUPS.flatMap(({ roles }) => roles)
    expect(new Set(all).size).toBe(all.length)
    expect(all.toSorted()).toEqual([...ROLE_IDS, 'topology'].toSorted())
    const drawn = drawOrder(layers, FRESH_LOOK).map(
      (own) => MAP_STYLES.roles[own as unknown as keyof typeof MAP_STYLES.roles].order,
    )
    expect(drawn).toEqual(drawn.toSorted((a, b) => a - b))
  })

  it('lose no layer and mix no groups, whatever was moved', () => {
    fc.assert(
      fc.property(choices, (look) => {
        const order = drawOrder(layers, look)
        expect(order.toSorted()).toEqual(layers.map((layer) => layer.id).toSorted())
        const runs = order.map((own) => layerGroupOf(layers.find((layer) => layer.id === own)?.role ?? 'other'))
        expect(new Set(runs).size).toBe(runs.filter((group, at) => group !== runs[at - 1]).length)
      }),
    )
  })

  it('puts a layer where it is dropped and leaves the others as they were', () => {
    fc.assert(
      fc.property(choices, fc.constantFrom(...layers), fc.integer({ min: -3, max: 12 }), (start, layer, to) => {
        const before: MapLook = { ...FRESH_LOOK, ...start }
        const after = moveLayer(layers, before, layer.id, to)
        const own = (look: MapLook) => layerTree(layers, look).find((group) => group.layers.includes(layer))?.layers ?? []
        expect(own(after).indexOf(layer)).toBe(Math.max(0, Math.min(own(before).length - 1, to)))
        const others = (look: MapLook) => drawOrder(layers, look).filter((one) => one !== layer.id)
        expect(others(after)).toEqual(others(before))
      }),
    )
  })

  it('moves groups as a whole', () => {
    const after = moveGroup(layers, FRESH_LOOK, 'landuse', 0)
    expect(layerTree(layers, after)[0]?.group.id).toBe('landuse')
    expect(drawOrder(layers, after).at(-1)).toBe('plan_zone')
    expect(moveGroup(layers, FRESH_LOOK, 'nothing', 0)).toBe(FRESH_LOOK)
    expect(moveLayer(layers, FRESH_LOOK, id('nothing'), 0)).toBe(FRESH_LOOK)
  })
})

describe('what is chosen for a layer', () => {
  it('is as the styles say until a person says otherwise, and forgotten when it is given up', () => {
    const [water] = layers.filter(({ role }) => role === 'water')
    if (!water) throw new Error('no water')
    expect(isSwitchedOn(water, FRESH_LOOK)).toBe(true)
    const changed = withLayer(withLayer(FRESH_LOOK, water.id, { visible: false }), water.id, { where: 'area > 2 ha' })
    expect(isSwitchedOn(water, changed)).toBe(false)
    expect(filtersOf(changed)).toEqual({ water: 'area > 2 ha' })
    expect(withLayer(changed, water.id, { visible: undefined, where: undefined })).toEqual(FRESH_LOOK)
  })

  it('comes back with a theme, whatever was changed since', () => {
    fc.assert(
      fc.property(choices, fc.constantFrom('standard' as const, 'grey' as const), fc.boolean(), (start, palette, visible) => {
        const liked = withLayer({ ...FRESH_LOOK, ...start, palette }, id('green'), { visible, opacity: 0.5 })
        const theme = themeOf(layers, liked, '控制线')
        expect(showsTheme(layers, liked, theme)).toBe(true)
        const away = withLayer({ ...FRESH_LOOK, themes: [theme], labels: false }, id('water'), { visible: false })
        expect(showsTheme(layers, away, theme)).toBe(false)
        const back = withTheme(away, theme)
        expect(showsTheme(layers, back, theme)).toBe(true)
        expect(back.themes).toEqual([theme])
        expect(mapLookSchema.parse(back)).toEqual(back)
      }),
    )
  })

  it('has names that are free, and replaces what has the name', () => {
    const list = [{ name: '视图' }, { name: '视图 2' }]
    expect([freeName(list, '视图'), freeName(list, '东岸')]).toEqual(['视图 3', '东岸'])
    expect(withNamed(list, { name: '视图' })).toHaveLength(2)
    expect(withNamed(list, { name: '东岸' })).toHaveLength(3)
    expect(namesAtFault(['东岸', ' ', '西岸', ' 东岸'])).toEqual([null, 'empty', null, 'taken'])
  })

  it('is switched for a group as a whole, or for one layer alone', () => {
    const group = layers.filter(({ role }) => layerGroupOf(role) === 'control')
    const ids = group.map((layer) => layer.id)
    const off = withSwitched(FRESH_LOOK, ids, false)
    const onIn = (look: MapLook) => group.filter((layer) => isSwitchedOn(layer, look)).length
    expect([onIn(off), onIn(withSwitched(off, ids, true)), onIn(withSwitched(off, ids.slice(0, 1), true))]).toEqual([
      0,
      ids.length,
      1,
    ])
    fc.assert(
      fc.property(choices, fc.constantFrom(...layers), (start, { id: only }) => {
        const look = withOnly(layers, { ...FRESH_LOOK, ...start }, only)
        expect(layers.filter((layer) => isSwitchedOn(layer, look)).map((layer) => layer.id)).toEqual([only])
        expect(drawOrder(layers, look)).toEqual(drawOrder(layers, { ...FRESH_LOOK, ...start }))
      }),
    )
  })

  it('has a name of its own until it is given up with everything else', () => {
    const titled = layers.map((layer) => ({ ...layer, title: { zh: '水域', en: 'Water' } }))
    const named = withName(withLayer(FRESH_LOOK, id('water'), { opacity: 0.4, visible: false }), id('water'), ' 青岚江 ')
    const titleOf = (look: MapLook) => withNames(titled, look).find((layer) => layer.id === id('water'))?.title
    expect([titleOf(named), titleOf(withName(named, id('water'), ' '))]).toEqual([
      { zh: '青岚江', en: '青岚江' },
      { zh: '水域', en: 'Water' },
    ])
    expect(withoutChoices(named, id('water'))).toEqual(withLayer(FRESH_LOOK, id('water'), { visible: false }))
    expect(withoutChoices(moveLayer(layers, named, id('water'), 0), id('water')).order).not.toContain('water')
    // Looks that were kept before names were are read as before.
    expect(mapLookSchema.parse(without(FRESH_LOOK, 'names'))).toEqual(FRESH_LOOK)
  })
})

describe('scales', () => {
  it('are read as people write them', () => {
    expect(['1:5000', '1：5 000', '5000', '1/5,000', '1:2.5万', '1:10k', ' １：５００ '].map(readScale)).toEqual([
      5000, 5000, 5000, 5000, 25_000, 10_000, 500,
    ])
    expect(['', '1:', 'x', '0', '1:-5', '2:3:4'].map(readScale)).toEqual([null, null, null, null, null, null])
  })

  it('and metres per pixel are each other’s inverse; a pixel of 1:1000 is 0.265 m', () => {
    expect(resolutionOf(1000)).toBeCloseTo(0.2646, 4)
    const scale = fc.double({ min: 1, max: 1e8, noNaN: true })
    fc.assert(fc.property(scale, (own) => Math.abs(scaleOf(resolutionOf(own)) / own - 1) < 1e-9))
  })

  it('that are usual are listed once each, from large to small, and can be typed', () => {
    const list = USUAL_SCALES.map(({ denominator }) => denominator)
    expect(list).toEqual([...new Set(list)].toSorted((a, b) => a - b))
    expect(list.map((scale) => readScale(`1:${scale}`))).toEqual(list)
  })

  it('say why a layer is not drawn', () => {
    const range = { farthest: 50_000, nearest: 1000 }
    expect([200_000, 50_000, 5000, 1000, 500].map((scale) => outOfScale(range, scale))).toEqual(['far', null, null, null, 'near'])
    expect(outOfScale({}, 1)).toBeNull()
  })
})
