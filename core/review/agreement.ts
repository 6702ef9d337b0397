import type { Level } from '../checklist/result.ts'

const LEVELS = 5

/** How much two or more people agree beyond what chance would give. */
export interface Agreement {
  /** 1 in full agreement, 0 as by chance, below 0 worse than chance; null where nothing can be said. */
  kappa: number | null
  /** Share of the compared items on which the levels are the same, 0 … 1; null for none. */
  sameShare: number | null
  items: number
}

/**
 * Cohen's weighted kappa of two people over the items that both judged: κ = 1 − Σ w·o / Σ w·e with quadratic weights
 * w = ((i − j) / 4)², so that two levels apart weigh four times one level apart. Null kappa when both always give one and the same level.
 * Source: Cohen 1968, Psychological Bulletin 70 (4).
 * @param pairs levels 0 … 4 of the first and the second person, one pair per item
 */
export function weightedKappa(pairs: readonly (readonly [Level, Level])[]): Agreement {
  const items = pairs.length
  if (items === 0) return { kappa: null, sameShare: null, items }
  const first = new Float64Array(LEVELS)
  const second = new Float64Array(LEVELS)
  let observed = 0
  let same = 0
  for (const [a, b] of pairs) {
    first[a] = (first[a] ?? 0) + 1 / items
    second[b] = (second[b] ?? 0) + 1 / items
    observed += weight(a, b) / items
    if (a === b) same += 1
  }
  let expected = 0
  for (let a = 0; a < LEVELS; a += 1)
    for (let b = 0; b < LEVELS; b += 1) expected += weight(a, b) * (first[a] ?? 0) * (second[b] ?? 0)
  return { kappa: expected === 0 ? null : 1 - observed / expected, sameShare: same / items, items }
}

const weight = (a: number, b: number): number => ((a - b) / (LEVELS - 1)) ** 2

/**
 * Fleiss' kappa of several people over items that all of them judged: how often two of them, drawn at random, give the same level,
 * beyond chance. Null kappa with fewer than two people, without items, or when only one level was ever given.
 * Source: Fleiss 1971, Psychological Bulletin 76 (5).
 * @param counts per item, how many people gave each level; every row has the same sum
 */
export function fleissKappa(counts: readonly (readonly number[])[]): Agreement {
  const items = counts.length
  const people = counts[0]?.reduce((sum, count) => sum + count, 0) ?? 0
  if (items === 0 || people < 2) return { kappa: null, sameShare: null, items }
  const share = new Float64Array(Math.max(...counts.map(({ length }) => length)))
  let agreed = 0
  for (const row of counts) {
    let pairs = 0
    for (const [level, count] of row.entries()) {
      share[level] = (share[level] ?? 0) + count / (items * people)
      pairs += count * (count - 1)
    }
    agreed += pairs / (people * (people - 1)) / items
  }
  const chance = share.reduce((sum, one) => sum + one * one, 0)
  return { kappa: chance >= 1 ? null : (agreed - chance) / (1 - chance), sameShare: agreed, items }
}
