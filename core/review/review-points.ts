import json from '../../resources/reference/review-points.json' with { type: 'json' }
import { reviewPointsSchema } from '../reference/reference-tables.ts'
import type { Bilingual } from '../text.ts'

/** A review point (审查要点) of the ministry, to which findings can be tied. */
export interface ReviewPoint {
  id: string
  scope: 'province' | 'city'
  title: Bilingual
}

/** THE LIST of review points, in the ministry's order. Source: `resources/reference/review-points.json`. */
export const REVIEW_POINTS: readonly ReviewPoint[] = reviewPointsSchema.parse(json).points

/** The point behind a code; undefined for one that this version does not know. */
export const reviewPointById = (id: string | undefined): ReviewPoint | undefined => REVIEW_POINTS.find((point) => point.id === id)
