import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { examplePng } from './png-fixture.ts'
import { pngSize } from './png-size.ts'

describe('the size of a picture to print', () => {
  it('is read from a whole, plain PNG', () => {
    expect(pngSize(examplePng(7, 5))).toEqual({ widthPx: 7, heightPx: 5 })
  })

  it('is nothing for a picture that is cut off, changed anywhere it matters, or no picture', () => {
    const png = examplePng(7, 5)
    for (const length of [0, 8, 20, 40, png.length - 13]) expect(pngSize(png.subarray(0, length))).toBeNull()
    const wider = Uint8Array.from(png)
    wider[19] = 9
    expect(pngSize(wider)).toBeNull()
    expect(pngSize(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'.repeat(4)))).toBeNull()
  })

  it('never throws, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }), (changes) => {
        const bytes = examplePng(6, 6)
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
        const size = pngSize(bytes)
        expect(size === null || size.widthPx > 0).toBe(true)
      }),
    )
  })
})
