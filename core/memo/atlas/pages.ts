import { roundDenominator } from '../../map/paper.ts'
import { USUAL_SCALES } from '../../map/usual-scales.ts'
import type { SizeMm } from '../../map-sheet/page.ts'
import { middleOf, type BoxM } from './places.ts'

/** How a map page looks at its places. */
export interface PageRules {
  /** The map of a page at its smallest, mm: what is to be seen fits there. */
  mapMm: SizeMm
  leastScale: number
  placeShare: number
  sharedShare: number
}

/** The whole plan takes nearly all of its map. */
export const WHOLE_SHARE = 0.97

/** Something with a place, on one page with what shares it. */
export interface PlannedPage<T> {
  members: T[]
  centreM: readonly [number, number]
  scale: number
}

/** The largest usual scale at which a place takes no more than its share of the map; a round one where even the smallest usual is too large. */
export function usualScaleFor([minX, minY, maxX, maxY]: BoxM, { mapMm, leastScale, placeShare }: PageRules): number {
  const [widthMm, heightMm] = mapMm
  const across = ((maxX - minX) * 1000) / (widthMm * placeShare)
  const up = ((maxY - minY) * 1000) / (heightMm * placeShare)
  const needed = Math.max(leastScale, across, up)
  return USUAL_SCALES.find(({ denominator }) => denominator >= needed)?.denominator ?? roundDenominator(needed)
}

/** Ground that a map of some size shows around a middle at a scale. */
export function windowAt([x, y]: readonly [number, number], scale: number, [widthMm, heightMm]: SizeMm): BoxM {
  const [halfX, halfY] = [(widthMm * scale) / 2000, (heightMm * scale) / 2000]
  return [x - halfX, y - halfY, x + halfX, y + halfY]
}

const holds = (outer: BoxM, inner: BoxM): boolean =>
  outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3]

/**
 * Lays places on pages in their order: the first of a place makes the page, later ones at the same scale and near its middle share it.
 * What lies all over the plan stands on one page with the whole of it: no page is at a smaller scale than that. Beyond `most` pages nothing more is laid; `leftOut` has what has no page. Every place is in exactly one of both.
 */
export function planPages<T>(
  places: readonly { member: T; boxM: BoxM }[],
  wholeM: BoxM,
  rules: PageRules,
  most: number,
): { pages: PlannedPage<T>[]; leftOut: T[] } {
  const pages: PlannedPage<T>[] = []
  const leftOut: T[] = []
  const wholeScale = usualScaleFor(wholeM, { ...rules, placeShare: WHOLE_SHARE })
  for (const { member, boxM } of places) {
    const own = usualScaleFor(boxM, rules)
    const [scale, centreM] = own < wholeScale ? [own, middleOf(boxM)] : [wholeScale, middleOf(wholeM)]
    const shared = pages.find((page) => page.scale === scale && (scale === wholeScale || isNear(page, centreM, boxM, rules)))
    if (shared) shared.members.push(member)
    else if (pages.length < most) pages.push({ members: [member], centreM, scale })
    else leftOut.push(member)
  }
  return { pages, leftOut }
}

function isNear<T>({ centreM, scale }: PlannedPage<T>, [x, y]: readonly [number, number], boxM: BoxM, rules: PageRules): boolean {
  const mostM = (rules.sharedShare * Math.min(...rules.mapMm) * scale) / 1000
  return Math.hypot(x - centreM[0], y - centreM[1]) <= mostM && holds(windowAt(centreM, scale, rules.mapMm), boxM)
}

const DIRECTIONS = {
  zh: ['东', '东北', '北', '西北', '西', '西南', '南', '东南'],
  en: ['E', 'NE', 'N', 'NW', 'W', 'SW', 'S', 'SE'],
} as const

/** Which way one place lies from another, in eighths of a turn of the map. */
export function directionOf(from: readonly [number, number], to: readonly [number, number], lang: 'zh' | 'en'): string {
  const turn = Math.atan2(to[1] - from[1], to[0] - from[0]) / (2 * Math.PI)
  return DIRECTIONS[lang][(Math.round(turn * 8) + 8) % 8] ?? ''
}
