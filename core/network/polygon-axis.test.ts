import { describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { box as rectangle } from '../geo/sketch.ts'
import { continuity, widthsAlong } from './along-axis.ts'
import { boxOf, markFeature, maskOver } from './cell-mask.ts'
import { axisOf } from './polygon-axis.ts'

const corridor = (...polygon: [number, number][][]) => layerFromSketches('corridor', [{ polygon }])
const lengthM = (axis: Float64Array) => {
  let sum = 0
  for (let at = 0; at + 3 < axis.length; at += 2) {
    sum += Math.hypot((axis[at + 2] ?? 0) - (axis[at] ?? 0), (axis[at + 3] ?? 0) - (axis[at + 1] ?? 0)) / 1000
  }
  return sum
}

describe('cells of a polygon', () => {
  it('are those whose middle lies in it, holes left out', () => {
    const layer = corridor(rectangle(0, 0, 100, 60), rectangle(20, 20, 40, 20))
    const box = boxOf(layer, [0])
    expect(box).toEqual([0, 0, 100_000, 60_000])
    const mask = maskOver(box ?? [0, 0, 0, 0], 10_000)
    markFeature(mask, layer, 0)
    const area = mask.cells.reduce((sum, is) => sum + is, 0) * 100
    expect(area).toBe(100 * 60 - 40 * 20)
    expect(boxOf(layer, [])).toBeUndefined()
  })
})

describe('the axis of a polygon', () => {
  it('runs along the middle of a belt, nearly as long as the belt', () => {
    const axis = axisOf(corridor(rectangle(0, 0, 2000, 200)), 0)
    expect(lengthM(axis)).toBeGreaterThan(1900)
    const inner = [...axis].filter((_, at) => at % 2 === 1 && (axis[at - 1] ?? 0) > 3e5 && (axis[at - 1] ?? 0) < 17e5)
    expect(inner.every((y) => Math.abs(y / 1000 - 100) < 20)).toBe(true)
  })

  it('follows a bend, so that the width along it is the width of the belt', () => {
    const bent: [number, number][] = [
      [0, 0],
      [1000, 0],
      [1000, 1000],
      [900, 1000],
      [900, 100],
      [0, 100],
    ]
    const layer = corridor(bent)
    const axis = axisOf(layer, 0)
    expect(lengthM(axis)).toBeGreaterThan(1700)
    const widths = widthsAlong(axis, [layer], { stepM: 50, reachM: 300 }).map(({ widthM }) => widthM)
    const usual = widths.toSorted((one, other) => one - other)[Math.floor(widths.length / 2)] ?? 0
    expect(Math.abs(usual - 100)).toBeLessThan(10)
    expect(continuity(widthsAlong(axis, [layer], { stepM: 50, reachM: 300 }), 50, 60, 100).gaps).toEqual([])
  })

  it('goes round a ring, and is empty where there is no ground', () => {
    const ring = axisOf(corridor(rectangle(0, 0, 1000, 1000), rectangle(100, 100, 800, 800)), 0)
    expect(lengthM(ring)).toBeGreaterThan(1500)
    expect(axisOf(corridor(), 0)).toEqual(new Float64Array())
  })
})
