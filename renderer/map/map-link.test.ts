import { describe, expect, it } from 'vitest'
import { equalAreaFrame, planarFrame, toFrame, type Frame } from '#core/geo/frame.ts'
import { MapLink, type LinkedMap, type Sight } from './map-link.ts'

function fakeMap(link: MapLink, frame: Frame, centre: [number, number], metresPerPixel: number) {
  let sight: Sight = { centre, metresPerPixel }
  const crosses: ([number, number] | null)[] = []
  let looks = 0
  const map: LinkedMap & { move(next: Sight): void } = {
    frame,
    sight: () => sight,
    look: (next) => {
      looks += 1
      sight = next
      // As a real map does: it tells that it moved, whoever moved it.
      link.moved(map)
    },
    cross: (at) => crosses.push(at),
    move: (next) => {
      sight = next
      link.moved(map)
    },
  }
  return { map, crosses, looks: () => looks }
}

const here = planarFrame(0, 0)

describe('linked maps', () => {
  it('a map that joins looks where the first one looks', () => {
    const link = new MapLink()
    const first = fakeMap(link, here, [10, 20], 5)
    const second = fakeMap(link, here, [0, 0], 1)
    link.join(first.map)
    link.join(second.map)
    expect(second.map.sight()).toEqual({ centre: [10, 20], metresPerPixel: 5 })
    expect(first.looks()).toBe(0)
  })

  it('follow whichever moves, once each, without an echo', () => {
    const link = new MapLink()
    const maps = [1, 2, 3].map((size) => fakeMap(link, here, [size, size], size))
    for (const { map } of maps) link.join(map)
    const before = maps.map(({ looks }) => looks())
    maps[1]?.map.move({ centre: [7, 8], metresPerPixel: 2 })
    expect(maps.map(({ map }) => map.sight())).toEqual(Array(3).fill({ centre: [7, 8], metresPerPixel: 2 }))
    expect(maps.map(({ looks }, at) => looks() - (before[at] ?? 0))).toEqual([1, 0, 1])
  })

  it('mean the same ground where their planes differ', () => {
    const link = new MapLink()
    const [one, other] = [equalAreaFrame(113, 30, 6_378_137, 298.257), equalAreaFrame(113.5, 30.2, 6_378_137, 298.257)]
    const first = fakeMap(link, one, [0, 0], 10)
    const second = fakeMap(link, other, [0, 0], 10)
    link.join(first.map)
    link.join(second.map)
    const expected = toFrame(other)(113, 30)
    expect(second.map.sight().centre[0]).toBeCloseTo(expected[0], 3)
    expect(second.map.sight().centre[1]).toBeCloseTo(expected[1], 3)
    link.pointed(first.map, [0, 0])
    link.pointed(first.map, null)
    expect(second.crosses[0]?.[0]).toBeCloseTo(expected[0], 3)
    expect(second.crosses[1]).toBeNull()
  })

  it('let go of a map that is gone', () => {
    const link = new MapLink()
    const first = fakeMap(link, here, [0, 0], 1)
    const second = fakeMap(link, here, [0, 0], 1)
    link.join(first.map)
    link.join(second.map)
    link.leave(second.map)
    first.map.move({ centre: [5, 5], metresPerPixel: 1 })
    expect(second.map.sight().centre).toEqual([0, 0])
  })
})
