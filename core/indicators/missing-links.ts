import { layerBuilder } from '../geo/build.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { closestPoints, nearest } from '../geo/nearest.ts'
import { OUTSIDE, zoneAt } from '../geo/within.ts'
import type { AxisSample } from '../network/along-axis.ts'
import { mendings, type Gap, type Mending } from '../network/gap-closer.ts'
import type { HabitatNetwork } from '../network/habitat-graph.ts'
import { classOf } from './by-class.ts'
import { habitatImportances, rateOf, type HabitatRule } from './habitat.ts'
import type { PlanData } from './indicator.ts'
import { GAP_RULE, wedgeContinuity, type WedgeGap } from './wedge-gaps.ts'

/** A break of the green network: in a wedge that the plan draws, or between two patches that are linked across other land. */
export interface MissingLink extends Gap {
  wedge?: WedgeGap
}

/** What lies on the straight way over a gap: its ends in mm of the frame, lengths by class, and the parcels that are crossed. */
export interface OnTheWay {
  ends: [x: number, y: number, x2: number, y2: number]
  lengths: { code: string | null; lengthM: number }[]
  parcels: number[]
}

/** Links between patches that are looked at: those that carry most. */
const MOST_LOOKED_AT = 150

/**
 * The gap closer: breaks of the planned network, ranked by what mending them would bring (`mendings`). Gaps of wedges join the patches
 * that are nearest to both ends of the gap; the others are links of the network that are longer than a street is wide and no longer
 * than the median dispersal distance.
 */
export function missingLinks(plan: PlanData, network: HabitatNetwork, rule: HabitatRule): Mending<MissingLink>[] {
  const links = habitatImportances(network, rule).links
  const apart = network.links
    .map((link, at) => ({ link, worth: links[at] ?? 0 }))
    .filter(({ link }) => link.lengthM > GAP_RULE.shortestGapM && link.lengthM <= rule.medianM)
    .toSorted((one, other) => other.worth - one.worth)
    .slice(0, MOST_LOOKED_AT)
    .map(({ link }): MissingLink => ({ ...link, isDesigned: false }))
  const designed = wedgeContinuity(plan, GAP_RULE)
    .flatMap(({ gaps }) => gaps)
    .flatMap((wedge): MissingLink[] => {
      const [from, to] = [patchNear(network, wedge.before, rule), patchNear(network, wedge.after, rule)]
      return from < 0 || to < 0 || from === to ? [] : [{ from, to, lengthM: wedge.gap.lengthM, isDesigned: true, wedge }]
    })
  return mendings({ ...network, landscapeM2: 1 }, rateOf(rule), [...designed, ...apart])
}

/** The patch nearest to a place on an axis, or −1 where none is within the median distance. */
function patchNear({ layer }: HabitatNetwork, place: AxisSample | undefined, { medianM }: HabitatRule): number {
  if (!place || layer.count === 0) return -1
  const builder = layerBuilder({ role: 'other', name: 'end of a gap', kind: 'point', frame: layer.frame }, {}, 0.001)
  builder.add(1, [[[place.x, place.y]]], {})
  return nearest(builder.finish(''), layer, { limitM: medianM }).neighbour[0] ?? -1
}

/** How far apart places on the way are looked at, in mm. */
const STEP_MM = 5000

/** What the straight way over a gap crosses; habitat at either end is left out, because the way runs from rim to rim. */
export function onTheWay(parcels: LayerColumns, network: HabitatNetwork, link: MissingLink): OnTheWay {
  const ends = endsOf(network, link)
  const [ax, ay, bx, by] = ends
  const lengthMm = Math.hypot(bx - ax, by - ay)
  const steps = Math.max(1, Math.ceil(lengthMm / STEP_MM))
  const lengths = new Map<string | null, number>()
  const crossed = new Set<number>(link.wedge?.parcels)
  for (let step = 0; step < steps; step += 1) {
    const share = (step + 0.5) / steps
    const parcel = zoneAt(parcels, Math.round(ax + share * (bx - ax)), Math.round(ay + share * (by - ay)))
    const code = parcel === OUTSIDE ? null : (classOf(parcels, parcel) ?? null)
    lengths.set(code, (lengths.get(code) ?? 0) + lengthMm / steps / 1000)
    if (parcel !== OUTSIDE) crossed.add(parcel)
  }
  return {
    ends,
    lengths: [...lengths]
      .map(([code, lengthM]) => ({ code, lengthM }))
      .toSorted((one, other) => other.lengthM - one.lengthM || (one.code ?? '').localeCompare(other.code ?? '')),
    parcels: [...crossed].toSorted((one, other) => one - other),
  }
}

function endsOf({ layer }: HabitatNetwork, { wedge, from, to }: MissingLink): OnTheWay['ends'] {
  if (wedge?.before && wedge.after) return [wedge.before.x, wedge.before.y, wedge.after.x, wedge.after.y]
  return closestPoints(layer, from, layer, to)
}
