import { numberAt, type LayerColumns } from '../geo/columns.ts'
import { hasShape } from '../geo/edited.ts'
import { nearest } from '../geo/nearest.ts'
import { formsOf } from './corridor-axes.ts'
import type { PlanData } from './indicator.ts'
import type { WedgeContinuity } from './wedge-gaps.ts'

/** How near a wedge comes to the green ring and to the city's main centre, m; null where the plan draws none. */
export interface WedgeReach {
  toRingM: number | null
  toCentreM: number | null
}

/** Distances of every wedge, edge to edge, in the order of `wedges`. */
export function wedgeReach(plan: PlanData, wedges: readonly WedgeContinuity[]): WedgeReach[] {
  const rings = plan.layers('corridor').map((layer) => {
    const formOf = formsOf(layer)
    return { layer, select: (feature: number) => hasShape(layer, feature) && formOf(feature) === 'ring' }
  })
  const centres = plan.layers('centre').map((layer) => ({ layer, select: mainCentres(layer) }))
  return wedges.map(({ axis }) => ({ toRingM: nearestM(axis, rings), toCentreM: nearestM(axis, centres) }))
}

/** Wedges by name (a river may cut one in two): those that run unbroken from the ring into the core. */
export function fromRingToCore(
  wedges: readonly WedgeContinuity[],
  reach: readonly WedgeReach[],
  rule: { ringGapM: number; coreReachM: number },
): { names: number; whole: number } {
  const byName = new Map<string, number[]>()
  wedges.forEach(({ axis }, at) => byName.set(axis.title.zh, [...(byName.get(axis.title.zh) ?? []), at]))
  const comesWithin = (own: readonly number[], of: (one: WedgeReach) => number | null, limitM: number) =>
    own.some((at) => {
      const far = reach[at] ? of(reach[at]) : null
      return far !== null && far <= limitM
    })
  const whole = [...byName.values()].filter(
    (own) =>
      own.every((at) => wedges[at]?.gaps.length === 0) &&
      comesWithin(own, ({ toRingM }) => toRingM, rule.ringGapM) &&
      comesWithin(own, ({ toCentreM }) => toCentreM, rule.coreReachM),
  )
  return { names: byName.size, whole: whole.length }
}

/** The centres of the first rank that occurs; all of them where none states a rank. */
function mainCentres(layer: LayerColumns): (feature: number) => boolean {
  const ranks = Array.from(layer.fid, (_, feature) => (hasShape(layer, feature) ? numberAt(layer, 'rank', feature) : undefined))
  const first = ranks.reduce<number>((least, rank) => Math.min(least, rank ?? Infinity), Infinity)
  return (feature) => hasShape(layer, feature) && (first === Infinity || ranks[feature] === first)
}

function nearestM(
  { layer, feature }: WedgeContinuity['axis'],
  targets: readonly { layer: LayerColumns; select: (feature: number) => boolean }[],
): number | null {
  const distances = targets.flatMap(({ layer: to, select }) => {
    const found = nearest(layer, to, { from: feature, to: feature + 1, selectTo: select })
    return (found.neighbour[feature] ?? -1) < 0 ? [] : [found.distanceM[feature] ?? NaN]
  })
  return distances.length > 0 ? Math.min(...distances) : null
}
