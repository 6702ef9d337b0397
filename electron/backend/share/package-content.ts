import { createHash } from 'node:crypto'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import { canonicalJson } from '#core/memo/canonical.ts'
import type { PlanId, ReviewId } from '#core/model/ids.ts'
import type { Plan } from '#core/model/plan.ts'
import type { Attachment } from '#core/review/attachment.ts'
import type { Review } from '#core/review/review.ts'
import { foldAll } from '#core/share/fold.ts'
import { attachmentName, checklistName, PACKAGE_FORMAT, PACKAGE_KIND, planDataName } from '#core/share/manifest.ts'
import { subjectKey, subjectOf, type SharedEntity, type SharedOp } from '#core/share/operation.ts'
import { reviewOfSubjects } from '#core/share/scope.ts'
import type { Actor } from '#db/actor.ts'
import type { AuditHead } from '#db/audit.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { Checklists } from '../review/checklists.ts'
import type { PackageContent, PackedFile } from './package-writer.ts'

/** What a package is made from. */
export interface PackageSource {
  catalogue: Catalogue
  checklists: Checklists
  gpkgPath: (sha256: string) => string
  /** False for what a blind round still hides from who exports. */
  isVisible: (reviewId: ReviewId) => boolean
  version: string
}

/** A plan after the plans of its earlier rounds, as far as they are here. */
function plansBehind({ plans, records }: Catalogue, planId: PlanId): Plan[] {
  const chain = [plans.get(planId)]
  for (let round = records.find('round', planId); round !== undefined; round = records.find('round', round.previousPlanId)) {
    const before = plans.find(round.previousPlanId)
    if (before === undefined || chain.some(({ id }) => id === before.id)) break
    chain.unshift(before)
  }
  return chain
}

/** Without what a blind round hides: another's review, also one that was taken back, and everything on it. */
function visibleOps(
  ops: readonly SharedOp[],
  isVisible: PackageSource['isVisible'],
  catalogue: Catalogue,
  me: string,
): SharedOp[] {
  const hidden = new Set<string>()
  const reviews = ops
    .filter(({ entity }) => entity === 'review')
    .map(({ before, after }) => (after ?? before) as unknown as Review)
  const isBlind = reviews.some(({ id }) => catalogue.reviews.find(id) !== undefined && !isVisible(id))
  if (!isBlind) return [...ops]
  for (const { id, role, reviewer } of reviews) if (role === 'expert' && reviewer !== me) hidden.add(id)
  const owners = reviewOfSubjects(ops)
  return ops.filter((op) => !hidden.has(owners.get(subjectKey(subjectOf(op))) ?? ''))
}

/**
 * Gathers what goes into a package of a plan: operations, the checklists that reviews are judged by, attachments, and the plans' data
 * where asked.
 */
export function packageContent(source: PackageSource, planId: PlanId, withPlan: boolean, actor: Actor): PackageContent {
  const { catalogue } = source
  const plans = plansBehind(catalogue, planId)
  const all = catalogue.shared.sharedOperations(plans.map(({ id }) => id))
  const ops = visibleOps(all, source.isVisible, catalogue, actor.name)
  const made = { by: actor.name, office: actor.office, at: new Date().toISOString() }
  return contentOf(source, { plans, ops, withPlan, made, auditHead: catalogue.audit.head() })
}

/**
 * What a memo carries of its review: the plan's own operations and those of this one review. Nothing in it tells when or by whom it was
 * printed, so that two prints are the same bytes.
 */
export function memoContent(
  source: PackageSource,
  reviewId: ReviewId,
  withPlan: boolean,
  withAttachments: boolean,
): PackageContent {
  const { catalogue } = source
  const review = catalogue.reviews.get(reviewId)
  const ops = ofReview(catalogue.shared.sharedOperations([review.planId]), reviewId, withAttachments)
  const at = ops.reduce((latest, op) => (op.at > latest ? op.at : latest), review.startedAt)
  return contentOf(source, {
    plans: [catalogue.plans.get(review.planId)],
    ops,
    withPlan,
    made: { by: review.reviewer, office: '', at },
    auditHead: memoHead(catalogue, reviewId),
  })
}

