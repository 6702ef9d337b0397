import { describe, expect, it } from 'vitest'
import { featureSet, featuresOf } from '#core/attributes/feature-set.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { countOf, selectedAfter, useAttributes, type Selection } from './attribute-store.ts'

const [parks, parcels] = ['parks' as LayerId, 'parcels' as LayerId]
const of = (layerId: LayerId, ...fids: number[]) => ({ layerId, features: featureSet(fids) })

const numbers = (selection: Selection) => [...selection].map(([layerId, features]) => [layerId, featuresOf(features)])

describe('a selection', () => {
  it('is replaced, added to, taken from and turned around, layer by layer', () => {
    const first = selectedAfter(new Map(), [of(parks, 1, 2), of(parcels, 7)], 'replace')
    expect(numbers(first)).toEqual([
      [parks, [1, 2]],
      [parcels, [7]],
    ])
    expect(countOf(first)).toBe(3)
    expect(numbers(selectedAfter(first, [of(parks, 2, 3)], 'add'))[0]).toEqual([parks, [1, 2, 3]])
    expect(numbers(selectedAfter(first, [of(parks, 2, 3)], 'toggle'))[0]).toEqual([parks, [1, 3]])
    expect(numbers(selectedAfter(first, [of(parks, 1, 2, 9)], 'remove'))).toEqual([[parcels, [7]]])
    expect(numbers(selectedAfter(first, [of(parcels, 8)], 'replace'))).toEqual([[parcels, [8]]])
  })
  it('holds a million features, and turning one of them over leaves the others', () => {
    const many = { layerId: parks, features: featureSet(Array.from({ length: 1_000_000 }, (_, at) => at + 3)) }
    const full = selectedAfter(new Map(), [many], 'replace')
    expect(countOf(full)).toBe(1_000_000)
    expect(countOf(selectedAfter(full, [of(parks, 500_000)], 'toggle'))).toBe(999_999)
    expect(countOf(selectedAfter(full, [of(parks, 1_000_003)], 'add'))).toBe(1_000_001)
  })
  it('stays with its plan, and a filter with its layer', () => {
    const state = useAttributes.getState()
    state.begin('a' as PlanId)
    state.showLayer(parks)
    state.filter('area > 1')
    state.select([of(parks, 1)], 'replace')
    state.begin('a' as PlanId)
    expect(useAttributes.getState()).toMatchObject({ where: 'area > 1', layerId: parks })
    state.goToRow(parks, 1)
    expect(useAttributes.getState().where).toBe('area > 1')
    state.goToRow(parcels, 7)
    expect(useAttributes.getState()).toMatchObject({ where: '', layerId: parcels })
    state.begin('b' as PlanId)
    expect(countOf(useAttributes.getState().selection)).toBe(0)
  })
})
