import type { Spread, Start } from './spread.ts'
import { NO_OWNER } from './spread.ts'
import { segmentIndex, toSegment, type WalkNetwork } from './walk-network.ts'

/** Where somebody steps onto the network: how far along a link (0 … 1 from its first end), and how far from it, in m. */
export interface Attachment {
  link: number
  share: number
  offM: number
}

/** Finds the nearest place of a network for points in mm, no farther than `withinM`. The lower link wins where two are as near. */
export function attacher(network: WalkNetwork, withinM: number): (x: number, y: number) => Attachment | undefined {
  const { lineOff, lineXy, graph } = network
  const starts = new Uint32Array(Math.max(0, lineXy.length / 2 - graph.links))
  const linkOf = new Uint32Array(starts.length)
  let at = 0
  for (let link = 0; link < graph.links; link += 1) {
    for (let vertex = lineOff[link] ?? 0; vertex + 1 < (lineOff[link + 1] ?? 0); vertex += 1) {
      starts[at] = vertex
      linkOf[at] = link
      at += 1
    }
  }
  if (starts.length === 0) return () => undefined
  const index = segmentIndex(lineXy, starts)
  return (x, y) => {
    for (let radius = Math.min(100_000, 1000 * withinM); ; radius = Math.min(2 * radius, 1000 * withinM)) {
      let best = { distance: Infinity, segment: -1, share: 0 }
      for (const segment of index.search(x - radius, y - radius, x + radius, y + radius)) {
        const { distance, share } = toSegment(lineXy, starts[segment] ?? 0, x, y)
        if (distance < best.distance || (distance === best.distance && segment < best.segment))
          best = { distance, segment, share }
      }
      if (best.distance <= radius) {
        const link = linkOf[best.segment] ?? 0
        return { link, share: shareOfLink(network, link, starts[best.segment] ?? 0, best.share), offM: best.distance / 1000 }
      }
      if (radius >= 1000 * withinM) return undefined
    }
  }
}

/** A place on one segment of a link as a share of the whole link, by length in the frame. */
function shareOfLink({ lineOff, lineXy }: WalkNetwork, link: number, start: number, share: number): number {
  let [before, all] = [0, 0]
  for (let vertex = lineOff[link] ?? 0; vertex + 1 < (lineOff[link + 1] ?? 0); vertex += 1) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = lineXy.subarray(2 * vertex, 2 * vertex + 4)
    const length = Math.hypot(bx - ax, by - ay)
    if (vertex < start) before += length
    else if (vertex === start) before += share * length
    all += length
  }
  return all > 0 ? before / all : 0
}

/** Somebody's start on the network, with whatever was walked to get there. */
export interface Source {
  at: Attachment
  owner: number
}

/** The sources that stand on a link. */
export type OnLink = Pick<ReadonlyMap<number, readonly Source[]>, 'get'>

/** What a spread needs of sources: both ends of the link that each stands on. */
export const startsOf = ({ ends, lengthM }: WalkNetwork, sources: readonly Source[]): Start[] =>
  sources.flatMap(({ at: { link, share, offM }, owner }) => {
    const length = lengthM[link] ?? 0
    return [
      { node: ends[2 * link] ?? 0, already: offM + share * length, owner },
      { node: ends[2 * link + 1] ?? 0, already: offM + (1 - share) * length, owner },
    ]
  })

/**
 * How far a place is from the nearest source of a spread, its own way to the network included, and whose source it is. Two that
 * stand on the same link meet along it without going by its ends. Infinity and `NO_OWNER` beyond the limit.
 */
export function reached(
  { ends, lengthM }: WalkNetwork,
  { distance, owner }: Spread,
  onLink: OnLink,
  { link, share, offM }: Attachment,
  limit: number,
): { distance: number; owner: number } {
  const length = lengthM[link] ?? 0
  const [first, second] = [ends[2 * link] ?? 0, ends[2 * link + 1] ?? 0]
  const ways = [
    { distance: (distance[first] ?? Infinity) + share * length + offM, owner: owner[first] ?? NO_OWNER },
    { distance: (distance[second] ?? Infinity) + (1 - share) * length + offM, owner: owner[second] ?? NO_OWNER },
    ...(onLink.get(link) ?? []).map(({ at, owner: whose }) => ({
      distance: at.offM + Math.abs(at.share - share) * length + offM,
      owner: whose,
    })),
  ]
  const best = ways.reduce((one, other) =>
    other.distance < one.distance || (other.distance === one.distance && other.owner < one.owner) ? other : one,
  )
  return best.distance <= limit ? best : { distance: Infinity, owner: NO_OWNER }
}

/** Sources by the link that they stand on. */
export const byLink = (sources: readonly Source[]): Map<number, Source[]> => Map.groupBy(sources, ({ at }) => at.link)
