import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ByteDictionary } from './byte-dictionary.ts'

it('answers as making every value anew would, below and above its limit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 3 }), { maxLength: 3000 }),
      fc.integer({ min: 0, max: 2000 }),
      (keys, limit) => {
        const dictionary = new ByteDictionary<string>(limit)
        const bytes = Buffer.concat(keys)
        let from = 0
        for (const key of keys) {
          const wanted = Buffer.from(key).toString('hex')
          expect(dictionary.get(bytes, from, from + key.length, (found) => found.toString('hex'))).toBe(wanted)
          from += key.length
        }
        expect(dictionary.size).toBeLessThanOrEqual(limit)
      },
    ),
    { numRuns: 50 },
  )
})

it('makes a value once', () => {
  const dictionary = new ByteDictionary<number>(10_000)
  let made = 0
  const bytes = Buffer.alloc(4)
  for (let round = 0; round < 2; round += 1)
    for (let key = 0; key < 5000; key += 1) {
      bytes.writeUInt32LE(key)
      expect(dictionary.get(bytes, 0, 4, () => made++)).toBe(key)
    }
  expect(made).toBe(5000)
})
