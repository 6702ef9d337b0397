import * as z from 'zod'

/** What can be drawn on the map for a finding. A cloud is an area drawn as reviewers draw one by hand; a text stands at a point. */
export const MARK_KINDS = ['point', 'line', 'area', 'arrow', 'text', 'cloud'] as const
export type MarkKind = (typeof MARK_KINDS)[number]

/** Places a mark needs at least: an area is closed by itself, its first place is not repeated. */
export const LEAST_PLACES: Record<MarkKind, number> = { point: 1, text: 1, line: 2, arrow: 2, area: 3, cloud: 3 }
const MOST_PLACES: Record<MarkKind, number> = { point: 1, text: 1, line: 5000, arrow: 2, area: 5000, cloud: 5000 }

const FARTHEST_M = 1e8

/** A drawing on a plan: x,y,x,y… in metres of the plan's frame, and what is written beside it. */
export const mark = z
  .strictObject({
    kind: z.enum(MARK_KINDS),
    xyM: z.array(z.number().min(-FARTHEST_M).max(FARTHEST_M)).min(2).max(10_000),
    label: z.string().trim().max(200).optional(),
  })
  .refine(({ xyM }) => xyM.length % 2 === 0, { message: 'x and y come in pairs' })
  .refine(({ kind, xyM }) => xyM.length / 2 >= LEAST_PLACES[kind] && xyM.length / 2 <= MOST_PLACES[kind], {
    message: 'too few or too many places for this kind of mark',
  })
export type Mark = z.infer<typeof mark>
