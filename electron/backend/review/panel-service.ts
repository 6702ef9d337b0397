import type { ChecklistResult, Level } from '#core/checklist/result.ts'
import type { Input } from '#core/contract/procedures.ts'
import type { PanelMember, PanelView } from '#core/contract/panel-procedures.ts'
import { AppError } from '#core/errors.ts'
import type { PlanId, ReviewId } from '#core/model/ids.ts'
import { fleissKappa, weightedKappa } from '#core/review/agreement.ts'
import { disagreements, type Disagreement, type ExpertResult } from '#core/review/consensus.ts'
import type { Review, ReviewView } from '#core/review/review.ts'
import type { Actor } from '#db/actor.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { ReviewService } from './review-service.ts'

type PanelKey = { planId: PlanId; checklistId: string }

const LEVELS = 5

export interface PanelService {
  view(key: PanelKey): PanelView
  /** @throws AppError 'review.already-in-panel' */
  addExpert(input: Input<'panel.addExpert'>): ReviewView
  removeExpert(reviewId: ReviewId): void
  submit(reviewId: ReviewId): Review
  reopen(reviewId: ReviewId): Review
  setBlind(input: Input<'panel.setBlind'>): PanelView
  settle(input: Input<'panel.settle'>): PanelView
  calibrate(input: Input<'panel.calibrate'>): ReturnType<typeof calibrated>
  /** @throws AppError 'review.blind' when it is another's work in a blind round that is still on */
  assertVisible(reviewId: ReviewId): void
}

/** A lead and several experts over one plan and checklist. Nothing here is stored twice: a panel is the plan's reviews. */
export function createPanelService(catalogue: Catalogue, reviews: ReviewService, actor: () => Actor): PanelService {
  const { commands } = catalogue

  /** The panel's reviews: the lead's latest, and the experts' in the order in which they joined. */
  const membersOf = ({ planId, checklistId }: PanelKey) => {
    const all = catalogue.reviews.ofPlan(planId).filter((review) => review.checklistId === checklistId)
    const lead = all.find(({ role }) => role !== 'expert') ?? null
    const version = lead?.checklistVersion
    return { lead, experts: all.filter((one) => one.role === 'expert' && one.checklistVersion === version).reverse() }
  }

  const leadOf = (key: PanelKey): Review => membersOf(key).lead ?? reviews.open(key.planId, key.checklistId).review

  const isOpenBlind = (lead: Review | null, experts: readonly Review[]): boolean =>
    lead?.blind === true && experts.some(({ submittedAt }) => submittedAt === undefined)

  const view = (key: PanelKey): PanelView => {
    const { lead, experts } = membersOf(key)
    const isBlind = lead?.blind === true
    const isOpen = isOpenBlind(lead, experts)
    const members = experts.map((review, at) => {
      const isHidden = isOpen && review.reviewer !== actor().name
      const name = isBlind ? `#${at + 1}` : review.reviewer
      const { result, findings } = reviews.view(review.id)
      return { review, name, isHidden, result, findings: findings.filter(({ withdrawn }) => !withdrawn).length }
    })
    const shown = members.filter(({ isHidden }) => !isHidden)
    const standings = isOpen ? [] : disagreements(shown)
    return {
      lead,
      experts: members.map((member) => shownMember(member, isBlind)),
      isBlind,
      waiting: isOpen ? experts.filter(({ submittedAt }) => submittedAt === undefined).length : 0,
      disagreements: standings,
      settled: lead === null ? {} : settledOf(reviews.view(lead.id), standings),
      ...agreementOf(isOpen ? [] : shown),
    }
  }

  return {
    view,
    addExpert({ reviewer, ...key }) {
      const lead = leadOf(key)
      const { experts } = membersOf(key)
      if ([lead, ...experts].some((one) => one.reviewer === reviewer)) throw new AppError('review.already-in-panel', { reviewer })
      const { planId, checklistId, checklistVersion } = lead
      const draft = { planId, checklistId, checklistVersion, role: 'expert' as const, reviewer }
      return reviews.view(commands.openReview(draft, actor()).value.id)
    },
    removeExpert: (reviewId) => void commands.removeReview(reviewId, actor()),
    submit: (reviewId) => commands.submitReview(reviewId, actor()).value,
    reopen: (reviewId) => commands.reopenReview(reviewId, actor()).value,
    setBlind({ isBlind, ...key }) {
      commands.setBlind(leadOf(key).id, isBlind, actor())
      return view(key)
    },
    settle({ item, how, level, reason, ...key }) {
      const { lead, experts } = membersOf(key)
      if (isOpenBlind(lead, experts)) {
        throw new AppError('review.blind', { waiting: view(key).waiting })
      }
      const standing = view(key).disagreements.find((one) => one.item === item)
      const agreed = how === 'median' ? standing?.median : (level as Level | undefined)
      if (standing === undefined || agreed === undefined || agreed === null)
        throw new AppError('review.nothing-to-settle', { item })
      const entry = { item, level: agreed, notApplicable: false, reason, document: null, page: null }
      commands.setEntry(leadOf(key).id, { ...entry, settled: { how, levels: levelsOf(standing) } }, actor())
      return view(key)
    },
    calibrate({ reviewId, referenceId }) {
      return calibrated(reviews.view(reviewId).result, reviews.view(referenceId).result)
    },
    assertVisible(reviewId) {
      const review = catalogue.reviews.get(reviewId)
      if (review.role !== 'expert' || review.reviewer === actor().name) return
      const { lead, experts } = membersOf(review)
      const waiting = experts.filter(({ submittedAt }) => submittedAt === undefined).length
      if (isOpenBlind(lead, experts)) throw new AppError('review.blind', { waiting })
    },
  }
}

