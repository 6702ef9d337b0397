import type { PlanId, ReviewId } from '#core/model/ids.ts'
import { adoptionRows, type AdoptionRow } from '#core/review/adoption.ts'
import type { Finding, Remark } from '#core/review/finding.ts'
import type { Review } from '#core/review/review.ts'
import type { Catalogue } from '#db/catalogue.ts'

type Readers = Pick<Catalogue, 'findings' | 'records' | 'reviews'>

/** The plan's own review against a checklist: the lead's or only reviewer's. */
export const leadReview = ({ reviews }: Pick<Catalogue, 'reviews'>, planId: PlanId, checklistId: string): Review | null =>
  reviews.ofPlan(planId).find((review) => review.role !== 'expert' && review.checklistId === checklistId) ?? null

/** Everything said under a finding, in the earlier rounds first. */
export function wholeThread({ findings, records }: Pick<Catalogue, 'findings' | 'records'>, finding: Finding): Remark[] {
  const before = finding.carried === undefined ? undefined : findings.find(finding.carried.from)
  const mine = records.of('remark', finding.id)
  return before === undefined ? mine : [...wholeThread({ findings, records }, before), ...mine]
}

/** The adoption table of a review, and its round; null in a first round. */
export function adoptionOf(catalogue: Readers, reviewId: ReviewId): { round: number; rows: AdoptionRow[] } | null {
  const { planId } = catalogue.reviews.get(reviewId)
  const round = catalogue.records.find('round', planId)
  if (round === undefined) return null
  const findings = catalogue.findings.ofReview(reviewId)
  return { round: round.number, rows: adoptionRows(findings, (finding) => wholeThread(catalogue, finding)) }
}
