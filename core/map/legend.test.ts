import { describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import type { FeatureSketch } from '../geo/sketch.ts'
import { ROLE_IDS, roleInfo, type Role } from '../model/roles.ts'
import { classColour, LAND_CLASSES } from '../reference/land-classes.ts'
import { classIndexes, legendFor } from './legend.ts'
import { MAP_STYLES } from './styles.ts'

const square = (x: number, attributes: FeatureSketch['attributes'] = {}): FeatureSketch => ({
  polygon: [[[x, 0], [x + 10, 0], [x + 10, 10], [x, 10]]], // prettier-ignore
  attributes,
})
const landuse = (...codes: (string | null)[]) =>
  layerFromSketches(
    'landuse_plan',
    codes.map((code, i) => square(i * 10, { class: code })),
  )

describe('legend of land use', () => {
  it('shares an entry between classes of one colour and names it after what is there', () => {
    const legend = legendFor(landuse('0701', '070102', '0901', '0902', '1401', '1402'))
    expect(legend.map((entry) => [entry.code, entry.features])).toEqual([
      ['0701', 2],
      ['09', 2],
      ['1401', 1],
      ['1402', 1],
    ])
    expect(legend[0]?.label.zh).toContain('城镇住宅用地')
    expect(legend.map((entry) => entry.fill)).toEqual(['0701', '09', '1401', '1402'].map((code) => classColour(code)))
  })

  it('hatches white land and shows what is not recognised', () => {
    const legend = legendFor(landuse('16', 'Z9', null))
    expect(legend.map(({ code, hatch, features }) => ({ code, hatch, features }))).toEqual([
      { code: '16', hatch: 'diagonal', features: 1 },
      { code: '', hatch: 'cross', features: 2 },
    ])
  })

  it('never shows two entries of one colour and hatch, for every class there is', () => {
    const legend = legendFor(landuse(...LAND_CLASSES.map((info) => info.code)))
    const looks = legend.map((entry) => `${entry.fill} ${entry.hatch}`)
    expect(new Set(looks).size).toBe(looks.length)
    expect(legend.every((entry) => entry.fill !== null)).toBe(true)
  })
})

describe('class indexes', () => {
  it('point every feature to its legend entry', () => {
    const layer = landuse('1401', '0901', 'Z9', '1401', '0701')
    const legend = legendFor(layer)
    expect([...classIndexes(layer)].map((index) => legend[index]?.code)).toEqual(['1401', '0901', '', '1401', '0701'])
  })

  it('sort parks by level and corridors by form', () => {
    const parks = layerFromSketches('green', [square(0, { parkLevel: 4 }), square(10, { parkLevel: 1 }), square(20)])
    expect(legendFor(parks).map((entry) => entry.code)).toEqual(['1', '4', ''])
    const line = (form: string): FeatureSketch => ({ line: [[0, 0], [9, 9]], attributes: { form } }) // prettier-ignore
    const corridors = layerFromSketches('corridor', [line('绿楔'), line('Ring'), line('?')])
    expect(legendFor(corridors).map(({ code, fill }) => [code, fill])).toEqual([['ring', null], ['wedge', null], ['', null]]) // prettier-ignore
  })
})

describe('styles', () => {
  it.each(ROLE_IDS)('draw every role: %s', (role: Role) => {
    const kind = roleInfo(role).kinds[0]
    const sketch: FeatureSketch =
      kind === 'point' ? { point: [0, 0] } : kind === 'line' ? { line: [[0, 0], [5, 5]] } : square(0, { class: '0701' }) // prettier-ignore
    const [entry] = legendFor(layerFromSketches(role, [sketch]))
    expect(entry?.fill ?? entry?.stroke).not.toBeNull()
    expect(entry?.features).toBe(1)
  })

  it('draw every role at its own height', () => {
    const orders = Object.values(MAP_STYLES.roles).map((style) => style.order)
    expect(new Set(orders).size).toBe(orders.length)
  })
})