type Member = Omit<PanelMember, 'total' | 'coverage'> & ExpertResult

/** While the round is blind a name is a number, also in the review itself: what is exported must not tell either. */
function shownMember({ review, name, isHidden, result, findings }: Member, isBlind: boolean): PanelMember {
  return {
    review: isBlind ? { ...review, reviewer: name } : review,
    name,
    isHidden,
    total: isHidden ? null : result.total,
    coverage: isHidden ? 0 : result.coverage,
    findings: isHidden ? 0 : findings,
  }
}

const levelsOf = ({ levels }: Disagreement) => levels.map(({ reviewer, level }) => ({ reviewer, level }))

/** What the lead settled, and whether the experts' levels are still those that it was settled on. */
function settledOf({ entries }: ReviewView, standings: readonly Disagreement[]): PanelView['settled'] {
  const settled = entries.flatMap((entry) => (entry.settled === undefined ? [] : [{ item: entry.item, ...entry.settled }]))
  return Object.fromEntries(
    settled.map(({ item, how, levels }) => {
      const now = standings.find((one) => one.item === item)
      const isStale =
        now !== undefined &&
        JSON.stringify(now.levels.map(({ level }) => level)) !== JSON.stringify(levels.map(({ level }) => level))
      return [item, { how, isStale }]
    }),
  )
}

/** Pairs and the whole panel, over the items that all who are compared have judged. */
function agreementOf(experts: readonly ExpertResult[]): Pick<PanelView, 'agreement' | 'pairs'> {
  const levels = experts.map(({ result }) => new Map(result.items.map(({ id, level }) => [id, level])))
  const items = experts[0]?.result.items.map(({ id }) => id) ?? []
  const judgedByAll = items.filter((item) => levels.every((of) => of.get(item) != null))
  const counts = judgedByAll.map((item) => {
    const row = Array.from({ length: LEVELS }, () => 0)
    for (const of of levels) row[of.get(item) ?? 0] = (row[of.get(item) ?? 0] ?? 0) + 1
    return row
  })
  const pairs = experts.flatMap((first, at) =>
    experts.slice(at + 1).map((second) => ({
      first: first.name,
      second: second.name,
      agreement: calibrated(first.result, second.result).agreement,
    })),
  )
  return { agreement: fleissKappa(counts), pairs }
}

/** Two results of one checklist, item by item where both have a level. */
function calibrated(mine: ChecklistResult, reference: ChecklistResult) {
  const theirs = new Map(reference.items.map(({ id, level }) => [id, level]))
  const both = mine.items.flatMap(({ id, level }) => {
    const other = theirs.get(id)
    return level === null || other == null ? [] : [{ item: id, level, reference: other }]
  })
  return {
    agreement: weightedKappa(both.map(({ level, reference: other }) => [level, other])),
    differing: both.filter(({ level, reference: other }) => level !== other),
  }
}
