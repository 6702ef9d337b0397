import type { ChecklistResult, Opinion, ScoringInput } from '../checklist/result.ts'
import type { Checklist } from '../checklist/schema.ts'
import { scoreChecklist } from '../checklist/score.ts'

/** What the total would be with one weight smaller and larger, all else as it is. */
export interface WeightSwing {
  /** Id of the dimension or item. */
  id: string
  low: { total: number | null; opinion: Opinion }
  high: { total: number | null; opinion: Opinion }
  /** Largest difference from the total as it is, points. */
  swing: number
  /** The suggested opinion would be another. */
  flips: boolean
}

/**
 * Tornado of the total: each dimension (or item) has its weight taken `share` smaller and larger (0.2: by a fifth), the others keep
 * theirs, and the sum is renormalised as scoring always does. Largest swing first; those without effect are left out.
 */
export function weightSensitivity(
  checklist: Checklist,
  input: ScoringInput,
  by: 'dimension' | 'item',
  share: number,
): { total: number | null; swings: WeightSwing[] } {
  const base = scoreChecklist(checklist, input)
  const ids = (by === 'dimension' ? checklist.dimensions : checklist.items).map(({ id }) => id)
  const withFactor = (id: string, factor: number): ChecklistResult => {
    const items = checklist.items.map((item) =>
      (by === 'dimension' ? item.dimension : item.id) === id ? { ...item, weight: item.weight * factor } : item,
    )
    return scoreChecklist({ ...checklist, items }, input)
  }
  const swings = ids.map((id): WeightSwing => {
    const [low, high] = [withFactor(id, 1 - share), withFactor(id, 1 + share)]
    const away = (total: number | null) => Math.abs((total ?? 0) - (base.total ?? 0))
    return {
      id,
      low: { total: low.total, opinion: low.opinion },
      high: { total: high.total, opinion: high.opinion },
      swing: Math.max(away(low.total), away(high.total)),
      flips: low.opinion.id !== base.opinion.id || high.opinion.id !== base.opinion.id,
    }
  })
  return {
    total: base.total,
    swings: swings.filter(({ swing, flips }) => swing > 0 || flips).toSorted((a, b) => b.swing - a.swing),
  }
}
