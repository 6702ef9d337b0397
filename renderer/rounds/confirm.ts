import type { FindingId } from '#core/model/ids.ts'
import { statusOf, type Finding, type FindingStatus } from '#core/review/finding.ts'

/** What "confirm fixed" does to each: an open or answered finding is resolved, a resolved one verified; others are settled already. */
const NEXT: Partial<Record<FindingStatus, 'resolved' | 'verified'>> = {
  open: 'resolved',
  answered: 'resolved',
  resolved: 'verified',
}

/** The steps for a choice of findings, the verifications first: they must not verify what was resolved just now. */
export function confirmable(findings: readonly Finding[]): ['resolved' | 'verified', FindingId[]][] {
  const standing = findings.filter(({ withdrawn }) => !withdrawn)
  return (['verified', 'resolved'] as const).flatMap((to): ['resolved' | 'verified', FindingId[]][] => {
    const ids = standing.filter((finding) => NEXT[statusOf(finding)] === to).map(({ id }) => id)
    return ids.length === 0 ? [] : [[to, ids]]
  })
}
