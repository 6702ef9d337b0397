import { distanceTo } from '../plan-distance.ts'
import type { PlanEdit } from '../../analysis/plan-session.ts'
import { hasShape } from '../../geo/edited.ts'
import { servicePlaces } from '../../indicators/service-places.ts'
import { BASIC_SERVICES } from '../../reference/services.ts'
import { WALKING } from '../../reference/walking.ts'
import { coverOrder } from '../cover.ts'
import type { Move } from './move.ts'

/** At the middle of people who are left out, every basic service that is too far away there: one composite centre. */
export const addServices: Move = {
  id: 'add-services',
  candidates({ plan, shortfalls }) {
    const facilities = plan.layer('facility')
    if (facilities?.kind !== 'point') return []
    const { layers } = servicePlaces(facilities)
    const detour = plan.layer('road_network') ? 1 : WALKING.detourFactor.value
    const given = BASIC_SERVICES.map((service, at) => ({ service, layer: layers[at] })).filter(
      ({ layer }) => layer !== undefined && layer.fid.some((_, feature) => hasShape(layer, feature)),
    )
    const nearestWalkM = Math.min(...given.map(({ service }) => service.walkM / WALKING.detourFactor.value))
    const things = shortfalls.map(({ x, y }) => ({ box: [x, y, x, y] as const, reachMm: 1000 * nearestWalkM, cost: 1 }))
    return coverOrder(things, shortfalls).flatMap(({ at, gain }) => {
      const place = shortfalls[at]
      if (!place) return []
      const lacking = given.filter(
        ({ service, layer }) =>
          layer !== undefined && distanceTo(layer, place.x, place.y) > service.walkM / Math.max(1.1, detour),
      )
      const services = lacking.length > 0 ? lacking : given
      const names = (lang: 'zh' | 'en') => services.map(({ service }) => service[lang]).join(lang === 'zh' ? '、' : ', ')
      const parts = [[[place.x / 1000, place.y / 1000]]]
      return [
        {
          move: 'add-services' as const,
          edits: services.map(({ service }): PlanEdit => ({
            role: 'facility',
            kind: 'point',
            change: 'add',
            parts,
            attributes: { kind: service.kinds[0] ?? service.id },
          })),
          features: [],
          shapes: [{ kind: 'point' as const, parts }],
          size: { unit: 'count' as const, value: services.length },
          from: null,
          to: null,
          note: { zh: names('zh'), en: names('en') },
          worth: gain,
        },
      ]
    })
  },
}
