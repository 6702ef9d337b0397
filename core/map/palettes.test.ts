import { describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { LAND_CLASSES } from '../reference/land-classes.ts'
import { labOf, worstDistance } from './colour-vision.ts'
import { legendFor } from './legend.ts'
import { LAND_PALETTES, legendInPalette } from './palettes.ts'

const codes = LAND_CLASSES.map(({ code }) => code)
/** Every class there is, as the legend of one layer groups them. */
const everything = legendFor(
  layerFromSketches(
    'landuse_plan',
    codes.map((code) => ({ polygon: [[[0, 0], [1, 0], [1, 1]]], attributes: { class: code } })), // prettier-ignore
  ),
)
const distanceBy = {
  colour: worstDistance,
  lightness: (one: string, other: string) => Math.abs(labOf(one)[0] - labOf(other)[0]),
}

describe('colour vision', () => {
  it('knows the ends of lightness, and that red and green come close without green cones', () => {
    expect(labOf('#FFFFFF')[0]).toBeCloseTo(100, 1)
    expect(labOf('#000000')[0]).toBeCloseTo(0, 6)
    expect(worstDistance('#3366CC', '#3366CC')).toBe(0)
    expect(worstDistance('#A05000', '#508000')).toBeLessThan(25)
    expect(worstDistance('#FFFF00', '#0000FF')).toBeGreaterThan(100)
  })
})

describe.each(LAND_PALETTES.map((palette) => [palette.id, palette] as const))('palette %s', (id, palette) => {
  const legend = legendInPalette({ role: 'landuse_plan', legend: everything }, id)

  it('has a look for every entry that a legend of land use can have', () => {
    expect(everything.length).toBeGreaterThan(30)
    for (const { code } of everything) expect(palette.looks[code] ?? palette.looks[code.slice(0, 2)], code).toBeDefined()
    expect(legend.map(({ index, code, features }) => [index, code, features])).toEqual(
      everything.map(({ index, code, features }) => [index, code, features]),
    )
  })

  it('tells any two entries apart by pattern, or by colour as far as it says', () => {
    const alike = legend.flatMap((one, at) =>
      legend
        .slice(at + 1)
        .filter(
          ({ hatch, fill }) =>
            hatch === one.hatch && distanceBy[palette.measure](one.fill ?? '', fill ?? '') < palette.leastDistance,
        )
        .map(({ code }) => [one.code, code]),
    )
    expect(alike).toEqual([])
  })

  it('draws patterns that can be seen on their ground', () => {
    for (const [code, { fill, hatch, hatchColour }] of Object.entries(palette.looks)) {
      expect(hatch === 'none', code).toBe(hatchColour === undefined)
      const contrast = hatchColour === undefined ? Infinity : Math.abs(labOf(fill)[0] - labOf(hatchColour)[0])
      expect(contrast, code).toBeGreaterThan(25)
    }
  })

  it('keeps white land hatched, and every layer that is no land use as it is', () => {
    expect(palette.looks['16']?.hatch).not.toBe('none')
    const corridor = legendFor(layerFromSketches('corridor', [{ line: [[0, 0], [1, 1]] }])) // prettier-ignore
    expect(legendInPalette({ role: 'corridor', legend: corridor }, id)).toEqual(corridor)
  })
})

describe('the standard', () => {
  it('is what it was, and hatches white land on its white ground', () => {
    expect(legendInPalette({ role: 'landuse_plan', legend: everything }, 'standard')).toBe(everything)
    const white = everything.find(({ code }) => code === '16')
    expect(white).toMatchObject({ fill: '#FFFFFF', hatch: 'diagonal' })
    expect(labOf(white?.hatchColour ?? '#FFFFFF')[0]).toBeLessThan(75)
  })
})
