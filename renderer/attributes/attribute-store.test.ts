import { describe, expect, it } from 'vitest'
import { MOST_SELECTED } from '#core/contract/attribute-procedures.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { countOf, selectedAfter, useAttributes } from './attribute-store.ts'

const [parks, parcels] = ['parks' as LayerId, 'parcels' as LayerId]
const of = (layerId: LayerId, ...fids: number[]) => ({ layerId, fids })

describe('a selection', () => {
  it('is replaced, added to, taken from and turned around, layer by layer', () => {
    const first = selectedAfter(new Map(), [of(parks, 1, 2), of(parcels, 7)], 'replace')
    expect([...first]).toEqual([
      [parks, [1, 2]],
      [parcels, [7]],
    ])
    expect(countOf(first)).toBe(3)
    expect(selectedAfter(first, [of(parks, 2, 3)], 'add').get(parks)).toEqual([1, 2, 3])
    expect(selectedAfter(first, [of(parks, 2, 3)], 'toggle').get(parks)).toEqual([1, 3])
    expect([...selectedAfter(first, [of(parks, 1, 2, 9)], 'remove')]).toEqual([[parcels, [7]]])
    expect([...selectedAfter(first, [of(parcels, 8)], 'replace')]).toEqual([[parcels, [8]]])
  })
  it('never holds more than the map can be asked for', () => {
    const many = Array.from({ length: MOST_SELECTED }, (_, at) => at)
    const full = selectedAfter(new Map(), [{ layerId: parks, fids: many }], 'replace')
    expect(countOf(selectedAfter(full, [of(parks, MOST_SELECTED + 1)], 'add'))).toBe(MOST_SELECTED)
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
