import { beforeAll, describe, expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import { loadGeos, type Geos } from './geos.ts'
import { areasM2, totalAreaM2 } from './measure.ts'
import { overlay } from './overlay.ts'
import { box } from './sketch.ts'
import { partsOf } from './sound-layer.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

describe('slivers', () => {
  // the same two parcels drawn twice, the border between them 0.2 m apart
  const plan = layerFromSketches('landuse_plan', [{ polygon: [box(0, 0, 50, 100)] }, { polygon: [box(50, 0, 50, 100)] }])
  const base = layerFromSketches('landuse_base', [{ polygon: [box(0, 0, 50.2, 100)] }, { polygon: [box(50.2, 0, 49.8, 100)] }])
  const made = (action: 'keep' | 'drop' | 'merge') =>
    overlay(geos, plan, base, 'intersection', { slivers: { minWidthM: 0.5, action } })

  it('are found by width and kept, dropped or merged, with their area accounted for', () => {
    const kept = made('keep')
    expect([...kept.areaM2]).toEqual([5000, 20, 4980].map((each) => expect.closeTo(each, 6)))
    expect(kept.slivers).toMatchObject({ areaM2: 20, keptM2: 20, droppedM2: 0, mergedM2: 0 })
    expect(kept.slivers?.slivers[0]).toMatchObject({ feature: 1, fate: 'kept', widthM: expect.closeTo(0.2, 3) })
    const dropped = made('drop')
    expect(dropped.slivers).toMatchObject({ areaM2: 20, droppedM2: 20 })
    expect([...dropped.areaM2]).toEqual([expect.closeTo(5000, 6), expect.closeTo(4980, 6)])
    expect([...dropped.layer.fid]).toEqual([1, 3])
  })

  it('go to the neighbour with the longest border', () => {
    const merged = made('merge')
    expect(merged.slivers).toMatchObject({ areaM2: 20, mergedM2: 20 })
    expect(merged.layer.count).toBe(2)
    expect(Array.from(areasM2(merged.layer).toSorted())).toEqual([4980, 5020].map((each) => expect.closeTo(each, 6)))
    expect(merged.areaM2.reduce((sum, each) => sum + each, 0)).toBeCloseTo(totalAreaM2(merged.layer), 6)
    for (const feature of [0, 1]) expect(geos.invalidReason(partsOf(merged.layer, feature))).toBeNull()
  })

  it('stay when they have no neighbour, and nothing is a sliver below the thresholds', () => {
    const alone = layerFromSketches('green', [{ polygon: [box(0, 0, 100, 0.1)] }])
    const all = layerFromSketches('green', [{ polygon: [box(-10, -10, 200, 200)] }])
    const { layer, slivers } = overlay(geos, alone, all, 'clip', { slivers: { minAreaM2: 50, action: 'merge' } })
    expect(layer.count).toBe(1)
    expect(slivers).toMatchObject({ keptM2: expect.closeTo(10, 6), mergedM2: 0 })
    expect(overlay(geos, plan, base, 'intersection', { slivers: { minAreaM2: 1, action: 'drop' } }).slivers?.slivers).toEqual([])
  })
})
