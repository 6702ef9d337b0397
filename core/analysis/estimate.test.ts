import { describe, expect, it } from 'vitest'
import { estimateRun, firstCalibration, learned, memoryFits } from './estimate.ts'

const trial = firstCalibration(0.01, 80_000)

describe('an estimate', () => {
  it('grows with the vertices, for time and for memory', () => {
    const [small, large] = [1e5, 1e7].map((vertices) => estimateRun({ features: 1, vertices }, trial))
    expect(large?.seconds).toBeGreaterThan(20 * (small?.seconds ?? 0))
    expect(large?.memoryMb).toBeGreaterThan(2000)
  })

  it('believes a real run at once, and later ones by half; small runs and foreign peaks say nothing', () => {
    const first = learned(trial, { vertices: 1e6, seconds: 10.4, peakMb: 420 })
    expect(first.secondsPerMillionVertices).toBeCloseTo(10, 9)
    expect(estimateRun({ features: 1, vertices: 1e6 }, first)).toMatchObject({ seconds: 10.4, memoryMb: 420 })
    const second = learned(first, { vertices: 1e6, seconds: 20.4, peakMb: null })
    expect(second.secondsPerMillionVertices).toBeCloseTo(15, 9)
    expect(second.bytesPerVertex).toBe(first.bytesPerVertex)
    expect(second.runs).toBe(2)
    expect(learned(second, { vertices: 1000, seconds: 99, peakMb: 9999 })).toBe(second)
  })

  it('says whether the machine has the memory', () => {
    expect([3000, 7000, 11_000].map((memoryMb) => memoryFits(memoryMb, 10_000))).toEqual(['yes', 'tight', 'no'])
  })
})
