import type { ReviewId } from '#core/model/ids.ts'
import type { Catalogue } from '../catalogue.ts'
import type { Committed } from '../commands.ts'
import { entryDraft, findingDraft, optionEdit, REVIEWER, samplePlan } from './fixtures.ts'

const template = { title: '入口', item: 'A03', reviewPoint: null, severity: 'should' as const, text: '补充入口', action: '' }
/** A picture beside item A03 of a review. */
export const attachmentDraft = (reviewId: ReviewId, sha256: string) => ({
  reviewId,
  item: 'A03',
  findingId: null,
  sha256,
  name: '附图 1.png',
  sizeBytes: 1200,
  kind: 'file' as const,
  caption: '现状照片',
})

/** Everything that undo must bring back, as a person would find it. */
export const everything = (catalogue: Catalogue) => ({
  templates: catalogue.records.all('template'),
  checklists: catalogue.records.all('checklist'),
  plans: catalogue.plans.list().map(({ id }) => ({
    plan: catalogue.plans.get(id),
    round: catalogue.records.find('round', id),
    reviews: catalogue.reviews.ofPlan(id).map((review) => ({
      review,
      entries: catalogue.entries.ofReview(review.id),
      attachments: catalogue.records.of('attachment', review.id),
      findings: catalogue.findings
        .ofReview(review.id)
        .map((finding) => ({ finding, remarks: catalogue.records.of('remark', finding.id) })),
      options: catalogue.records
        .of('option', review.id)
        .map((option) => ({ option, steps: catalogue.records.of('option_edit', option.id) })),
    })),
  })),
})

/** Small generator with a printed seed: a failure can be run again. */
export const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return seed / 2 ** 32
}

/**
 * One thing that a person might do now; what is refused is refused with a typed error and changes nothing. Returns the operations
 * that the person was told are saved.
 */
export function perform(catalogue: Catalogue, next: () => number, n: number): readonly string[] {
  const { commands, records, findings, plans, reviews, history } = catalogue
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)]
  const plan = pick(plans.list())
  const review = plan && pick(reviews.ofPlan(plan.id))
  const finding = review && pick(findings.ofReview(review.id))
  const option = review && pick(records.of('option', review.id))
  const other = pick(plans.list())
  const draft = { checklistId: 'green-low-carbon', checklistVersion: '1.0.0' }
  const acts: (() => Committed<unknown> | false | null | undefined)[] = [
    () => next() < 0.2 && commands.addPlan(samplePlan(`plan ${n}`), [], REVIEWER),
    () => plan && next() < 0.1 && commands.removePlan(plan.id, REVIEWER),
    () => plan && commands.openReview({ planId: plan.id, ...draft, role: 'expert', reviewer: `专家 ${n}` }, REVIEWER),
    () => review && commands.setEntry(review.id, entryDraft(`A0${n % 7}`, n % 2 ? 1 : 4), REVIEWER),
    () => review && commands.clearEntry(review.id, `A0${n % 7}`, REVIEWER),
    () => review && commands.addFinding(review.id, findingDraft(`意见 ${n}`), REVIEWER),
    () => finding && commands.updateFinding(finding.id, findingDraft(`改 ${n}`), REVIEWER),
    () =>
      finding &&
      commands.moveFindings(
        [finding.id],
        pick(['answered', 'resolved', 'verified', 'open'] as const) ?? 'open',
        `理由 ${n}`,
        REVIEWER,
      ),
    () => finding && commands.replyToFinding(finding.id, `答复 ${n}`, REVIEWER),
    () => finding && commands.withdrawFindings([finding.id], REVIEWER),
    () => finding && commands.patchFindings([finding.id], { severity: 'note', reviewPoint: null }, REVIEWER),
    () => review && commands.submitReview(review.id, REVIEWER),
    () => review && commands.reopenReview(review.id, REVIEWER),
    () => review && commands.addAttachment(attachmentDraft(review.id, 'd'.repeat(64)), REVIEWER),
    () => review && commands.addOption(review.id, `方案 ${n}`, option?.id ?? null, REVIEWER),
    () => option && commands.editOption(option.id, { zh: '步骤', en: 'Step' }, [optionEdit(n)], REVIEWER),
    () => option && commands.changeOption(option.id, { recommended: `理由 ${n}` }, REVIEWER),
    () => option && next() < 0.3 && commands.removeOption(option.id, REVIEWER),
    () => commands.putTemplate(pick(records.all('template'))?.id ?? null, { ...template, text: `${n}` }, REVIEWER),
    () => plan && other && commands.setPreviousPlan(plan.id, other.id, REVIEWER),
    () => history().undo && commands.undo(REVIEWER),
    () => history().redo && commands.redo(REVIEWER),
  ]
  try {
    const done = pick(acts)?.()
    return done ? done.opIds : []
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    if (
      !/^(finding\.(locked|no-such-step|reason-required)|review\.submitted|round\.(same-plan|loop)|option\.letters-used-up)$/.test(
        code,
      )
    )
      throw error
    return []
  }
}
