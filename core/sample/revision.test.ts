import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareLayer } from '../plan-diff/compare-layer.ts'
import type { LayerComparison } from '../plan-diff/result.ts'
import type { LayerId } from '../model/ids.ts'
import { generateCity, type SampleCity } from './city.ts'
import { sampleColumns } from './columns.ts'
import type { SampleEdit } from './revision.ts'

const cityOf = (seed: number, revision = 0) => generateCity({ parcels: 2000, seed, revision }, (code) => `类${code}`)

function version(city: SampleCity, role: SampleEdit['layer']) {
  const found = city.layers.find((layer) => layer.role === role)
  if (!found) throw new Error(`no ${role}`)
  const layer = sampleColumns(found)
  return { layer, refOf: (feature: number) => ({ layerId: role as string as LayerId, fid: layer.fid[feature] ?? 0 }) }
}

const compared = (before: SampleCity, after: SampleCity, role: SampleEdit['layer']): LayerComparison =>
  compareLayer(version(before, role), version(after, role), 100_000)

/** What the comparison calls each edit: a split leaves a smaller parcel and adds one. */
const AS_KINDS = {
  recode: ['recoded'],
  attribute: ['attributes'],
  split: ['reshaped', 'added'],
  remove: ['removed'],
  add: ['added'],
} as const

function expectedOf(edits: readonly SampleEdit[], role: SampleEdit['layer']): string[] {
  return edits
    .filter(({ layer }) => layer === role)
    .flatMap(({ kind, feature }) =>
      AS_KINDS[kind].map((as) => `${as} ${kind === 'split' && as === 'added' ? `${feature}-2` : feature}`),
    )
    .toSorted()
}

describe('a revision of the sample city', () => {
  it('is found edit by edit, for any seed', () => {
    const seen = new Set<SampleEdit['kind']>()
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 9 }), (seed, revision) => {
        const [first, second] = [cityOf(seed), cityOf(seed, revision)]
        for (const role of ['landuse_plan', 'green'] as const) {
          const { changes } = compared(first, second, role)
          expect(changes.map(({ kind, label }) => `${kind} ${label}`).toSorted()).toEqual(expectedOf(second.edits, role))
        }
        for (const { kind } of second.edits) seen.add(kind)
      }),
      { numRuns: 6 },
    )
    expect(seen.size, 'kinds of edits over all runs').toBeGreaterThan(3)
  })

  it('leaves the base year and every untouched parcel as they were', () => {
    const [first, second] = [cityOf(3), cityOf(3, 1)]
    expect(first.edits).toEqual([])
    const land = compared(first, second, 'landuse_plan')
    expect(land.totals.unchanged.count).toBeGreaterThan(0.9 * land.before.count)
    expect(land.totals.unchanged.sizeAfter).toBe(land.totals.unchanged.sizeBefore)
    expect(second.manifest.nameZh).toContain('修改稿1')
  })
})
