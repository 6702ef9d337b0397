/** What a search may spend. */
export interface SearchBudget {
  evaluations: number
  /** Asked before each evaluation: true ends the search with what it has. */
  isOver: () => boolean
}

export interface SearchInput {
  /** Size of each candidate, in the order in which they are tried. */
  sizes: readonly number[]
  /** Whether the goal is reached with these candidates (ascending indices). The same question always has the same answer. */
  reached: (chosen: readonly number[]) => boolean
  budget: SearchBudget
  /** Hears of every evaluation. */
  report: (done: number) => void
}

export interface SearchResult {
  /** Indices of the candidates that reach the goal together, ascending; undefined where none was found. */
  chosen: readonly number[] | undefined
  /** No single candidate of `chosen` can be left out: every one was tried without. */
  isMinimal: boolean
  evaluations: number
  /** The budget ended the search before it was done. */
  hitBound: boolean
}

class BudgetSpent extends Error {}

/**
 * Looks for a small set of candidates that reaches a goal: doubles the number of candidates taken in order until it does, halves the
 * last step, then tries to leave out each one, to replace the largest by the smallest that will do, and again to leave out each one.
 * What comes back is minimal with respect to leaving out, not the best there is. Deterministic; counts questions, not time.
 */
export function searchChanges({ sizes, reached, budget, report }: SearchInput): SearchResult {
  const known = new Map<string, boolean>()
  let evaluations = 0
  const ask = (chosen: readonly number[]): boolean => {
    const key = chosen.join()
    const before = known.get(key)
    if (before !== undefined) return before
    if (evaluations >= budget.evaluations || budget.isOver()) throw new BudgetSpent()
    const answer = reached(chosen)
    evaluations += 1
    known.set(key, answer)
    report(evaluations)
    return answer
  }
  let best: readonly number[] | undefined
  const keep = (chosen: readonly number[]) => {
    best = chosen
    return chosen
  }
  try {
    const enough = enoughInOrder(sizes.length, ask, keep)
    if (!enough) return { chosen: undefined, isMinimal: false, evaluations, hitBound: false }
    const lean = withoutNeedless(enough, sizes, ask, keep)
    const smaller = largestReplaced(lean, sizes, ask, keep)
    withoutNeedless(smaller, sizes, ask, keep)
    return { chosen: best, isMinimal: true, evaluations, hitBound: false }
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error
    return { chosen: best, isMinimal: false, evaluations, hitBound: true }
  }
}

type Ask = (chosen: readonly number[]) => boolean
type Keep = (chosen: readonly number[]) => readonly number[]

const firstOf = (count: number): number[] => Array.from({ length: count }, (_, at) => at)

/** The first 1, 2, 4, 8 … until they reach; then the fewest between the last two counts, as far as halving tells. */
function enoughInOrder(all: number, ask: Ask, keep: Keep): readonly number[] | undefined {
  let [tooFew, count] = [0, 1]
  while (count < all && !ask(firstOf(count))) {
    tooFew = count
    count *= 2
  }
  count = Math.min(count, all)
  if (count === 0 || !ask(firstOf(count))) return undefined
  keep(firstOf(count))
  while (count - tooFew > 1) {
    const middle = Math.floor((tooFew + count) / 2)
    if (ask(firstOf(middle))) {
      count = middle
      keep(firstOf(count))
    } else tooFew = middle
  }
  return firstOf(count)
}

/** Leaves out whatever is not needed, the largest first, until a whole round finds every one needed. */
function withoutNeedless(found: readonly number[], sizes: readonly number[], ask: Ask, keep: Keep): readonly number[] {
  let chosen = found
  for (let isLeaner = true; isLeaner;) {
    isLeaner = false
    const largestFirst = chosen.toSorted((one, other) => (sizes[other] ?? 0) - (sizes[one] ?? 0) || other - one)
    for (const one of largestFirst) {
      const without = chosen.filter((other) => other !== one)
      if (without.length === 0 || !ask(without)) continue
      chosen = keep(without)
      isLeaner = true
    }
  }
  return chosen
}

/** Puts the smallest candidate that still reaches in the place of the largest one, as far as halving over sizes tells. */
function largestReplaced(found: readonly number[], sizes: readonly number[], ask: Ask, keep: Keep): readonly number[] {
  const sizeOf = (at: number) => sizes[at] ?? 0
  const largest = found.toSorted((one, other) => sizeOf(other) - sizeOf(one) || other - one)[0]
  if (largest === undefined) return found
  const rest = found.filter((one) => one !== largest)
  const smaller = [...sizes.keys()]
    .filter((one) => !found.includes(one) && sizeOf(one) < sizeOf(largest))
    .toSorted((one, other) => sizeOf(one) - sizeOf(other) || one - other)
  const withOne = (one: number) => [...rest, one].toSorted((a, b) => a - b)
  let chosen = found
  let [low, high] = [0, smaller.length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const candidate = withOne(smaller[middle] ?? 0)
    if (ask(candidate)) {
      chosen = keep(candidate)
      high = middle
    } else low = middle + 1
  }
  return chosen
}
