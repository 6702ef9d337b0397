import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlanId } from '#core/model/ids.ts'
import { WINDOW_PANELS } from '#core/windows/address.ts'
import { parseRoute, routeHash, type Route } from './route.ts'

describe('route', () => {
  it('survives the way through the address', () => {
    const id = fc.stringMatching(/^[\w-]{1,64}$/).map((text) => text as PlanId)
    const route = fc.oneof(
      fc.constant<Route>({ page: 'catalogue' }),
      fc.constant<Route>({ page: 'monitoring' }),
      fc.record({ page: fc.constant('checklist' as const), checklistId: id }),
      fc.record({
        page: fc.constant('window' as const),
        planId: id,
        panel: fc.constantFrom(...WINDOW_PANELS),
        pair: fc.stringMatching(/^[\w-]{8,64}$/),
      }),
      fc.record({ page: fc.constantFrom('plan' as const, 'memo' as const), planId: id }),
      fc.record({ page: fc.constantFrom('compare' as const, 'sides' as const), planId: id, beforeId: fc.option(id) }),
      fc.record({
        page: fc.constantFrom('opportunity' as const, 'panel' as const, 'round' as const, 'orientation' as const),
        planId: id,
      }),
      fc.record({ page: fc.constant('results' as const), planId: id, indicator: fc.constant(null), table: fc.constant(null) }),
      fc.record({ page: fc.constant('results' as const), planId: id, indicator: id, table: fc.option(id) }),
    )
    fc.assert(
      fc.property(route, (wanted) => {
        expect(parseRoute(routeHash(wanted))).toEqual(wanted)
      }),
    )
  })
  it('sends every other address to the catalogue', () => {
    for (const hash of [
      '',
      '#',
      '#/',
      '#t=secret',
      '#/plan',
      '#/plan/',
      '#/plan/p/window/map',
      '#/plan/p/window/settings/pair-0123456789',
      '#/plan/a b',
      '#/plan/../x',
      '#/nowhere/1',
      '#/checklist',
      '#/checklist/a b',
      '#/checklist/a/b',
    ]) {
      expect(parseRoute(hash)).toEqual({ page: 'catalogue' })
    }
  })
})
