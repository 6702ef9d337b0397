import { expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { planarFrame } from '../geo/frame.ts'
import { box } from '../geo/sketch.ts'
import { corridorGround, corridorPlaces, modelledCorridors, patchCosts } from './modelled-corridors.ts'
import { currentMap, narrowPlaces, narrowShare } from './pinch-cells.ts'

const frame = planarFrame(0, 0)
const patches = layerFromSketches('other', [{ polygon: [box(0, 0, 200, 600)] }, { polygon: [box(1000, 0, 200, 600)] }], frame)
/** Woods at both ends; between them hard ground in the south and easy ground in the north. */
const parcels = layerFromSketches(
  'landuse_plan',
  [
    { polygon: [box(0, 0, 200, 600)] },
    { polygon: [box(1000, 0, 200, 600)] },
    { polygon: [box(200, 0, 800, 400)] },
    { polygon: [box(200, 400, 800, 200)] },
  ],
  frame,
)
const CELLS = { cellsAcross: 300, leastCellM: 20 }
const groundOf = (resistances: number[]) => {
  const ground = corridorGround(parcels, (parcel) => resistances[parcel] ?? 0, CELLS)
  if (!ground) throw new Error('no ground')
  return ground
}

it('a corridor keeps to the ground that is easy to cross, and leaves the patches themselves out', () => {
  const found = modelledCorridors(groundOf([1, 1, 100, 5]), patches, [[0, 1]], 1.05)
  const places = corridorPlaces(found)
  expect(found.pairs).toBe(1)
  expect(places.length).toBeGreaterThan(100)
  for (const [x, y] of places) {
    expect(x).toBeGreaterThan(200_000)
    expect(x).toBeLessThan(1_000_000)
    expect(y).toBeGreaterThan(370_000)
  }
})

it('there is none where nothing can pass, none without pairs, and no ground without parcels', () => {
  expect(modelledCorridors(groundOf([1, 1, 0, 0]), patches, [[0, 1]], 1.05)).toMatchObject({ cells: [], pairs: 0 })
  expect(modelledCorridors(groundOf([1, 1, 1, 1]), patches, [], 1.05).cells).toEqual([])
  expect(corridorGround(layerFromSketches('landuse_plan', [], frame), () => 1, CELLS)).toBeUndefined()
})

it('a current squeezes through what is narrow, and is told how far it is', () => {
  const heard: number[] = []
  const ground = groundOf([1, 1, 0, 5])
  const costs = patchCosts(ground, patches, [0, 1])
  const found = currentMap(ground, costs, [[0, 1]], { cutoff: 2, tolerance: 1e-6, heartbeat: (done) => heard.push(done) })
  // ten cells of 20 m side by side carry a tenth each, and no cell of the patches or of what cannot be passed any
  const middle = [...found.share].filter((share) => share > 0)
  expect(middle.length).toBe(40 * 10)
  expect(Math.max(...middle)).toBeLessThan(0.15)
  expect(heard.at(-1)).toBe(1)
  expect(narrowPlaces(found, ground.grid, narrowShare(20, 100), 9)).toEqual([])
  const [place, ...others] = narrowPlaces(found, ground.grid, narrowShare(20, 400), 9)
  expect(others).toEqual([])
  expect([place?.cells.length, place?.pair]).toEqual([400, [0, 1]])
  expect(narrowShare(60, 100)).toBe(0.5)
})
