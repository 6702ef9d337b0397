/** Ways between people and supplies: person group `from[i]`, supply `to[i]`, `cost[i]` (metres or minutes). One entry per pair. */
export interface Ways {
  from: ArrayLike<number>
  to: ArrayLike<number>
  cost: ArrayLike<number>
}

/** How much of a supply counts at a cost: 1 near, 0 beyond reach. */
export type Decay = (cost: number) => number

/** Counts whole up to a limit and nothing beyond it: the plain catchment. */
export const within =
  (limit: number): Decay =>
  (cost) =>
    cost <= limit ? 1 : 0

/** Falls from 1 to 0 at the limit along a Gaussian that is lowered to meet zero there (Dai 2010; domain §4.7). */
export function gaussian(limit: number): Decay {
  const end = Math.exp(-0.5)
  return (cost) => (cost <= limit ? (Math.exp(-0.5 * (cost / limit) ** 2) - end) / (1 - end) : 0)
}

export interface Access {
  /** Supply per person at each supply: Rⱼ. */
  perSupply: Float64Array
  /** Supply per person that each group reaches: Aᵢ. */
  perGroup: Float64Array
}

/**
 * Two-step floating catchment area: first each supply is divided by the people who reach it, then each group adds up what it
 * reaches (Luo & Wang 2003; with a decay in both steps it is the enhanced method, Luo & Qi 2009). Supply that somebody reaches
 * is conserved: Σ Pᵢ Aᵢ = Σ Sⱼ over those supplies.
 */
export function twoStepAccess(supply: ArrayLike<number>, people: ArrayLike<number>, ways: Ways, decay: Decay): Access {
  const count = ways.from.length
  const weight = new Float64Array(count)
  const demand = new Float64Array(supply.length)
  for (let way = 0; way < count; way += 1) {
    weight[way] = decay(ways.cost[way] ?? Infinity)
    const at = ways.to[way] ?? 0
    demand[at] = (demand[at] ?? 0) + (people[ways.from[way] ?? 0] ?? 0) * (weight[way] ?? 0)
  }
  const perSupply = demand.map((persons, at) => (persons > 0 ? (supply[at] ?? 0) / persons : 0))
  const perGroup = new Float64Array(people.length)
  for (let way = 0; way < count; way += 1) {
    const group = ways.from[way] ?? 0
    perGroup[group] = (perGroup[group] ?? 0) + (perSupply[ways.to[way] ?? 0] ?? 0) * (weight[way] ?? 0)
  }
  return { perSupply, perGroup }
}

/** One point of a Lorenz curve: the poorest `people` share has the `amount` share. */
export interface LorenzPoint {
  people: number
  amount: number
}

/** Groups by what one person has, least first, as shares of all people and of all there is; begins at (0, 0). */
export function lorenz(perPerson: ArrayLike<number>, people: ArrayLike<number>): LorenzPoint[] {
  const groups = leastFirst(perPerson, people.length)
  const amountOf = (group: number) => (perPerson[group] ?? 0) * (people[group] ?? 0)
  const everyone = groups.reduce((sum, group) => sum + (people[group] ?? 0), 0)
  const everything = groups.reduce((sum, group) => sum + amountOf(group), 0)
  const curve: LorenzPoint[] = [{ people: 0, amount: 0 }]
  let [persons, amount] = [0, 0]
  for (const group of groups) {
    persons += people[group] ?? 0
    amount += amountOf(group)
    curve.push({ people: everyone > 0 ? persons / everyone : 0, amount: everything > 0 ? amount / everything : 0 })
  }
  return curve
}

/** Indices by what they stand for, least first, of equals the earlier one. Numbers sort without a callback in a fifth of the time. */
function leastFirst(values: ArrayLike<number>, count: number): Uint32Array {
  const known = Float64Array.from({ length: count }, (_, at) => values[at] ?? 0)
  const sorted = known.slice().sort()
  /** Where the next of each run of equals goes: the entry at its first place. */
  const taken = new Uint32Array(count)
  const order = new Uint32Array(count)
  for (let at = 0; at < count; at += 1) {
    const first = firstPlace(sorted, known[at] ?? 0)
    order[first + (taken[first] ?? 0)] = at
    taken[first] = (taken[first] ?? 0) + 1
  }
  return order
}

function firstPlace(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? Infinity) < value) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Gini coefficient, 0 (all alike) … 1: Σᵢ Σⱼ PᵢPⱼ|xᵢ − xⱼ| ÷ 2P²x̄, computed as twice the area between the Lorenz curve and the
 * diagonal, which is the same number. Undefined when there is nobody or nothing to share.
 */
export const gini = (perPerson: ArrayLike<number>, people: ArrayLike<number>): number | undefined =>
  giniOfCurve(lorenz(perPerson, people))

/** The same of a curve that is at hand. */
export function giniOfCurve(curve: readonly LorenzPoint[]): number | undefined {
  const last = curve.at(-1)
  if (last?.people !== 1 && !(last && Math.abs(last.people - 1) < 1e-9)) return undefined
  if (last.amount === 0) return undefined
  let twiceBelow = 0
  for (let at = 1; at < curve.length; at += 1) {
    const [before, here] = [curve[at - 1], curve[at]]
    if (before && here) twiceBelow += (here.people - before.people) * (here.amount + before.amount)
  }
  return 1 - twiceBelow
}
