import { describe, expect, it } from 'vitest'
import { connectClient } from '#core/contract/client.ts'
import type { FeatureGeometry, IdentifiedFeature } from '#core/contract/map-data.ts'
import { memoryPortPair } from '#core/contract/memory-port.ts'
import { serve } from '#core/contract/serve.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { fakeHandlers } from '../api/fake/fake-handlers.ts'
import { SnapFinder } from './snap-finder.ts'

const PARCELS = 'layer-landuse_plan' as LayerId
const corner = (fid: number): FeatureGeometry => ({
  kind: 'polygon',
  xyM: Float64Array.of(10 * fid, 0, 10 * fid, 50, 10 * fid + 5, 50),
  ringOff: Uint32Array.of(0, 3),
  featureOff: Uint32Array.of(0, 1),
  fid: Float64Array.of(fid),
})
const identified = (fid: number): IdentifiedFeature => ({
  layerId: PARCELS,
  role: 'landuse_plan',
  fid,
  title: '',
  attributes: [],
  areaM2: null,
  lengthM: null,
})
const asked: number[] = []
const [screen, backend] = memoryPortPair()
serve(
  backend,
  {
    ...fakeHandlers(() => undefined),
    'map.identify': () => [identified(1), identified(2)],
    'map.features': ({ fids }) => {
      asked.push(...fids)
      return corner(fids[0] ?? 0)
    },
  },
  { bug: String },
)
const client = connectClient(screen)
const finder = (isVisible = true) => new SnapFinder(client, 'plan' as PlanId, () => isVisible)

describe('a corner to jump to', () => {
  it('is the nearest of the shapes in sight, each asked for once', async () => {
    const own = finder()
    expect(await own.find([11, 1], 12)).toEqual([10, 0])
    expect(await own.find([19, 1], 12)).toEqual([20, 0])
    expect(asked).toEqual([1, 2])
    expect(await own.find([15, 25], 12)).toBeNull()
    expect(await finder(false).find([11, 1], 12)).toBeNull()
  })
  it('is none of the feature that is moved, but one of what the option drew', async () => {
    expect(await finder().find([12, 1], 12, { except: { layerId: PARCELS, fid: 1 } })).toEqual([20, 0])
    expect(await finder().find([12, 1], 12, { beside: [{ xyM: Float64Array.of(12, 2) }] })).toEqual([12, 2])
  })
  it('is not told to somebody who has gone on', async () => {
    const gone = new AbortController()
    const found = finder().find([11, 1], 12, { signal: gone.signal })
    gone.abort()
    await expect(found.catch(() => null)).resolves.toBeNull()
  })
})
