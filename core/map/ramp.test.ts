import { describe, expect, it } from 'vitest'
import { rampSteps, stepOf } from './ramp.ts'

describe('the steps of a grid', () => {
  it('are fixed where the values lie within them, and counted', () => {
    const { limits, legend } = rampSteps('canopy', Float32Array.of(0, 0.04, 0.05, 0.31, 1, NaN), { min: 0, max: 1 })
    expect([...limits]).toEqual([0, 0.05, 0.1, 0.2, 0.3, 0.5, 1])
    expect(legend.map(({ features }) => features)).toEqual([2, 1, 0, 0, 1, 1])
    expect(legend[4]?.label.en).toBe('30–50%')
    expect(new Set(legend.map(({ fill }) => fill)).size).toBe(6)
  })

  it('are equal where the values lie beyond them', () => {
    const { limits, legend } = rampSteps('canopy', Float32Array.of(0, 60), { min: 0, max: 60 })
    expect([...limits]).toEqual([0, 10, 20, 30, 40, 50, 60])
    expect(legend.at(-1)).toMatchObject({ features: 1, label: { en: '50–60' } })
  })

  it('hold equally many cells for people', () => {
    const values = Float32Array.from({ length: 600 }, (_, i) => i ** 2)
    const { legend } = rampSteps('population_grid', values, { min: 0, max: 599 ** 2 })
    expect(legend.map(({ features }) => features)).toEqual([100, 100, 100, 100, 100, 100])
  })

  it('are one for a grid of one value, and never crossed by many equal ones', () => {
    expect(rampSteps('heat', Float32Array.of(7, 7), { min: 7, max: 7 }).legend).toMatchObject([
      { features: 2, label: { en: '7' } },
    ])
    const flat = Float32Array.from({ length: 100 }, (_, i) => (i < 95 ? 0 : i))
    const { limits } = rampSteps('population_grid', flat, { min: 0, max: 99 })
    expect([...limits]).toEqual([...limits].toSorted((a, b) => a - b))
    expect(new Set(limits).size).toBe(limits.length)
  })

  it('take in values beyond the ends', () => {
    const limits = Float64Array.of(0, 1, 2)
    expect([-5, 0.5, 1, 2, 9].map((value) => stepOf(limits, value))).toEqual([0, 0, 1, 1, 1])
  })
})
