import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerBuilder, layerFromSketches } from './build.ts'
import { squareCells } from './cells.ts'
import { numberAt, textAt } from './columns.ts'
import { planarFrame } from './frame.ts'
import { areasM2, lengthsM, totalAreaM2 } from './measure.ts'
import { mergeLayers } from './merge.ts'

const box = (x: number, y: number, size: number): [number, number][] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
]

describe('merging layers of one role', () => {
  it('keeps every feature as it was, whatever the layers are called and hold', () => {
    const sketch = fc.record({
      x: fc.integer({ min: -500, max: 500 }),
      size: fc.integer({ min: 1, max: 90 }),
      name: fc.constantFrom('甲', '乙', null),
    })
    const layer = fc.array(sketch, { minLength: 1, maxLength: 6 }).map((list) =>
      layerFromSketches(
        'green',
        list.map(({ x, size, name }) => ({ polygon: [box(x, 0, size)], attributes: { name, parkLevel: size } })),
      ),
    )
    fc.assert(
      fc.property(fc.array(layer, { minLength: 1, maxLength: 4 }), ([first, ...rest]) => {
        if (!first) return
        const all = [first, ...rest]
        const merged = mergeLayers([first, ...rest])
        expect([...areasM2(merged)]).toEqual(all.flatMap((each) => [...areasM2(each)]))
        expect([...merged.fid]).toEqual(all.flatMap((each) => [...each.fid]))
        expect([...merged.fid.keys()].map((at) => textAt(merged, 'name', at))).toEqual(
          all.flatMap((each) => [...each.fid.keys()].map((at) => textAt(each, 'name', at))),
        )
        expect(numberAt(merged, 'parkLevel', merged.count - 1)).toBe(
          numberAt(all.at(-1) ?? first, 'parkLevel', (all.at(-1) ?? first).count - 1),
        )
        expect(merged.partBox.length).toBe(4 * merged.count)
      }),
    )
  })

  it('reads a column as text where one layer has text and the other numbers', () => {
    const numbers = layerFromSketches('green', [{ polygon: [box(0, 0, 1)], attributes: { code: 7 } }])
    const texts = layerFromSketches('green', [{ polygon: [box(0, 0, 1)], attributes: { code: 'A' } }])
    const plain = layerFromSketches('green', [{ polygon: [box(0, 0, 1)] }])
    const merged = mergeLayers([numbers, texts, plain])
    expect([0, 1, 2].map((at) => textAt(merged, 'code', at))).toEqual(['7', 'A', undefined])
  })

  it('refuses layers of different frames', () => {
    const here = layerFromSketches('green', [{ polygon: [box(0, 0, 1)] }])
    const there = layerFromSketches('green', [{ polygon: [box(0, 0, 1)] }], planarFrame(100, 0))
    expect(() => mergeLayers([here, there])).toThrow(expect.objectContaining({ code: 'analysis.frames-differ' }))
  })
})

describe('building columns', () => {
  it('turns rings, closes them and drops repeated vertices', () => {
    const builder = layerBuilder(
      { role: 'green', name: 'green', kind: 'polygon', frame: planarFrame(0, 0) },
      { open: 'number', name: 'text' },
    )
    builder.add(9, [[[0, 0, 0, 2, 0, 2.0001, 2, 2, 2, 0]]], { open: true, name: '' })
    const layer = builder.finish('abc')
    expect([...layer.xy]).toEqual([0, 0, 2000, 0, 2000, 2000, 0, 2000, 0, 0])
    expect([...layer.partBox]).toEqual([0, 0, 2000, 2000])
    expect([numberAt(layer, 'open', 0), textAt(layer, 'name', 0), layer.sha256]).toEqual([1, undefined, 'abc'])
  })

  it('keeps lines as runs and measures a polygon by its edges', () => {
    const square = layerFromSketches('green', [{ polygon: [box(0, 0, 10), box(2, 2, 1)] }])
    expect([...lengthsM(square)]).toEqual([44])
  })
})

describe('square cells', () => {
  it('cover the ground on whole multiples of their size', () => {
    const parcels = layerFromSketches('landuse_plan', [{ polygon: [box(-30, 40, 100)] }])
    const { cells, cellM } = squareCells(parcels, 50)
    expect([cells.count, cellM, totalAreaM2(cells)]).toEqual([9, 50, 22_500])
    expect([Math.min(...cells.partBox), Math.max(...cells.partBox)]).toEqual([-50_000, 150_000])
  })

  it('grow where a plan is vast', () => {
    const vast = layerFromSketches('landuse_plan', [{ polygon: [box(0, 0, 1_000_000)] }])
    const { cells, cellM } = squareCells(vast, 500)
    expect([cells.count, cellM]).toEqual([250_000, 2000])
  })
})
