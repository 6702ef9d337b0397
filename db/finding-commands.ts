import type { FindingId, RemarkId, ReviewId } from '#core/model/ids.ts'
import { statusOf, type Finding, type FindingStatus, type Remark } from '#core/review/finding.ts'
import { assertEditable, moveFinding } from '#core/review/status.ts'
import { without } from '#core/without.ts'
import type { Actor, Clock } from './actor.ts'
import type { Changes } from './changes.ts'
import type { CommandRunner, Committed } from './commands.ts'
import type { ReadableDb } from './connection.ts'
import { findingsReader } from './findings.ts'
import { assertNotSubmitted } from './review-commands.ts'
import { reviewsReader } from './reviews.ts'
import { titles } from './titles.ts'
import { newUuid } from './uuid.ts'

/** What a reviewer gives of a finding; number, status, author and time are ours. */
export type FindingDraft = Pick<Finding, 'item' | 'severity' | 'text' | 'action' | 'evidence' | 'mark' | 'reviewPoint' | 'quote'>

/** What can be changed of many findings at once. Members that are absent stay as they are; null takes a review point or item off. */
export interface FindingPatch {
  severity?: Finding['severity']
  item?: string | null
  reviewPoint?: string | null
}

/** What a person can do to findings. Each is one step that can be undone, however many findings it touches. */
export function findingCommands(db: ReadableDb, { run }: CommandRunner, clock: Clock) {
  const reviews = reviewsReader(db)
  const findings = findingsReader(db)
  const now = (): string => clock().toISOString()

  /** Throws unless each exists and its review is still open. */
  const openOnes = (ids: readonly FindingId[]): Finding[] => {
    const found = ids.map((id) => findings.get(id))
    for (const reviewId of new Set(found.map((finding) => finding.reviewId))) assertNotSubmitted(reviews.get(reviewId))
    return found
  }

  /** Puts findings as one step, and returns them. */
  const put = (changed: Finding[], title: ReturnType<typeof titles.updateFinding>, actor: Actor, action: string) =>
    run(
      title,
      actor,
      (changes: Changes) => {
        for (const finding of changed) changes.put('finding', finding)
        return changed
      },
      action,
    )

  const one = ({ value: [first], ...rest }: Committed<Finding[]>): Committed<Finding> => ({ ...rest, value: first as Finding })

  return {
    /** Gives it the review's next number, which is never given again, not even in later rounds. */
    addFinding(reviewId: ReviewId, draft: FindingDraft, actor: Actor): Committed<Finding> {
      const review = reviews.get(reviewId)
      assertNotSubmitted(review)
      const number = findings.nextNumber(reviewId, review.numbersAfter ?? 0)
      const id = newUuid() as FindingId
      const finding: Finding = { id, reviewId, number, ...draft, withdrawn: false, by: actor.name, at: now() }
      return one(put([finding], titles.addFinding(number), actor, 'finding.added'))
    },

    /** Brings findings of an earlier round along, with their numbers and how their places fared. */
    carryFindings(reviewId: ReviewId, carried: readonly Omit<Finding, 'id' | 'reviewId'>[], actor: Actor): Committed<Finding[]> {
      assertNotSubmitted(reviews.get(reviewId))
      const made = carried.map((finding): Finding => ({ ...finding, id: newUuid() as FindingId, reviewId }))
      return put(made, titles.carryFindings(made.length), actor, 'finding.carried')
    },

    /** @throws AppError 'finding.locked' */
    updateFinding(id: FindingId, draft: FindingDraft, actor: Actor): Committed<Finding> {
      const [before] = openOnes([id]) as [Finding]
      assertEditable(before)
      const kept = without(before, 'mark', 'reviewPoint', 'quote')
      const finding: Finding = { ...kept, ...draft, by: actor.name, at: now() }
      return one(put([finding], titles.updateFinding(finding.number), actor, 'finding.updated'))
    },

    /** Changes many as one step. @throws AppError 'finding.locked' when one of them is; then none is changed */
    patchFindings(ids: readonly FindingId[], patch: FindingPatch, actor: Actor): Committed<Finding[]> {
      const before = openOnes(ids)
      before.forEach(assertEditable)
      return put(
        before.map((finding) => patched(finding, patch)),
        titles.updateFindings(before.length),
        actor,
        'finding.updated',
      )
    },

    /** They keep their numbers and are printed as withdrawn; a second withdrawal changes nothing. */
    withdrawFindings(ids: readonly FindingId[], actor: Actor): Committed<Finding[]> {
      const gone = openOnes(ids).map((finding): Finding => ({ ...finding, withdrawn: true }))
      return put(gone, titles.withdrawFindings(gone.map(({ number }) => number)), actor, 'finding.withdrawn')
    },

    /**
     * Moves many to a status as one step; each gets a remark with the reason, who and when.
     * @throws AppError 'finding.no-such-step', 'finding.reason-required'; then none is moved
     */
    moveFindings(ids: readonly FindingId[], to: FindingStatus, reason: string, actor: Actor): Committed<Finding[]> {
      const before = openOnes(ids)
      const moved = before.map((finding) => moveFinding(finding, to, reason))
      return run(
        titles.moveFindings(
          before.map(({ number }) => number),
          to,
        ),
        actor,
        (changes) => {
          for (const [at, finding] of moved.entries()) {
            const step = { from: statusOf(before[at] as Finding), to }
            changes.put('finding', finding)
            changes.put('remark', { ...remark(finding.id, reason, actor), step })
          }
          return moved
        },
        'finding.moved',
      )
    },

    /** An answer under a finding. It is never edited; undo takes it back. */
    replyToFinding(id: FindingId, text: string, actor: Actor): Committed<Remark> {
      const [finding] = openOnes([id]) as [Finding]
      const said = remark(id, text, actor)
      return run(titles.replyTo(finding.number), actor, (changes) => (changes.put('remark', said), said), 'finding.answered')
    },
  }

  function remark(findingId: FindingId, text: string, actor: Actor): Remark {
    return { id: newUuid() as RemarkId, findingId, text: text.trim(), by: actor.name, at: now() }
  }
}

function patched(finding: Finding, { severity, item, reviewPoint }: FindingPatch): Finding {
  const { reviewPoint: point, ...rest } = finding
  const kept = reviewPoint === undefined ? point : (reviewPoint ?? undefined)
  return {
    ...rest,
    ...(severity !== undefined && { severity }),
    ...(item !== undefined && { item }),
    ...(kept !== undefined && { reviewPoint: kept }),
  }
}
