import type { OnLink } from './attach.ts'
import type { Spread } from './spread.ts'
import type { WalkNetwork } from './walk-network.ts'

/** Stretches of a link as shares of its length, 0 … 1, in order and apart from each other. */
type Stretches = readonly (readonly [from: number, to: number])[]

/** A piece of a link that a walk reaches: x, y, x, y … in mm, and how long it is in m. */
export interface StreetPiece {
  link: number
  run: Float64Array
  lengthM: number
}

/**
 * The streets that walks reach, in steps: for every limit (m, ascending) the pieces that it reaches and no smaller limit does. The
 * pieces of all steps together are all that the largest limit reaches. `near` must have been spread at least as far as that.
 */
export function reachedStreets(network: WalkNetwork, near: Spread, onLink: OnLink, limitsM: readonly number[]): StreetPiece[][] {
  const steps = limitsM.map((): StreetPiece[] => [])
  for (let link = 0; link < network.graph.links; link += 1) {
    let before: Stretches = []
    for (const [step, limitM] of limitsM.entries()) {
      const within = stretchesWithin(network, near, onLink, link, limitM)
      const lengthM = network.lengthM[link] ?? 0
      for (const [from, to] of without(within, before)) {
        steps[step]?.push({ link, run: cutRun(network, link, from, to), lengthM: (to - from) * lengthM })
      }
      before = within
    }
  }
  return steps
}

/** Where on a link nobody has walked farther than a limit: from its two ends, and around sources that stand on it. */
function stretchesWithin(
  { ends, lengthM }: WalkNetwork,
  { distance }: Spread,
  onLink: OnLink,
  link: number,
  limitM: number,
): Stretches {
  const length = lengthM[link] ?? 0
  if (length === 0) return []
  const found: [number, number][] = []
  const add = (from: number, to: number) => {
    const [low, high] = [Math.max(0, from), Math.min(1, to)]
    if (high > low) found.push([low, high])
  }
  add(0, (limitM - (distance[ends[2 * link] ?? 0] ?? Infinity)) / length)
  add(1 - (limitM - (distance[ends[2 * link + 1] ?? 0] ?? Infinity)) / length, 1)
  for (const { at } of onLink.get(link) ?? []) {
    const reach = (limitM - at.offM) / length
    if (reach > 0) add(at.share - reach, at.share + reach)
  }
  return joined(found)
}

function joined(stretches: [number, number][]): Stretches {
  const result: [number, number][] = []
  for (const [from, to] of stretches.sort((one, other) => one[0] - other[0])) {
    const last = result.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else result.push([from, to])
  }
  return result
}

/** What lies in one set of stretches and not in another. */
function without(all: Stretches, taken: Stretches): Stretches {
  let left: Stretches = all
  for (const [from, to] of taken) {
    left = left.flatMap(([start, end]): (readonly [number, number])[] =>
      to <= start || from >= end
        ? [[start, end]]
        : [...(from > start ? [[start, from] as const] : []), ...(to < end ? [[to, end] as const] : [])],
    )
  }
  return left
}

/** The vertices of a link between two shares of its length, with the places at both shares. */
function cutRun({ lineOff, lineXy }: WalkNetwork, link: number, from: number, to: number): Float64Array {
  const [first, end] = [lineOff[link] ?? 0, lineOff[link + 1] ?? 0]
  const along = [0]
  for (let vertex = first; vertex + 1 < end; vertex += 1) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = lineXy.subarray(2 * vertex, 2 * vertex + 4)
    along.push((along.at(-1) ?? 0) + Math.hypot(bx - ax, by - ay))
  }
  const whole = along.at(-1) ?? 0
  const [start, stop] = [from * whole, to * whole]
  const run: number[] = [...placeAt(lineXy, first, along, start)]
  for (const [at, far] of along.entries()) {
    if (far > start && far < stop) run.push(lineXy[2 * (first + at)] ?? 0, lineXy[2 * (first + at) + 1] ?? 0)
  }
  run.push(...placeAt(lineXy, first, along, stop))
  return Float64Array.from(run)
}

function placeAt(xy: Int32Array, first: number, along: readonly number[], far: number): [number, number] {
  let segment = 0
  while (segment + 2 < along.length && (along[segment + 1] ?? 0) < far) segment += 1
  const [from, to] = [along[segment] ?? 0, along[segment + 1] ?? 0]
  const share = to > from ? (far - from) / (to - from) : 0
  const [ax = 0, ay = 0, bx = 0, by = 0] = xy.subarray(2 * (first + segment), 2 * (first + segment) + 4)
  return [ax + share * (bx - ax), ay + share * (by - ay)]
}
