import * as z from 'zod'
import json from '../../resources/reference/opportunity-criteria.json' with { type: 'json' }
import { bilingualText, provenance } from '../reference/provenance.ts'

/** What can be asked of a place; the order is that of figures and weights. */
export const CRITERION_IDS = ['stock', 'centre', 'rail', 'road', 'inefficiency', 'green', 'tenure', 'hazard'] as const
export type CriterionId = (typeof CRITERION_IDS)[number]

/** The three principles of the London Plan. */
export const PRINCIPLES = ['stock', 'centre', 'transport'] as const
export type Principle = (typeof PRINCIPLES)[number]

const figure = z.strictObject({ value: z.number().positive(), ...provenance })
const density = z.strictObject({ floorAreaRatio: z.number().positive(), homesFloorShare: z.number().min(0).max(1) })

const tenureKind = z.strictObject({ figure: z.number().min(0).max(1), words: z.array(z.string()).min(1) })
const hazardLevel = z.strictObject({ severity: z.number().min(0).max(1), closed: z.boolean(), words: z.array(z.string()).min(1) })

/** Criteria, capacity and limits by which opportunity areas are looked for. */
export const opportunityCriteriaSchema = z.strictObject({
  greenprint: z.literal('opportunity-criteria/1'),
  title: bilingualText,
  remark: bilingualText,
  criteria: z
    .array(
      z.strictObject({
        id: z.enum(CRITERION_IDS),
        ...bilingualText.shape,
        direction: z.literal('higher'),
        principle: z.enum(PRINCIPLES).nullable(),
        weight: z.number().nonnegative(),
        /** Where the figure is 1 and where it is 0. */
        fullAt: z.number(),
        zeroAt: z.number().nullable(),
        unit: z.enum(['m', 'ratio']),
        how: bilingualText,
        ...provenance,
      }),
    )
    .length(CRITERION_IDS.length),
  comparisons: z.strictObject({ rows: z.array(z.array(z.number().positive())), how: bilingualText, ...provenance }),
  stockWindowM: figure,
  centreHalfM: z.strictObject({ byRank: z.array(z.number().positive()).min(1), ...provenance }),
  mainRoads: z.strictObject({ classes: z.array(z.string()).min(1), ...provenance }),
  inefficiency: z.strictObject({
    idle: z.number(),
    inefficient: z.number(),
    unstated: z.number(),
    farNorm: z.number().positive(),
    ...provenance,
  }),
  tenure: z.strictObject({
    /** Figure of each way of owning, and how sources word it. */
    single: tenureKind,
    collective: tenureKind,
    mixed: tenureKind,
    unstated: z.number(),
    ...provenance,
  }),
  hazard: z.strictObject({
    /** How bad each level is; ground of a closed one may hold no area. */
    high: hazardLevel,
    medium: hazardLevel,
    low: hazardLevel,
    unstated: z.number(),
    ...provenance,
  }),
  parcels: z.strictObject({
    /** Stock parcels no farther apart than this are one area, m. */
    togetherWithinM: z.number().positive(),
    /** A parcel that control lines take less than this of is not touched by them, m². */
    sliverM2: z.number().nonnegative(),
    ...provenance,
  }),
  placeTypes: z.strictObject({
    /** An area is of a kind of places that cover at least this share of it, or of which one stands so near, m. */
    leastShare: z.number().positive().max(1),
    nearM: z.number().positive(),
    ...provenance,
  }),
  capacity: z.strictObject({
    plotShare: z.number().positive().max(1),
    floorM2PerHome: z.number().positive(),
    floorM2PerJob: z.number().positive(),
    /** A place is near when its figure of rail or centre is at least this. */
    nearFrom: z.number(),
    near: density,
    other: density,
    how: bilingualText,
    ...provenance,
  }),
  capacityTest: z.strictObject({ jobs: z.number().positive(), homes: z.number().positive(), ...provenance }),
  leastAreaHa: figure,
})

export const OPPORTUNITY = opportunityCriteriaSchema.parse(json)

/** Criteria in the order of figures. */
export const CRITERIA = CRITERION_IDS.map((id) => {
  const found = OPPORTUNITY.criteria.find((criterion) => criterion.id === id)
  if (!found) throw new Error(`opportunity-criteria.json has no criterion "${id}"`)
  return found
})

/** The comparisons of the data file as a full reciprocal matrix. */
export const COMPARISONS: readonly (readonly number[])[] = CRITERION_IDS.map((_, row) =>
  CRITERION_IDS.map((__, column) => {
    if (row === column) return 1
    const [above, right] = row < column ? [row, column] : [column, row]
    const times = OPPORTUNITY.comparisons.rows[above]?.[right - above - 1] ?? NaN
    return row < column ? times : 1 / times
  }),
)

/** Straight-line figure between the value where it is 0 and the value where it is 1, held within 0 … 1. */
export function onScale(value: number, zeroAt: number, fullAt: number): number {
  return Math.max(0, Math.min(1, (value - zeroAt) / (fullAt - zeroAt)))
}
