import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  featureCount,
  featureSet,
  featureSetSchema,
  featuresOf,
  hasFeature,
  joinedFeatures,
  NO_FEATURES,
  sameFeatures,
} from './feature-set.ts'

const fids = fc.array(fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1_000_000, max: 1_000_300 })), {
  maxLength: 60,
})
const upwards = (numbers: Iterable<number>) => [...new Set(numbers)].toSorted((a, b) => a - b)

describe('features as bits', () => {
  it('are the numbers that went in, each once, counted and asked for one by one', () => {
    fc.assert(
      fc.property(fids, fc.integer({ min: 0, max: 400 }), (given, other) => {
        const set = featureSet(given)
        expect(featuresOf(set)).toEqual(upwards(given))
        expect(featureCount(set)).toBe(new Set(given).size)
        expect(hasFeature(set, other)).toBe(given.includes(other))
        expect(given.every((fid) => hasFeature(set, fid))).toBe(true)
      }),
    )
  })

  it('are added, taken out and turned over as sets of numbers are, and equal sets are the same bytes', () => {
    fc.assert(
      fc.property(fids, fids, (before, given) => {
        const [one, other] = [featureSet(before), featureSet(Float64Array.from(given))]
        const wanted = {
          replace: given,
          add: [...before, ...given],
          remove: before.filter((fid) => !given.includes(fid)),
          toggle: [...before.filter((fid) => !given.includes(fid)), ...given.filter((fid) => !before.includes(fid))],
        }
        for (const how of ['replace', 'add', 'remove', 'toggle'] as const) {
          const joined = joinedFeatures(one, other, how)
          expect(featuresOf(joined)).toEqual(upwards(wanted[how]))
          expect(sameFeatures(joined, featureSet(wanted[how]))).toBe(true)
        }
      }),
    )
  })

  it('of a million scattered parcels take no more than 125 kB', () => {
    const every = Array.from({ length: 500_000 }, (_, at) => 2 * at + 7)
    const set = featureSet(every)
    expect([featureCount(set), set.bits.length <= 125_001]).toEqual([500_000, true])
  })

  it('come from elsewhere only as whole bytes at a multiple of 8', () => {
    expect(featureSetSchema.safeParse(featureSet([9, 4])).success).toBe(true)
    expect(featureSetSchema.safeParse(NO_FEATURES).success).toBe(true)
    for (const bad of [
      { first: 1, bits: new Uint8Array(1) },
      { first: -8, bits: new Uint8Array(1) },
      { first: 0, bits: [1] },
      [4],
    ])
      expect(featureSetSchema.safeParse(bad).success).toBe(false)
    expect(featureSetSchema.safeParse({ first: 0, bits: new Uint8Array(4 * 2 ** 20 + 1) }).success).toBe(false)
  })
})
