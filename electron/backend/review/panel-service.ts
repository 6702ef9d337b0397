import type { Level } from '#core/checklist/result.ts'
import type { Input } from '#core/contract/procedures.ts'
import type { PanelMember, PanelView } from '#core/contract/panel-procedures.ts'
import { AppError } from '#core/errors.ts'
import type { PlanId, ReviewId } from '#core/model/ids.ts'
import { disagreements, type Disagreement, type ExpertResult } from '#core/review/consensus.ts'
import type { Review, ReviewView } from '#core/review/review.ts'
import type { Actor } from '#db/actor.ts'
import type { Catalogue } from '#db/catalogue.ts'
import { agreementOf, calibrated, consolidatedOf, levelsOf } from './panel-figures.ts'
import type { ReviewService } from './review-service.ts'

type PanelKey = { planId: PlanId; checklistId: string }

export interface PanelService {
  view(key: PanelKey): PanelView
  /** @throws AppError 'review.already-in-panel' */
  addExpert(input: Input<'panel.addExpert'>): ReviewView
  removeExpert(reviewId: ReviewId): void
  submit(reviewId: ReviewId): Review
  reopen(reviewId: ReviewId): Review
  setBlind(input: Input<'panel.setBlind'>): PanelView
  settle(input: Input<'panel.settle'>): PanelView
  /** @throws AppError 'review.nothing-left', 'review.blind' */
  settleAll(input: Input<'panel.settleAll'>): PanelView
  calibrate(input: Input<'panel.calibrate'>): ReturnType<typeof calibrated>
  /** @throws AppError 'review.blind' when it is another's work in a blind round that is still on */
  assertVisible(reviewId: ReviewId): void
  /** The same as a question; what does not exist hides nothing. */
  isVisible(reviewId: ReviewId): boolean
  /** A blind round is on for some plan. */
  isAnyBlind(): boolean
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
      ...consolidatedOf(lead === null ? null : reviews.view(lead.id), standings),
      ...agreementOf(isOpen ? [] : shown),
    }
  }

  /** The panel's view when its levels may be seen. @throws AppError 'review.blind' */
  const openView = (key: PanelKey): PanelView => {
    const now = view(key)
    if (now.waiting > 0) throw new AppError('review.blind', { waiting: now.waiting })
    return now
  }

  /** How many experts are awaited before a review may be seen; 0: it may. */
  const awaitedFor = (review: Review): number => {
    if (review.role !== 'expert' || review.reviewer === actor().name) return 0
    const { lead, experts } = membersOf(review)
    return isOpenBlind(lead, experts) ? experts.filter(({ submittedAt }) => submittedAt === undefined).length : 0
  }
  const assertVisible = (reviewId: ReviewId): void => {
    const waiting = awaitedFor(catalogue.reviews.get(reviewId))
    if (waiting > 0) throw new AppError('review.blind', { waiting })
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
      const standing = openView(key).disagreements.find((one) => one.item === item)
      const agreed = how === 'median' ? standing?.median : (level as Level | undefined)
      if (standing === undefined || agreed == null) throw new AppError('review.nothing-to-settle', { item })
      commands.setEntry(leadOf(key).id, settlement(standing, how, agreed, reason), actor())
      return view(key)
    },
    settleAll({ reason, ...key }) {
      const { disagreements: standings, remaining } = openView(key)
      const drafts = standings.flatMap((standing) =>
        standing.median === null || !remaining.includes(standing.item)
          ? []
          : [settlement(standing, 'median', standing.median, reason)],
      )
      if (drafts.length === 0) throw new AppError('review.nothing-left', {})
      commands.settleItems(leadOf(key).id, drafts, actor())
      return view(key)
    },
    calibrate({ reviewId, referenceId }) {
      assertVisible(reviewId)
      assertVisible(referenceId)
      return calibrated(reviews.view(reviewId).result, reviews.view(referenceId).result)
    },
    assertVisible,
    isVisible: (reviewId) => {
      const review = catalogue.reviews.find(reviewId)
      return review === undefined || awaitedFor(review) === 0
    },
    isAnyBlind: () =>
      catalogue.plans.list().some(({ id }) =>
        catalogue.reviews.ofPlan(id).some((lead) => {
          if (lead.blind !== true) return false
          const { experts } = membersOf(lead)
          return isOpenBlind(lead, experts)
        }),
      ),
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

/** The lead's entry for a settled item, with the levels that it was settled on. */
const settlement = (standing: Disagreement, how: 'median' | 'lead', level: Level, reason: string) => ({
  item: standing.item,
  level,
  notApplicable: false,
  reason,
  document: null,
  page: null,
  settled: { how, levels: levelsOf(standing) },
})
