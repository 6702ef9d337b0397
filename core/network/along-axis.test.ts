import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { box } from '../geo/sketch.ts'
import { continuity, depthsBeside, widthsAlong } from './along-axis.ts'

const green = (...polygons: [number, number][][][]) =>
  layerFromSketches(
    'green',
    polygons.map((polygon) => ({ polygon })),
  )
const metres = (...points: number[]) => points.map((value) => 1000 * value)
const eastward = metres(0, 0, 500, 0)

describe('widths along an axis', () => {
  it('are those of a belt, with its narrow part and its gap', () => {
    const belt = green([box(0, -40, 200, 100)], [box(200, -10, 100, 20)], [box(400, -30, 100, 60)])
    const samples = widthsAlong(eastward, [belt], { stepM: 50, reachM: 500 })
    expect(samples.map(({ alongM }) => alongM)).toEqual([25, 75, 125, 175, 225, 275, 325, 375, 425, 475])
    expect(samples.map(({ widthM }) => widthM)).toEqual([100, 100, 100, 100, 20, 20, 0, 0, 60, 60])
    const { share, gaps } = continuity(samples, 50, 60, 100)
    expect(share).toBe(0.6)
    expect(gaps.map(({ fromM, toM, lengthM }) => [fromM, toM, lengthM])).toEqual([[200, 400, 200]])
    expect(continuity(samples, 50, 10, 100).gaps).toEqual([])
    expect(continuity(samples, 50, 10, 99).gaps.map(({ lengthM }) => lengthM)).toEqual([100])
  })

  it('join grounds that touch or overlap, also of different layers, and leave holes out', () => {
    const [one, other] = [green([box(0, -30, 500, 30)]), green([box(0, 0, 500, 20)], [box(0, 10, 500, 30)])]
    expect(widthsAlong(eastward, [one, other], { stepM: 500, reachM: 500 }).map(({ widthM }) => widthM)).toEqual([70])
    const holed = green([box(0, -50, 500, 100), box(100, 10, 300, 20)])
    expect(widthsAlong(eastward, [holed], { stepM: 500, reachM: 500 }).map(({ widthM }) => widthM)).toEqual([60])
    expect(widthsAlong(eastward, [holed], { stepM: 500, reachM: 500, select: () => false })[0]?.widthM).toBe(0)
  })

  it('are no more than one looks, and a short axis has one place', () => {
    const wide = green([box(-5000, -5000, 10_000, 10_000)])
    const [only, ...more] = widthsAlong(metres(0, 0, 30, 40), [wide], { stepM: 100, reachM: 300 })
    expect(more).toEqual([])
    expect(only).toEqual({ alongM: 25, x: 15_000, y: 20_000, widthM: 600 })
    expect(widthsAlong(metres(7, 7), [wide], { stepM: 50, reachM: 10 })).toEqual([])
  })

  it('do not depend on how the ground is turned', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 300 }), fc.integer({ min: 0, max: 359 }), (width, degrees) => {
        const angle = (degrees * Math.PI) / 180
        const turned = ([x, y]: [number, number]): [number, number] => [
          x * Math.cos(angle) - y * Math.sin(angle),
          x * Math.sin(angle) + y * Math.cos(angle),
        ]
        const belt = green([box(-100, -width / 2, 700, width).map(turned)])
        const axis = metres(...turned([0, 0]), ...turned([500, 0]))
        const off = widthsAlong(axis, [belt], { stepM: 50, reachM: 400 }).map(({ widthM }) => Math.abs(widthM - width))
        expect(Math.max(...off)).toBeLessThan(0.01)
      }),
    )
  })
})

describe('depths beside a line', () => {
  it('are those of the nearest ground on the right, joined where grounds meet', () => {
    const ground = green([box(0, -60, 250, 50)], [box(0, -90, 250, 30)], [box(250, 0, 250, 80)])
    const samples = depthsBeside(eastward, [ground], { stepM: 250, reachM: 200 })
    expect(samples.map(({ fromM, depthM }) => [fromM, depthM])).toEqual([
      [10, 80],
      [Infinity, 0],
    ])
    const back = depthsBeside(metres(500, 0, 0, 0), [ground], { stepM: 250, reachM: 50 })
    expect(back.map(({ fromM, depthM, rightY }) => [fromM, depthM, rightY])).toEqual([
      [0, 50, 1],
      [Infinity, 0, 1],
    ])
  })
})
