import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { featureSet, NO_FEATURES } from '#core/attributes/feature-set.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { totalAreaM2 } from '#core/geo/measure.ts'
import { STEPS_PER_PX } from '#core/tiles/grid.ts'
import { importSample, type SamplePlan } from '../sample/fixture-sample.ts'
import { createMapService, type MapService } from './map-service.ts'
import { PlanMap } from './plan-map.ts'

let sample: SamplePlan
let map: PlanMap
let service: MapService

beforeAll(async () => {
  sample = await importSample({ parcels: 1000, seed: 2 })
  map = new PlanMap(sample.plan, sample.layers, sample.files)
  service = createMapService({
    planOf: () => ({ plan: sample.plan, layers: sample.layers }),
    gpkgPath: () => sample.files.gpkg,
    cacheDir: sample.files.cacheDir,
    log: { write: () => undefined },
  })
})
afterAll(async () => {
  await service.close()
  sample.remove()
})

const parcels = () => sample.layer('landuse_plan')

/** Vertex average of a feature, which lies inside the sample's blocks. */
function middleOf(fid: number): [number, number] {
  const { xyM } = map.features(parcels().id, [fid])
  const corners = xyM.subarray(0, -2)
  const mean = (axis: 0 | 1) =>
    corners.filter((_, i) => i % 2 === axis).reduce((sum, value) => sum + value, 0) / (corners.length / 2)
  return [mean(0), mean(1)]
}

describe('the map of a plan', () => {
  it('has the first tiles of large layers ready before they are asked for, and each once', () => {
    const large = sample.layers.map((layer) => ({ ...layer, features: layer.role === 'landuse_plan' ? 50_000 : 10 }))
    const opened = new PlanMap(sample.plan, large, sample.files)
    const first = opened.firstTiles()
    expect(first).toHaveLength(5)
    for (const build of first) build()
    const whole = opened.tile(parcels().id, 0, 0, 0)
    expect(opened.tile(parcels().id, 0, 0, 0)).toBe(whole)
    expect(whole).toEqual(map.tile(parcels().id, 0, 0, 0))
    expect(opened.tile(parcels().id, 0, 0, 0, { where: 'area > 0' })).not.toBe(whole)
    expect(map.firstTiles()).toEqual([])
    opened.close()
  })

  it('opens with every layer, its legend and an extent that holds them all', () => {
    const setup = map.setup()
    expect(setup.layers.map(({ id }) => id).toSorted()).toEqual(sample.layers.map(({ id }) => id).toSorted())
    expect(setup.layers.map(({ order }) => order)).toEqual(setup.layers.map(({ order }) => order).toSorted((a, b) => a - b))
    for (const { legend, features, name } of setup.layers) {
      expect(
        legend.map(({ index }) => index),
        name,
      ).toEqual(legend.map((_, index) => index))
      expect(
        legend.reduce((sum, entry) => sum + entry.features, 0),
        name,
      ).toBe(features)
    }
    const [minX, minY, maxX, maxY] = setup.extent
    const side = (setup.resolutions[0] ?? 0) * setup.tileSizePx
    expect(setup.origin[0]).toBeLessThan(minX)
    expect(setup.origin[1]).toBeGreaterThan(maxY)
    expect(setup.origin[0] + side).toBeGreaterThan(maxX)
    expect(setup.origin[1] - side).toBeLessThan(minY)
  })

  it('serves tiles that together cover the plan: at level 2 the drawn area is the layer’s own', () => {
    const { resolutions, tileSizePx } = map.setup()
    let areaM2 = 0
    const seen = new Set<number>()
    for (let x = 0; x < 4; x++)
      for (let y = 0; y < 4; y++) {
        const tile = map.tile(parcels().id, 2, x, y)
        expect(tile.kind).toBe('polygon')
        expect(tile.fid).toHaveLength(tile.classIndex.length)
        for (const fid of tile.fid) seen.add(fid)
        areaM2 += areaInside(tile, tileSizePx * STEPS_PER_PX) * ((resolutions[2] ?? 0) / STEPS_PER_PX) ** 2
      }
    expect(seen.size).toBe(parcels().features)
    const trueM2 = totalAreaM2(sample.columns('landuse_plan'))
    expect(Math.abs(areaM2 / trueM2 - 1)).toBeLessThan(0.002)
  })

  it('tells what lies at a place, the smallest first, with area and attributes', () => {
    const [x, y] = middleOf(500)
    const found = map.identify(x, y, 5)
    const parcel = found.find(({ role }) => role === 'landuse_plan')
    expect(parcel).toMatchObject({ layerId: parcels().id, fid: 500, lengthM: null })
    expect(parcel?.areaM2).toBeGreaterThan(1000)
    expect(parcel?.attributes.map(({ name }) => name)).toEqual(expect.arrayContaining(['class', 'parcel']))
    expect(found.map(({ role }) => role)).toEqual(expect.arrayContaining(['landuse_base', 'admin']))
    const areas = found.map(({ areaM2 }) => areaM2 ?? 0)
    expect(areas).toEqual(areas.toSorted((a, b) => a - b))
    expect(found.at(-1)?.title).toBe('青岚市')
    expect(map.identify(1e7, 1e7, 5)).toEqual([])
    const greenway = map.features(sample.layer('greenway').id, [1])
    const onLine = map.identify(greenway.xyM[0] ?? 0, greenway.xyM[1] ?? 0, 5).find(({ role }) => role === 'greenway')
    expect(onLine).toMatchObject({ fid: 1, areaM2: null })
    expect(onLine?.lengthM).toBeGreaterThan(100)
  })

  it('gives whole shapes to light up, five hundred at once, and leaves out ids that do not exist', () => {
    const wanted = Array.from({ length: 500 }, (_, i) => i + 1)
    const shapes = map.features(parcels().id, [...wanted, 999_999])
    expect([...shapes.fid]).toEqual(wanted)
    expect(shapes.featureOff).toHaveLength(501)
    expect(shapes.ringOff.at(-1)).toBe(shapes.xyM.length / 2)
    expect(shapes.kind).toBe('polygon')
  })

  it('refuses a layer that the plan does not have', () => {
    expect(() => map.tile('nowhere', 0, 0, 0)).toThrow('catalogue.not-found')
    expect(() => map.features('nowhere', [1])).toThrow('catalogue.not-found')
  })
})

