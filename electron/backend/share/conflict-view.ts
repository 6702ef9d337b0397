import type { PlanId, ReviewId } from '#core/model/ids.ts'
import { findingName, type Finding } from '#core/review/finding.ts'
import type { Conflict } from '#core/share/conflict.ts'
import type { Catalogue } from '#db/catalogue.ts'

interface Ground {
  catalogue: Pick<Catalogue, 'plans' | 'reviews' | 'findings' | 'records'>
  /** False for what a blind round still hides. */
  isVisible: (reviewId: ReviewId) => boolean
}

/**
 * The review that a conflict is in; null for what is of the plan as a whole, undefined for what hangs on something that is not here:
 * whose it is cannot be said, so a blind round hides it.
 */
function reviewOf({ catalogue: { records, findings } }: Ground, { entity, entityId }: Conflict): string | null | undefined {
  const optionReview = (id: string) => records.find('option', id)?.reviewId
  const findingReview = (id: string) => findings.find(id as Finding['id'])?.reviewId
  switch (entity) {
    case 'plan':
    case 'layer':
    case 'round':
      return null
    case 'review':
      return entityId
    case 'item_entry':
      return entityId.split('/')[0]
    case 'finding':
      return findingReview(entityId)
    case 'remark':
      return findingReview(records.find('remark', entityId)?.findingId ?? '')
    case 'attachment':
      return records.find('attachment', entityId)?.reviewId
    case 'option':
      return optionReview(entityId)
    case 'option_edit':
      return optionReview(records.find('option_edit', entityId)?.optionId ?? '')
  }
}

/** False for a conflict about something that a blind round hides from who asks. */
export function isVisibleConflict(ground: Ground, conflict: Conflict): boolean {
  const reviewId = reviewOf(ground, conflict)
  return reviewId === null || (reviewId !== undefined && ground.isVisible(reviewId as ReviewId))
}

/** What people call the thing; its id where it has no name. */
export function nameOf({ catalogue: { plans, reviews, findings, records } }: Ground, { entity, entityId }: Conflict): string {
  if (entity === 'item_entry') return entityId.slice(entityId.indexOf('/') + 1)
  if (entity === 'finding') return nameOfFinding(findings, entityId, entityId)
  if (entity === 'review') return reviews.find(entityId as Parameters<typeof reviews.find>[0])?.reviewer ?? entityId
  if (entity === 'option') return records.find('option', entityId)?.letter ?? entityId
  if (entity === 'remark') return nameOfFinding(findings, records.find('remark', entityId)?.findingId, entityId)
  if (entity === 'option_edit') {
    const option = records.find('option', records.find('option_edit', entityId)?.optionId ?? '')
    return option?.letter ?? entityId
  }
  if (entity === 'attachment') return records.find('attachment', entityId)?.name ?? entityId
  return plans.find(entityId as PlanId)?.name ?? entityId
}

function nameOfFinding(findings: Catalogue['findings'], id: string | undefined, otherwise: string): string {
  const finding = findings.find((id ?? '') as Finding['id'])
  return finding === undefined ? otherwise : findingName(finding)
}
