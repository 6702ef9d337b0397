import Flatbush from 'flatbush'
import type { Shortfall } from './plan-places.ts'

/** Something that reaches places within a box around it, widened by a distance; all in mm. */
export interface Reaching {
  box: readonly [number, number, number, number]
  reachMm: number
  /** What a unit of it costs: larger things must reach more to come first. */
  cost: number
}

/**
 * Puts things in the order in which they serve most of what is still lacking per unit of cost (greedy cover, lazily re-weighed).
 * Things that reach nothing new are left out. Returns their indices with what each adds.
 */
export function coverOrder(things: readonly Reaching[], lacking: readonly Shortfall[]): { at: number; gain: number }[] {
  if (lacking.length === 0) return []
  const index = new Flatbush(lacking.length)
  for (const { x, y } of lacking) index.add(x, y)
  index.finish()
  const reached = things.map(({ box: [minX, minY, maxX, maxY], reachMm }) =>
    index
      .search(minX - reachMm, minY - reachMm, maxX + reachMm, maxY + reachMm)
      .filter((place) => {
        const { x, y } = lacking[place] ?? { x: Infinity, y: Infinity }
        const [dx, dy] = [Math.max(minX - x, 0, x - maxX), Math.max(minY - y, 0, y - maxY)]
        return dx * dx + dy * dy <= reachMm * reachMm
      })
      .toSorted((one, other) => one - other),
  )
  const left = Float64Array.from(lacking, ({ amount }) => amount)
  const gainOf = (at: number) => (reached[at] ?? []).reduce((sum, place) => sum + (left[place] ?? 0), 0)
  const queue = things
    .map(({ cost }, at) => ({ at, gain: gainOf(at), cost: Math.max(cost, 1e-9) }))
    .filter(({ gain }) => gain > 0)
  const order: { at: number; gain: number }[] = []
  const isBefore = (one: (typeof queue)[number], other: (typeof queue)[number]) =>
    other.gain / other.cost - one.gain / one.cost || one.at - other.at
  queue.sort(isBefore)
  while (queue.length > 0) {
    const first = queue.shift()
    if (!first) break
    const gain = gainOf(first.at)
    if (!(gain > 0)) continue
    const next = queue[0]
    if (gain < first.gain && next && gain / first.cost < next.gain / next.cost) {
      first.gain = gain
      const place = queue.findIndex((other) => isBefore(first, other) < 0)
      queue.splice(place === -1 ? queue.length : place, 0, first)
      continue
    }
    order.push({ at: first.at, gain })
    for (const place of reached[first.at] ?? []) left[place] = 0
  }
  return order
}
