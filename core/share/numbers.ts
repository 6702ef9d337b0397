import { compareOps } from './operation.ts'
import type { Subject } from './subject.ts'

/**
 * Numbers are for life, so two findings of one review that got the same number in two places both keep it. One goes without an origin:
 * the finding of the review's own reviewer, else the one that was made first; the others say whose they are, which everybody sees
 * the same way.
 */
export function numberedOnce(subjects: ReadonlyMap<string, Subject>): void {
  const findings = [...subjects.values()].filter(
    ({ entity, isThere, value }) => entity === 'finding' && isThere && value !== null,
  )
  const clashing = Map.groupBy(findings, ({ value }) => `${String(value?.['reviewId'])} ${String(value?.['number'])}`)
  for (const group of clashing.values()) {
    if (group.length < 2) continue
    const review = subjects.get(`review ${String(group[0]?.value?.['reviewId'])}`)
    const lead = review?.value?.['reviewer']
    const rank = (subject: Subject): number =>
      (subject.value?.['origin'] === undefined ? 0 : 2) + (subject.made?.actor === lead ? 0 : 1)
    const taken = new Set<string>()
    for (const subject of group.toSorted((a, b) => rank(a) - rank(b) || byAge(a, b))) {
      const own = subject.value?.['origin']
      const origin = typeof own === 'string' && !taken.has(own) ? own : taken.has('') ? originOf(subject, taken) : ''
      taken.add(origin)
      if (origin !== '') subject.value = { ...subject.value, origin }
    }
  }
}

const byAge = (a: Subject, b: Subject): number => (a.made && b.made ? compareOps(a.made, b.made) : 0)

/** "周岚", or "周岚 2" when there is one of hers already. */
function originOf({ made }: Subject, taken: ReadonlySet<string>): string {
  const who = [made?.actor, made?.office].filter((part) => part !== undefined && part !== '').join(' · ') || '—'
  for (let at = 1; ; at += 1) {
    const origin = at === 1 ? who : `${who} ${at}`
    if (!taken.has(origin)) return origin
  }
}
