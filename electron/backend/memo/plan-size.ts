import { statSync } from 'node:fs'
import path from 'node:path'
import type { ReviewId } from '#core/model/ids.ts'
import type { Catalogue } from '#db/catalogue.ts'

/** How large the plan of a review is on disk, bytes: what a memo would carry of it before it is compressed. */
export function carriedPlanBytes(
  { plans, reviews, paths }: Pick<Catalogue, 'plans' | 'reviews' | 'paths'>,
  reviewId: ReviewId,
): number {
  const { gpkgSha256 } = plans.get(reviews.get(reviewId).planId)
  return statSync(path.join(paths.plansDir, `${gpkgSha256}.gpkg`)).size
}