describe('a selection', () => {
  it('is cut into tiles as the layer is, without the features that are not in it, together with a filter too', () => {
    const whole = map.tile(parcels().id, 1, 0, 0)
    const some = [...whole.fid].filter((_, at) => at % 3 === 0)
    const only = featureSet(some)
    const drawn = map.tile(parcels().id, 1, 0, 0, { only })
    const wanted = [...whole.fid].filter((fid) => some.includes(fid))
    expect([...drawn.fid]).toEqual(wanted)
    expect(map.tile(parcels().id, 1, 0, 0, { only })).toEqual(drawn)
    const houses = map.tile(parcels().id, 1, 0, 0, { where: "class LIKE '07%'" })
    const both = map.tile(parcels().id, 1, 0, 0, { where: "class LIKE '07%'", only })
    expect([...both.fid]).toEqual([...houses.fid].filter((fid) => some.includes(fid)))
    expect(map.tile(parcels().id, 1, 0, 0, { only: NO_FEATURES }).fid).toHaveLength(0)
  })

  it('has a box around all of it, and none where nothing of it is there', () => {
    const fids = [...map.tile(parcels().id, 1, 0, 0).fid].slice(0, 40)
    const { xyM } = map.features(parcels().id, fids)
    const along = (axis: 0 | 1) => [...xyM].filter((_, at) => at % 2 === axis)
    const [xs, ys] = [along(0), along(1)]
    expect(map.extentOf(parcels().id, featureSet(fids))).toEqual([
      Math.min(...xs),
      Math.min(...ys),
      Math.max(...xs),
      Math.max(...ys),
    ])
    expect(map.extentOf(parcels().id, featureSet([9_999_999]))).toBeNull()
  })
})

describe('a filtered layer', () => {
  const where = "class LIKE '07%'"
  const everywhere = () => map.setup().extent

  it('draws, asks, names and counts only what meets its filter', () => {
    const filters = { [parcels().id]: where }
    const fids = (tile: ReturnType<PlanMap['tile']>) => [...new Set(tile.fid)].toSorted((a, b) => a - b)
    const whole = map.tile(parcels().id, 1, 0, 0)
    const some = map.tile(parcels().id, 1, 0, 0, { where })
    const legend = map.setup().layers.find(({ id }) => id === parcels().id)?.legend ?? []
    const houses = legend.filter(({ code }) => code.startsWith('07'))
    expect(some.fid.length).toBeGreaterThan(5)
    expect(some.fid.length).toBeLessThan(whole.fid.length)
    expect(fids(some).every((fid) => fids(whole).includes(fid))).toBe(true)
    expect(houses.map(({ index }) => index)).toEqual(expect.arrayContaining([...new Set(some.classIndex)]))
    const [seen] = map.seen({ view: everywhere(), layerIds: [parcels().id], filters })
    expect(seen?.features).toEqual(legend.map((entry) => (houses.includes(entry) ? entry.features : 0)))
    const out = fids(whole).find((fid) => !fids(some).includes(fid)) ?? 0
    const rolesAt = (at: [number, number]) => map.identify(...at, 5, filters).map(({ role }) => role)
    expect(rolesAt(middleOf(fids(some)[0] ?? 0))).toContain('landuse_plan')
    expect(rolesAt(middleOf(out))).not.toContain('landuse_plan')
  })

  it('refuses a filter that cannot be read', () => {
    expect(() => map.tile(parcels().id, 0, 0, 0, { where: 'nothing = 1' })).toThrow('attributes.unknown-field')
  })

  it('has the classes of its grids and faults told too', () => {
    const { layers, extent } = map.setup()
    const layerIds = layers.map(({ id }) => id)
    const seen = map.seen({ view: extent, layerIds, filters: {} })
    expect(seen.map(({ layerId }) => layerId).toSorted()).toEqual(layerIds.toSorted())
    for (const { layerId, features } of seen) {
      const layer = layers.find(({ id }) => id === layerId)
      expect(features, layer?.name).toHaveLength(layer?.legend.length ?? -1)
      const counts = layer?.legend.map((entry) => entry.features)
      expect(layer?.kind === 'raster' ? counts : features, layer?.name).toEqual(counts)
    }
  })
})

