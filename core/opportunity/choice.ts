import * as z from 'zod'
import type { AreaParameters } from '../indicators/f01-areas.ts'
import { WEIGHT_NAMES } from '../indicators/f01-areas.ts'
import { COMPARISONS, CRITERIA, CRITERION_IDS, OPPORTUNITY, type CriterionId } from './criteria.ts'
import { comparisonFault, weightsFromComparisons } from './weights.ts'

const weight = z.number().min(0).max(100)
const weights = z.strictObject(Object.fromEntries(CRITERION_IDS.map((id) => [id, weight])) as Record<CriterionId, typeof weight>)
const matrix = z
  .array(z.array(z.number().positive().max(100)).length(CRITERION_IDS.length))
  .length(CRITERION_IDS.length)
  .refine((rows) => comparisonFault(rows) === undefined, 'is no reciprocal matrix')

/** What a person chooses before areas are looked for and scored; kept with what comes of it. Shares are 0 … 1. */
export const opportunityChoiceSchema = z.strictObject({
  method: z.enum(['sum', 'topsis']),
  weighting: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('equal') }),
    z.strictObject({ kind: z.literal('own'), weights }),
    /** `matrix[i][j]`: how much more criterion i matters than j, in the order of criteria. */
    z.strictObject({ kind: z.literal('compared'), matrix }),
  ]),
  /** What is scored: square cells, or the parcels of stock land. */
  unit: z.enum(['cells', 'parcels']),
  cellM: z.number().min(25).max(1000),
  /** Score from which ground is chosen. */
  cut: z.number().min(0).max(1),
  leastAreaHa: z.number().min(0).max(1000),
  /** Every weight is changed by ± this share in turn. */
  weightChange: z.number().min(0).max(1),
  /** Counts as standing in front: the first so many of each kind. */
  front: z.number().int().min(1).max(100),
})

export type OpportunityChoice = z.infer<typeof opportunityChoiceSchema>
export type OpportunityWeighting = OpportunityChoice['weighting']

/** Weights as the reference data suggests them. */
export const SUGGESTED_WEIGHTS = Object.fromEntries(CRITERIA.map(({ id, weight: own }) => [id, own])) as Record<
  CriterionId,
  number
>

/** The comparisons of the reference data, to begin with. */
export const SUGGESTED_COMPARISONS: readonly (readonly number[])[] = COMPARISONS

export const DEFAULT_CHOICE: OpportunityChoice = {
  method: 'sum',
  weighting: { kind: 'own', weights: SUGGESTED_WEIGHTS },
  unit: 'cells',
  cellM: 100,
  cut: 0.5,
  leastAreaHa: OPPORTUNITY.leastAreaHa.value,
  weightChange: 0.2,
  front: 3,
}

/**
 * Weights by criterion as a choice means them, before those without data are left out; with the consistency of comparisons. Those that
 * contradict each other (CR of 0.1 or more) are refused, as F01 refuses them: then all criteria weigh alike.
 */
export function chosenWeights(weighting: OpportunityWeighting): {
  weights: Record<CriterionId, number>
  consistencyRatio: number | undefined
  isConsistent: boolean
} {
  if (weighting.kind === 'own') return { weights: weighting.weights, consistencyRatio: undefined, isConsistent: true }
  const compared = weighting.kind === 'compared' ? weightsFromComparisons(weighting.matrix) : undefined
  const isConsistent = compared?.isConsistent ?? true
  const weightOf = (at: number) => (isConsistent ? (compared?.weights[at] ?? 1) : 1)
  return {
    weights: Object.fromEntries(CRITERION_IDS.map((id, at) => [id, weightOf(at)])) as Record<CriterionId, number>,
    consistencyRatio: compared?.consistencyRatio,
    isConsistent,
  }
}

/** A choice as parameters of F01, in base units. */
export function choiceParameters({ method, weighting, ...choice }: OpportunityChoice): Partial<AreaParameters> {
  const { weights: byId } = chosenWeights(weighting)
  return {
    unitOfAnalysis: choice.unit === 'parcels' ? 1 : 0,
    opportunityCellM: choice.cellM,
    weighting: 0,
    ranking: method === 'topsis' ? 1 : 0,
    opportunityCut: choice.cut,
    leastAreaHa: choice.leastAreaHa * 10_000,
    weightChange: choice.weightChange,
    ...Object.fromEntries(CRITERION_IDS.map((id) => [WEIGHT_NAMES[id], byId[id]])),
  }
}
