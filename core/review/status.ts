import { AppError } from '../errors.ts'
import { without } from '../without.ts'
import { statusOf, type Finding, type FindingStatus } from './finding.ts'

/** Where a finding can go from each status. Verified locks it; only opening it again unlocks it. */
const NEXT: Record<FindingStatus, readonly FindingStatus[]> = {
  open: ['answered', 'resolved', 'exception'],
  answered: ['resolved', 'exception', 'open'],
  resolved: ['verified', 'open'],
  exception: ['verified', 'open'],
  verified: ['open'],
}

/** Letting something pass, and taking back what was settled, are decisions that somebody will ask about. */
const needsReason = (from: FindingStatus, to: FindingStatus): boolean =>
  to === 'exception' || (to === 'open' && from !== 'answered')

/** Statuses that a finding may be given now. None when it is withdrawn. */
export const nextStatuses = (finding: Finding): readonly FindingStatus[] => (finding.withdrawn ? [] : NEXT[statusOf(finding)])

/** True when the step must carry a reason. */
export const stepNeedsReason = (finding: Finding, to: FindingStatus): boolean => needsReason(statusOf(finding), to)

/**
 * The finding in its new status. Open is written as the absence of a status.
 * @throws AppError 'finding.no-such-step', 'finding.reason-required'
 */
export function moveFinding(finding: Finding, to: FindingStatus, reason: string): Finding {
  const from = statusOf(finding)
  if (!nextStatuses(finding).includes(to)) throw new AppError('finding.no-such-step', { number: finding.number, from, to })
  if (needsReason(from, to) && reason.trim() === '') throw new AppError('finding.reason-required', { number: finding.number, to })
  return to === 'open' ? without(finding, 'status') : { ...finding, status: to }
}

/** @throws AppError 'finding.locked' when it is verified or withdrawn: its words are what was agreed on */
export function assertEditable(finding: Finding): void {
  if (finding.withdrawn || statusOf(finding) === 'verified') {
    throw new AppError('finding.locked', { number: finding.number, why: finding.withdrawn ? 'withdrawn' : 'verified' })
  }
}
