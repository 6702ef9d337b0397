import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contradictingClass } from './class-names.ts'
import { compareAreas, DECLARED_UNITS, declaredAreaNote, type DeclaredUnit } from './declared-area.ts'

const measured = Float64Array.from([1200, 54_300, 8_000, 31_000, 2_750_000])
const declaredIn = (unit: DeclaredUnit, factor = 1) => measured.map((areaM2) => (areaM2 * factor) / DECLARED_UNITS[unit].areaM2)

describe('declared areas', () => {
  it.each<DeclaredUnit>(['m2', 'mu', 'ha', 'km2', 'ft2', 'acre'])('in %s are recognised and agree', (unit) => {
    const found = compareAreas({ declared: declaredIn(unit), ellipsoidalM2: measured, planarM2: null })
    expect(found).toMatchObject({ unit, confidence: 1, basis: 'ellipsoidal', compared: 5, off: [] })
    expect(found?.reason.en).toContain('5 of 5')
  })

  it('are recognised in any unit whatever the sizes, rounded as offices round', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 3000, max: 5e6, noNaN: true }), { minLength: 3, maxLength: 40 }),
        fc.constantFrom<DeclaredUnit>('m2', 'mu', 'ha', 'ft2', 'acre'),
        (areas, unit) => {
          const declared = Float64Array.from(areas, (areaM2) => Math.round((areaM2 / DECLARED_UNITS[unit].areaM2) * 100) / 100)
          const found = compareAreas({ declared, ellipsoidalM2: Float64Array.from(areas), planarM2: null })
          expect(found).toMatchObject({ unit, off: [] })
        },
      ),
    )
  })

  it('that differ are counted with rows and the total', () => {
    const declared = declaredIn('m2')
    declared[1] = 60_000
    const found = compareAreas({ declared, ellipsoidalM2: measured, planarM2: null })
    expect(found).toMatchObject({ off: [1], compared: 5 })
    if (!found) throw new Error('nothing compared')
    const note = declaredAreaNote('TBMJ', found, (feature) => feature + 11)
    expect(note).toMatchObject({
      severity: 'warning',
      code: 'area.declared-differs',
      params: { field: 'TBMJ', unit: 'm2', off: 1, rows: [12], differenceM2: 5700 },
    })
    expect(note.text.zh).toContain('第 12 行')
  })

  it('that follow the plane and not the ellipsoid are told as such', () => {
    const planarM2 = measured.map((areaM2) => areaM2 * 1.0004)
    expect(compareAreas({ declared: planarM2, ellipsoidalM2: measured, planarM2 })?.basis).toBe('planar')
  })

  it('that are none are left alone', () => {
    expect(compareAreas({ declared: measured.map(() => Number.NaN), ellipsoidalM2: measured, planarM2: null })).toBeNull()
    expect(compareAreas({ declared: Float64Array.from([1, 2, 3, 4, 5]), ellipsoidalM2: measured, planarM2: null })).toBeNull()
    expect(compareAreas({ declared: new Float64Array(), ellipsoidalM2: new Float64Array(), planarM2: null })).toBeNull()
  })
})

describe('a class code and the name beside it', () => {
  it.each([
    ['0701', '城镇住宅用地', null],
    ['0701', '居住用地', null],
    ['07', '城镇住宅用地', null],
    ['1401', '城镇住宅用地', '0701'],
    ['0901', ' 公园绿地 ', '1401'],
    ['0901', '谁也不认识的名称', null],
    ['0901', '', null],
    [null, '公园绿地', null],
  ])('%s and %s: %s', (code, name, expected) => {
    expect(contradictingClass(code, name)).toBe(expected)
  })
})
