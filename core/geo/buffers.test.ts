import { beforeAll, describe, expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import { buffer, bufferPieces, bufferResult } from './buffers.ts'
import { textAt } from './columns.ts'
import { loadGeos, type Geos } from './geos.ts'
import { areasM2 } from './measure.ts'
import { box } from './sketch.ts'
import { partsOf } from './sound-layer.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const polygonOf = (corners: number, radius: number) => (corners / 2) * Math.sin((2 * Math.PI) / corners) * radius ** 2

describe('buffers', () => {
  const shapes = layerFromSketches('green', [
    { polygon: [box(0, 0, 40, 40)], attributes: { name: 'one' } },
    { polygon: [box(10, 10, 15, 15)], attributes: { name: 'two' } },
  ])

  it('are one for each feature, with its attributes, and do not melt together', () => {
    const { layer, sourceOf } = buffer(geos, shapes, { distanceM: 10 })
    const corner = polygonOf(64, 10)
    expect([...areasM2(layer)]).toEqual([1600 + 1600 + corner, 225 + 600 + corner].map((each) => expect.closeTo(each, 0)))
    expect([0, 1].map((f) => textAt(layer, 'name', f))).toEqual(['one', 'two'])
    expect([...sourceOf]).toEqual([0, 1])
    for (const feature of [0, 1]) expect(geos.invalidReason(partsOf(layer, feature))).toBeNull()
  })

  it('shrink where the distance is negative, down to nothing, and may differ from feature to feature', () => {
    const { layer, sourceOf } = buffer(geos, shapes, { distanceM: (feature) => (feature === 0 ? -5 : -8) })
    expect([...sourceOf]).toEqual([0])
    expect([...areasM2(layer)]).toEqual([900])
    expect([...layer.fid]).toEqual([1])
  })

  it('take points and lines, and any split', () => {
    const points = layerFromSketches('facility', [{ point: [0, 0] }, { point: [5, 0] }, { point: [9, 9] }])
    const whole = buffer(geos, points, { distanceM: 100, quadrantSegments: 8 })
    for (const areaM2 of areasM2(whole.layer)) expect(areaM2).toBeCloseTo(polygonOf(32, 100), -1)
    const split = [0, 1, 2].map((from) => bufferPieces(geos, points, { distanceM: 100, quadrantSegments: 8, from, to: from + 1 }))
    expect(bufferResult(points, split)).toEqual(whole)
    const line = layerFromSketches('greenway', [{ line: [[0, 0], [50, 0]] }]) // prettier-ignore
    expect(areasM2(buffer(geos, line, { distanceM: 100 }).layer)[0]).toBeCloseTo(polygonOf(64, 100) + 50 * 200, -1)
  })
})
