import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadGeos, type Geos } from './geos.ts'
import { isPlainlyValid } from './plain-rings.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const ring = (...values: number[]) => Float64Array.from(values)
const upright = (x: number, y: number, size: number) => ring(x, y, x + size, y, x + size, y + size, x, y + size, x, y)
const circle = (vertices: number, radius: number) => {
  const values = Array.from({ length: vertices }, (_, i) => {
    const turn = (2 * Math.PI * i) / vertices
    return [Math.round(radius * Math.cos(turn)), Math.round(radius * Math.sin(turn))]
  })
  return ring(...values.flat(), ...(values[0] ?? []))
}

describe('proof that rings are valid', () => {
  it('accepts ordinary parcels, with holes, in several parts, with many vertices', () => {
    expect(isPlainlyValid([[upright(0, 0, 10)]], 1000)).toBe(true)
    expect(isPlainlyValid([[upright(0, 0, 10), upright(2, 2, 2), upright(6, 6, 2)]], 1000)).toBe(true)
    expect(isPlainlyValid([[upright(0, 0, 10)], [upright(11, 0, 10)]], 1000)).toBe(true)
    expect(isPlainlyValid([[circle(2000, 1e6)]], 1)).toBe(true)
    // a part that lies in the bend of another
    const bend = ring(0, 0, 10, 0, 10, 2, 2, 2, 2, 8, 10, 8, 10, 10, 0, 10, 0, 0)
    expect(isPlainlyValid([[bend], [upright(4, 4, 3)]], 1000)).toBe(true)
    expect(isPlainlyValid([[bend], [upright(4, 4, 4)]], 1000)).toBe(false)
    expect(isPlainlyValid([[upright(0, 0, 10)], [upright(4, 4, 4)]], 1000)).toBe(false)
  })

  it('leaves everything else to the library', () => {
    const doubtful: Record<string, Float64Array[][]> = {
      'bow-tie': [[ring(0, 0, 10, 10, 10, 0, 0, 10, 0, 0)]],
      spike: [[ring(0, 0, 10, 0, 10, 5, 20, 5, 10, 5, 10, 10, 0, 10, 0, 0)]],
      'no ground': [[ring(0, 0, 10, 0, 20, 0, 0, 0)]],
      'vertex on an edge': [[ring(0, 0, 10, 0, 10, 10, 5, 0, 0, 10, 0, 0)]],
      'same vertex twice': [[ring(0, 0, 5, 5, 10, 0, 10, 10, 5, 5, 0, 10, 0, 0)]],
      'hole outside': [[upright(0, 0, 10), upright(20, 20, 2)]],
      'hole in hole': [[upright(0, 0, 10), upright(2, 2, 6), upright(3, 3, 1)]],
      'hole at the shell': [[upright(0, 0, 10), upright(0, 2, 2)]],
      'parts that touch': [[upright(0, 0, 10)], [upright(10, 0, 10)]],
      'open ring': [[ring(0, 0, 10, 0, 10, 10, 0, 10)]],
      'not numbers': [[ring(0, 0, NaN, 0, 10, 10, 0, 0)]],
      'too wide for exact products': [[upright(0, 0, 1e6)]],
    }
    for (const [name, parts] of Object.entries(doubtful)) expect(isPlainlyValid(parts, 1000), name).toBe(false)
  })

  it('never calls valid what the library calls invalid', () => {
    const value = fc.integer({ min: 0, max: 12 })
    const vertices = fc.array(fc.tuple(value, value), { minLength: 3, maxLength: 9 })
    fc.assert(
      fc.property(fc.array(fc.array(vertices, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }), (parts) => {
        const rings = parts.map((part) => part.map((points) => ring(...points.flat(), ...(points[0] ?? []))))
        expect(!isPlainlyValid(rings, 1) || geos.invalidReason(rings) === null).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  it('proves most random star-shaped rings, small and large', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 500, max: 1000 }), { minLength: 12, maxLength: 120 }), (radii) => {
        const points = radii.map((radius, i) => {
          const turn = (2 * Math.PI * i) / radii.length
          return [Math.round(radius * 1000 * Math.cos(turn)), Math.round(radius * 1000 * Math.sin(turn))]
        })
        const star = [[ring(...points.flat(), ...(points[0] ?? []))]]
        expect(isPlainlyValid(star, 1)).toBe(geos.invalidReason(star) === null)
      }),
    )
  })
})
