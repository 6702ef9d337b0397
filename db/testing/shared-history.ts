import type { ReviewId } from '#core/model/ids.ts'
import type { Incoming } from '#core/share/merge.ts'
import type { Actor } from '../actor.ts'
import type { Catalogue } from '../catalogue.ts'
import { entryDraft, findingDraft } from './fixtures.ts'

/** What a package of a plan would hold. */
export const packageOf = (catalogue: Catalogue, planId: string, fileName = 'a.greenprint'): Incoming => ({
  fileName,
  sha256: '0'.repeat(64),
  by: '—',
  at: '2026-03-02T08:00:00.000Z',
  ops: catalogue.shared.sharedOperations([planId]),
})

export const merge = (catalogue: Catalogue, actor: Actor, ...parts: Incoming[]) =>
  catalogue.commands.mergeOperations({ parts, checklists: [] }, actor)

/** Everything of a plan that people see, in one comparable value. */
export function visible(catalogue: Catalogue, planId: string) {
  const { plans, layers, reviews, entries, findings, records } = catalogue
  const byId = <T extends { id: string }>(list: readonly T[]): T[] => list.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return {
    plan: plans.find(planId as never),
    layers: byId(layers.ofPlan(planId as never)),
    reviews: byId(reviews.ofPlan(planId as never)).map((review) => ({
      review,
      entries: entries.ofReview(review.id),
      findings: byId(findings.ofReview(review.id)).map((finding) => ({
        finding,
        remarks: byId(records.of('remark', finding.id)),
      })),
      options: byId(records.of('option', review.id)).map((option) => ({
        option,
        steps: byId(records.of('option_edit', option.id)),
      })),
      attachments: byId(records.of('attachment', review.id)),
    })),
    conflicts: catalogue.shared.conflicts([planId]).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }
}

/** One thing that a person might do on a plan, chosen by a number from 0 up to 1; false when there was nothing to do it to. */
export function act(catalogue: Catalogue, planId: string, actor: Actor, next: () => number): void {
  const { commands, reviews, findings, records } = catalogue
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)]
  const review = pick(reviews.ofPlan(planId as never).toSorted((a, b) => (a.id < b.id ? -1 : 1)))
  if (review === undefined) return
  const found = pick(findings.ofReview(review.id).filter(({ withdrawn, status }) => !withdrawn && status !== 'verified'))
  const option = pick(records.of('option', review.id))
  const n = Math.floor(next() * 1000)
  const deeds: (() => unknown)[] = [
    () => commands.setEntry(review.id, entryDraft(`A0${n % 4}`, (n % 5) as 0), actor),
    () => commands.clearEntry(review.id, `A0${n % 4}`, actor),
    () => commands.addFinding(review.id, findingDraft(`意见 ${n}`), actor),
    () => found && commands.updateFinding(found.id, { ...findingDraft(`修改 ${n}`), severity: n % 2 ? 'must' : 'note' }, actor),
    () => found && commands.patchFindings([found.id], { severity: n % 2 ? 'should' : 'note' }, actor),
    () => found && commands.withdrawFindings([found.id], actor),
    () => found && commands.replyToFinding(found.id, `答复 ${n}`, actor),
    () => found && (found.status ?? 'open') === 'open' && commands.moveFindings([found.id], 'answered', '', actor),
    () => commands.addOption(review.id, `方案 ${n}`, null, actor),
    () =>
      option &&
      commands.editOption(option.id, { zh: '改', en: 'edit' }, [{ change: 'delete', layerId: 'x' as never, fid: n }], actor),
    () => option && commands.removeOption(option.id, actor),
    () =>
      commands.openReview(
        {
          planId: planId as never,
          checklistId: 'green-low-carbon',
          checklistVersion: '1.0.0',
          role: 'expert',
          reviewer: `专家 ${n}`,
        },
        actor,
      ),
    () =>
      reviews.ofPlan(planId as never).length > 2 &&
      review.role === 'expert' &&
      commands.removeReview(review.id as ReviewId, actor),
    () =>
      catalogue.history().undo !== null &&
      catalogue.history().steps.filter(({ undone }) => !undone).length > 2 &&
      commands.undo(actor),
    () => catalogue.history().redo !== null && commands.redo(actor),
    () => settleOne(catalogue, planId, actor, next),
  ]
  pick(deeds)?.()
}

function settleOne(catalogue: Catalogue, planId: string, actor: Actor, next: () => number): void {
  const [conflict] = catalogue.shared.conflicts([planId])
  const side = conflict?.sides[Math.floor(next() * conflict.sides.length)]
  if (conflict && side) catalogue.commands.resolveConflict(planId as never, conflict.id, side.opId, actor)
}
