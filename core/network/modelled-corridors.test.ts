import { expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import { planarFrame } from '../geo/frame.ts'
import { box } from '../geo/sketch.ts'
import { corridorPlaces, modelledCorridors } from './modelled-corridors.ts'

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

it('a corridor keeps to the ground that is easy to cross, and leaves the patches themselves out', () => {
  const found = modelledCorridors(parcels, (parcel) => [1, 1, 100, 5][parcel] ?? 0, patches, [[0, 1]], 1.05)
  if (!found) throw new Error('no corridor')
  const places = corridorPlaces(found)
  expect(found.pairs).toBe(1)
  expect(places.length).toBeGreaterThan(100)
  for (const [x, y] of places) {
    expect(x).toBeGreaterThan(200_000)
    expect(x).toBeLessThan(1_000_000)
    expect(y).toBeGreaterThan(370_000)
  }
})

it('there is none where nothing can pass, and none without pairs', () => {
  expect(modelledCorridors(parcels, (parcel) => [1, 1, 0, 0][parcel] ?? 0, patches, [[0, 1]], 1.05)?.cells).toEqual([])
  expect(modelledCorridors(parcels, () => 1, patches, [], 1.05)).toBeUndefined()
})