/** Operations on a plan as one review sees them: the plan's own and the review's. */
function ofReview(all: readonly SharedOp[], reviewId: ReviewId, withAttachments: boolean): SharedOp[] {
  const owners = reviewOfSubjects(all)
  return all.filter((op) => {
    const subject = subjectOf(op)
    // An earlier round is another plan, which travels in packages.
    if (subject.entity === 'round' || (subject.entity === 'attachment' && !withAttachments)) return false
    return (owners.get(subjectKey(subject)) ?? reviewId) === reviewId
  })
}

/** The audit chain's head when the review was last changed: what a memo tells of the log, the same in every print. */
export function memoHead({ audit, reviews, shared }: Catalogue, reviewId: ReviewId): AuditHead {
  const { planId, startedAt } = reviews.get(reviewId)
  const last = ofReview(shared.logged([planId]), reviewId, true).at(-1)
  return (last && audit.headOfStep(last.txn)) ?? audit.headAt(startedAt)
}

interface Gathered extends Pick<PackageContent['manifest'], 'made' | 'auditHead'> {
  plans: readonly Plan[]
  ops: readonly SharedOp[]
  withPlan: boolean
}

function contentOf(source: PackageSource, { plans, ops, withPlan, made, auditHead }: Gathered): PackageContent {
  const { catalogue, checklists, version } = source
  const subjects = [...foldAll(ops).values()].filter(({ isThere }) => isThere)
  const valuesOf = <T>(entity: SharedEntity): T[] =>
    subjects.filter((subject) => subject.entity === entity).map(({ value }) => value as unknown as T)
  const used = new Map(
    valuesOf<Review>('review').map(({ checklistId, checklistVersion }) => [
      `${checklistId}@${checklistVersion}`,
      checklists.version(checklistId, checklistVersion),
    ]),
  )
  const attachments = new Map(valuesOf<Attachment>('attachment').map((one) => [one.sha256, one]))
  return {
    manifest: {
      greenprint: PACKAGE_KIND,
      format: PACKAGE_FORMAT,
      engine: { name: 'greenprint', version },
      made,
      plans: plans.map(({ id, name, nameZh, gpkgSha256 }) => ({ id, name, nameZh, gpkgSha256 })),
      checklists: [...used.values()].map((one) => ({
        id: one.id,
        version: one.version,
        title: one.title,
        sha256: checklistHash(one),
      })),
      counts: {
        operations: ops.length,
        reviews: valuesOf('review').length,
        findings: valuesOf('finding').length,
        decisions: valuesOf('item_entry').length,
        attachments: attachments.size,
      },
      auditHead,
    },
    ops,
    checklists: [...used.values()],
    texts: [
      { name: 'operations.jsonl', text: () => linesOf(ops) },
      ...[...used.values()].map((one) => ({ name: checklistName(one.id, one.version), text: () => [JSON.stringify(one)] })),
    ],
    files: [
      ...[...attachments.values()].map((one) => attachmentFile(catalogue, one)),
      ...(withPlan ? planFiles(plans, source.gpkgPath) : []),
    ],
  }
}

/** The same for the same content: how two copies of one checklist version are compared. */
export const checklistHash = (checklist: object): string => createHash('sha256').update(canonicalJson(checklist)).digest('hex')

function* linesOf(ops: readonly SharedOp[]): Generator<string> {
  for (const op of ops) yield `${JSON.stringify(op)}\n`
}

const attachmentFile = (catalogue: Catalogue, { sha256, name }: Attachment): PackedFile => ({
  name: attachmentName(sha256),
  file: path.join(catalogue.paths.attachmentsDir, sha256),
  sha256,
  gone: () => new AppError('share.attachment-gone', { name }),
})

const planFiles = (plans: readonly Plan[], gpkgPath: PackageSource['gpkgPath']): PackedFile[] => [
  ...new Map(
    plans.map(({ gpkgSha256, name }) => [
      gpkgSha256,
      {
        name: planDataName(gpkgSha256),
        file: gpkgPath(gpkgSha256),
        sha256: gpkgSha256,
        gone: () => new AppError('share.plan-gone', { plan: name }),
      },
    ]),
  ).values(),
]
