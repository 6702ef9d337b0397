import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadGeos, type Geos } from './geos.ts'
import { isProvenPart, isProvenRing } from './ring-proof.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const closed = (points: readonly (readonly [number, number])[]): number[] => [...points, points[0] ?? [0, 0]].flat()
const isProven = (ring: number[]) => isProvenRing(Int32Array.from(ring), 0, ring.length / 2)
const isValid = (rings: number[][]) => geos.invalidReason([rings.map((ring) => Float64Array.from(ring))]) === null

/** A crooked circle: small steps make neighbours touch and cross, larger ones leave it simple. */
const crooked = (steps: readonly (readonly [number, number])[], radius: number): [number, number][] =>
  steps.map(([dx, dy], at) => {
    const turn = (2 * Math.PI * at) / steps.length
    return [Math.round(radius * Math.cos(turn)) + dx, Math.round(radius * Math.sin(turn)) + dy]
  })
const step = fc.tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: -6, max: 6 }))

describe('proof that long rings are simple', () => {
  it('never calls valid what the library calls invalid, nor leaves to it a ring that neither turns back nor touches itself', () => {
    const found = { proven: 0, refused: 0 }
    fc.assert(
      fc.property(fc.array(step, { minLength: 41, maxLength: 160 }), fc.integer({ min: 60, max: 500 }), (steps, radius) => {
        const ring = closed(crooked(steps, radius))
        const isSimple = isProven(ring)
        if (isSimple) found.proven += 1
        else found.refused += 1
        // what the library calls valid and we do not prove has a vertex twice in a row
        const repeats = ring.some((x, at) => at % 2 === 0 && x === ring[at + 2] && ring[at + 1] === ring[at + 3])
        expect(isSimple).toBe(isValid([ring]) && !repeats)
      }),
      { numRuns: 500 },
    )
    expect(Math.min(found.proven, found.refused)).toBeGreaterThan(20)
  })

  it('sees a loop that only blocks far from each other make, wherever the ring begins', () => {
    const wave = Array.from({ length: 3000 }, (_, at): [number, number] => [10 * at, Math.round(500 * Math.sin(at / 9))])
    const back = Array.from({ length: 3000 }, (_, at): [number, number] => [29_990 - 10 * at, 2000])
    const ring = [...wave, ...back]
    const broken = ring.map(([x, y], at): [number, number] => (at === 4200 ? [x, -600] : [x, y]))
    for (const turned of [0, 1, 2999, 4203]) {
      const from = (points: [number, number][]) => closed([...points.slice(turned), ...points.slice(0, turned)])
      expect(isProven(from(ring))).toBe(true)
      expect(isProven(from(broken))).toBe(false)
    }
  })

  it('takes a long hole that winds along its shell, and refuses one that touches it', () => {
    const shell = crooked(Array.from({ length: 400 }, () => [0, 0] as const), 10_000) // prettier-ignore
    const hole = crooked(Array.from({ length: 400 }, () => [0, 0] as const), 9900).toReversed() // prettier-ignore
    const touching = hole.map((point, at) => (at === 100 ? (shell[299] ?? point) : point))
    for (const [inner, expected] of [
      [hole, true],
      [touching, false],
    ] as const) {
      // prettier-ignore
      const rings = [closed(shell), closed(inner)]
      const offsets = Uint32Array.from([0, rings[0]?.length ?? 0, rings.flat().length].map((length) => length / 2))
      expect(isProvenPart(Int32Array.from(rings.flat()), offsets, 0, 2)).toBe(expected)
    }
  })
})
