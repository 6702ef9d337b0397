import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import { BLOCK, partEdges, type PartEdges } from './edges.ts'
import { edgeStrips, stripAt, type EdgeStrips } from './edge-strips.ts'

/** A ring of many corners whose outline goes in and out. */
const longRing = (corners: number, radii: readonly number[]) =>
  Array.from({ length: corners }, (_, at): [number, number] => {
    const angle = (2 * Math.PI * at) / corners
    const radius = radii[at % radii.length] ?? 100
    return [radius * Math.cos(angle), radius * Math.sin(angle)]
  })

const edgesOf = (...rings: [number, number][][]): PartEdges =>
  partEdges(
    layerFromSketches(
      'pbf',
      rings.map((ring) => ({ polygon: [ring] })),
    ),
  )

function stripsOf(edges: PartEdges): EdgeStrips {
  const strips = edgeStrips(edges, 0)
  if (!strips) throw new Error('the boundary is long')
  return strips
}

/** Blocks of the first part that a stretch of x meets. */
function blocksMeeting({ offset, firstBlock, blocks }: PartEdges, minX: number, maxX: number): number[] {
  const bounds = (block: number) => 4 * ((firstBlock[0] ?? 0) + block)
  return Array.from({ length: Math.ceil(((offset[1] ?? 0) - (offset[0] ?? 0)) / BLOCK) }, (_, block) => block).filter(
    (block) => (blocks[bounds(block)] ?? 0) <= maxX && (blocks[bounds(block) + 1] ?? 0) >= minX,
  )
}

const radii = fc.array(fc.integer({ min: 100, max: 900 }), { minLength: 1, maxLength: 9 })
const corners = fc.integer({ min: 64 * BLOCK + 2, max: 90 * BLOCK })

describe('strips of a long boundary', () => {
  it('are made for long boundaries only, and once', () => {
    const edges = edgesOf(longRing(100, [500]), longRing(64 * BLOCK + 2, [500]))
    expect(edgeStrips(edges, 0)).toBeNull()
    const strips = edgeStrips(edges, 1)
    expect(strips).not.toBeNull()
    expect(edgeStrips(edges, 1)).toBe(strips)
  })

  it('name, for any x, every block that reaches over it, each once', () => {
    fc.assert(
      fc.property(
        corners,
        radii,
        fc.array(fc.integer({ min: -950_000, max: 950_000 }), { minLength: 1, maxLength: 20 }),
        (count, far, places) => {
          const edges = edgesOf(longRing(count, far))
          const strips = stripsOf(edges)
          for (const x of places) {
            const strip = stripAt(strips, x)
            const named = [...strips.block.subarray(strips.offset[strip], strips.offset[strip + 1])]
            expect(new Set(named).size).toBe(named.length)
            expect(named).toEqual(expect.arrayContaining(blocksMeeting(edges, x, x)))
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('name, for any stretch of x, every block that meets it', () => {
    fc.assert(
      fc.property(corners, radii, fc.nat(900_000), fc.nat(300_000), (count, far, from, width) => {
        const edges = edgesOf(longRing(count, far))
        const strips = stripsOf(edges)
        const [minX, maxX] = [from - 450_000, from - 450_000 + width]
        const named = [...strips.block.subarray(strips.offset[stripAt(strips, minX)], strips.offset[stripAt(strips, maxX) + 1])]
        expect(named).toEqual(expect.arrayContaining(blocksMeeting(edges, minX, maxX)))
      }),
      { numRuns: 60 },
    )
  })

  it('puts what lies beyond the boundary into the first or the last strip', () => {
    const edges = edgesOf(longRing(70 * BLOCK, [200, 300]))
    const strips = stripsOf(edges)
    expect(stripAt(strips, -1e9)).toBe(0)
    expect(stripAt(strips, 1e9)).toBe(strips.offset.length - 2)
  })
})