describe('names of a plan', () => {
  it('are found in the plan and leave out layers that are not asked for', () => {
    const asked = { view: map.setup().extent, metresPerPx: 4, filters: {}, lang: 'zh' as const }
    const ids = map.setup().layers.map(({ id }) => id)
    const labels = map.labels({ ...asked, layerIds: ids })
    expect(labels.length).toBeGreaterThan(20)
    expect(labels.length).toBeLessThanOrEqual(300)
    expect(new Set(labels.map(({ layerId }) => layerId)).size).toBeGreaterThan(2)
    const green = sample.layer('green').id
    expect(new Set(map.labels({ ...asked, layerIds: [green] }).map(({ layerId }) => layerId))).toEqual(new Set([green]))
    expect(map.labels({ ...asked, layerIds: [] })).toEqual([])
  })
})

describe('the map worker', () => {
  const planId = 'plan' as PlanId

  it('answers as the plan itself does', async () => {
    expect(await service.setup({ planId })).toEqual(map.setup())
    expect(await service.tile({ planId, layerId: parcels().id, z: 1, x: 0, y: 0 })).toEqual(map.tile(parcels().id, 1, 0, 0))
    const [x, y] = middleOf(7)
    expect(await service.identify({ planId, xM: x, yM: y, toleranceM: 3 })).toEqual(map.identify(x, y, 3))
    const view = map.setup().extent
    const asked = { view, layerIds: [parcels().id], filters: { [parcels().id]: 'area > 1 ha' } }
    expect(await service.seen({ planId, ...asked })).toEqual(map.seen(asked))
    expect(service.systems(planId).map(({ id }) => id)).toContain('degrees')
    expect(await service.features({ planId, layerId: parcels().id, fids: [7] })).toEqual(map.features(parcels().id, [7]))
  })

  it('says in words that a layer is gone, and goes on working', async () => {
    const gone = service.tile({ planId, layerId: 'gone' as LayerId, z: 0, x: 0, y: 0 })
    await expect(gone).rejects.toMatchObject({ code: 'catalogue.not-found', params: { what: 'gone' } })
    expect((await service.tile({ planId, layerId: parcels().id, z: 0, x: 0, y: 0 })).kind).toBe('polygon')
  })

  it('fails what was asked when it is closed, and starts anew when asked again', async () => {
    await service.close()
    // A worker that has only just been started cannot have answered.
    const asked = service.setup({ planId })
    const [answer] = await Promise.allSettled([asked, service.close()])
    expect(answer).toMatchObject({ status: 'rejected', reason: { message: 'the map worker ended' } })
    expect((await service.tile({ planId, layerId: parcels().id, z: 0, x: 0, y: 0 })).kind).toBe('polygon')
  })
})

/** Area of a tile's shapes without what reaches beyond its edge, in square steps. */
function areaInside(tile: ReturnType<PlanMap['tile']>, extent: number): number {
  let twice = 0
  const clamp = (value: number) => Math.min(extent, Math.max(0, value))
  for (let ring = 0; ring + 1 < tile.ringOff.length; ring++) {
    const [first = 0, end = 0] = tile.ringOff.subarray(ring, ring + 2)
    let ringTwice = 0
    for (let v = first; v + 1 < end; v++) {
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = tile.xy.subarray(2 * v, 2 * v + 4)
      ringTwice += areaUnderClamped(x0, y0, x1, y1, extent, clamp)
    }
    twice += Math.abs(ringTwice)
  }
  return twice
}

/** ∫ y dx of a segment with both coordinates kept to the tile: cut finely, which is exact enough for a total. */
function areaUnderClamped(x0: number, y0: number, x1: number, y1: number, extent: number, clamp: (v: number) => number): number {
  const pieces = [x0, x1, y0, y1].every((value) => value >= 0 && value <= extent) ? 1 : 64
  let sum = 0
  for (let i = 0; i < pieces; i++) {
    const at = (t: number): [number, number] => [clamp(x0 + (x1 - x0) * t), clamp(y0 + (y1 - y0) * t)]
    const [[ax, ay], [bx, by]] = [at(i / pieces), at((i + 1) / pieces)]
    sum += ((ay + by) / 2) * (bx - ax)
  }
  return sum
}
