import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CARBON_SETS } from '../reference/carbon.ts'
import { carbonBalance, conversions, sharedEnergy } from './carbon-balance.ts'
import { UNCLASSED } from './land-transition.ts'

const [literature, guangdong] = CARBON_SETS
if (!literature || !guangdong) throw new Error('two sets of coefficients are needed')
const HECTARE = 10_000

describe('carbon balance', () => {
  it('agrees with the published test vector of set A, and set B with its own figures', () => {
    const land = [
      { code: '0101', beforeM2: 60 * HECTARE, afterM2: 60 * HECTARE },
      { code: '0301', beforeM2: 40 * HECTARE, afterM2: 40 * HECTARE },
    ]
    expect(carbonBalance(literature, land).beforeTCO2).toBeCloseTo(60 * 1.547333333 - 40 * 2.119333333, 6)
    expect(carbonBalance(guangdong, land).beforeTCO2).toBeCloseTo(60 * 0.1 - 40 * 3.9, 9)
  })

  it('classes without a coefficient are unknown, not zero', () => {
    const { classes, coveredM2, comparedM2 } = carbonBalance(literature, [
      { code: '0701', beforeM2: 3, afterM2: 1 },
      { code: '17', beforeM2: 1, afterM2: 3 },
    ])
    expect(classes.map(({ beforeTCO2 }) => beforeTCO2 === null)).toEqual([true, false])
    expect([coveredM2, comparedM2]).toEqual([1, 4])
  })

  it('the change lies between its ends, and classes sum to the whole', () => {
    const area = fc.double({ min: 0, max: 1e7, noNaN: true })
    const codes = ['01', '0201', '0301', '04', '05', '1701', '23', '0701']
    fc.assert(
      fc.property(fc.array(fc.tuple(area, area), { minLength: codes.length, maxLength: codes.length }), (areas) => {
        const land = codes.map((code, at) => ({ code, beforeM2: areas[at]?.[0] ?? 0, afterM2: areas[at]?.[1] ?? 0 }))
        for (const set of CARBON_SETS) {
          const balance = carbonBalance(set, land)
          const change = balance.afterTCO2 - balance.beforeTCO2
          const hair = 1e-9 * (1 + balance.grossTCO2 + Math.abs(change))
          expect(balance.changeLowTCO2).toBeLessThanOrEqual(change + hair)
          expect(balance.changeHighTCO2).toBeGreaterThanOrEqual(change - hair)
          const sum = balance.classes.reduce((total, { beforeTCO2 }) => total + (beforeTCO2 ?? 0), 0)
          expect(Math.abs(sum - balance.beforeTCO2)).toBeLessThanOrEqual(hair)
        }
      }),
    )
  })

  it('only set B knows the one-off of forest that becomes settlement, and unclassed land sets nothing free', () => {
    const transition = {
      from: ['0301', '01', UNCLASSED],
      to: ['1001', '0301', UNCLASSED],
      areaM2: Float64Array.from([2 * HECTARE, HECTARE, HECTARE, HECTARE, 0, 0, 5 * HECTARE, 0, 0]),
      fromM2: new Float64Array(3),
      toM2: new Float64Array(3),
    }
    expect(conversions(literature, transition)).toEqual([])
    expect(conversions(guangdong, transition)).toEqual([{ from: '0301', to: '1001', areaM2: 2 * HECTARE, tCO2: 97.4 }])
  })

  it('energy is shared out by area and weight, to the last tonne, or not at all', () => {
    const land = [
      { code: '0701', beforeM2: 100, afterM2: 100 },
      { code: '1001', beforeM2: 100, afterM2: 50 },
      { code: '0301', beforeM2: 800, afterM2: 850 },
    ]
    const shares = sharedEnergy(land, 900, 500)
    expect(shares.map(({ code, beforeTCO2, afterTCO2 }) => [code, beforeTCO2, afterTCO2])).toEqual([
      ['0701', 100, 100],
      ['1001', 800, 400],
    ])
    expect(sharedEnergy(land, 900, null).map(({ afterTCO2 }) => afterTCO2)).toEqual([null, null])
    expect(sharedEnergy([{ code: '0301', beforeM2: 1, afterM2: 1 }], 900, 500)).toEqual([])
  })
})
