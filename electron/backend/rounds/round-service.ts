import type { CallContext, ExportedFile, Input, Output } from '#core/contract/procedures.ts'
import type { CarriedFinding, RaisedFinding, RoundView } from '#core/contract/round-procedures.ts'
import { AppError } from '#core/errors.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { ManifestEntry } from '#core/model/manifest.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import { CHANGE_KINDS } from '#core/plan-diff/result.ts'
import { adoptionOrigin, adoptionTable } from '#core/review/adoption.ts'
import type { Finding, Remark } from '#core/review/finding.ts'
import type { Review } from '#core/review/review.ts'
import type { Round, RoundChange } from '#core/review/round.ts'
import { contradictions, hardening, type CarriedPair, type GuardNote, type Raised } from '#core/review/rounds-guard.ts'
import { moveMark } from '#core/review/rounds-place.ts'
import { compareScores } from '#core/review/rounds-scores.ts'
import { tableCsv } from '#core/tables/csv.ts'
import { tableWorkbook } from '#core/tables/workbook.ts'
import { bilingual, inLang } from '#core/text.ts'
import { definedOnly } from '#core/without.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { EntryDraft } from '#db/review-commands.ts'
import type { AnalysisService, FollowedRound } from '../analysis/analysis-service.ts'
import { exportFile, type ExportDependencies } from '../export-file.ts'
import { exportName } from '../export-name.ts'
import { writeFileSafely } from '../memo/write-file.ts'
import type { Checklists } from '../review/checklists.ts'
import type { ReviewService } from '../review/review-service.ts'
import { xlsxBytes } from '../tables/xlsx.ts'
import { carryOver, classedNow, refsOf, type RoundSide } from './carry-over.ts'
import { createKeptGround } from './kept-ground.ts'
import { adoptionOf, leadReview } from './round-record.ts'

type Key = Input<'rounds.get'>

export interface RoundService {
  view(key: Key): RoundView
  /** @throws AppError 'round.same-plan', 'round.loop', 'round.already-carried' */
  setEarlier(input: Input<'rounds.setEarlier'>): Round | null
  /** @throws AppError 'round.no-earlier-plan', 'round.no-earlier-review', 'round.numbers-taken', 'compare.no-common-plane', 'request.cancelled' */
  start(key: Key, call: CallContext): Promise<Output<'rounds.start'>>
  /** Compares first: what it returns then brings the findings along, at once. @throws AppError as `start` */
  follow(key: Key, from: EarlierRound, call: CallContext): Promise<() => Output<'rounds.start'>>
  check(input: Input<'rounds.check'>): GuardNote[]
  explain(input: Input<'rounds.explain'>): Remark
  adopt(input: Input<'rounds.adopt'>): Remark
  export(input: Input<'rounds.export'>, call: Pick<CallContext, 'progress'>): Promise<ExportedFile>
}

/** What is known of the round before, here or from a memo. */
export interface EarlierRound {
  plan: Plan
  layers: readonly Layer[]
  findings: readonly Finding[]
}

interface Dependencies extends Omit<ExportDependencies, 'catalogue'> {
  catalogue: Catalogue
  checklists: Checklists
  reviews: ReviewService
  analyses: Pick<AnalysisService, 'follow'>
}

const WHAT = bilingual('意见采纳情况表', 'adoption')

/** What a plan owes to the round before it: findings, numbers, scores, and a memory of what was accepted. */
export function createRoundService(desk: Dependencies): RoundService {
  const { catalogue, checklists, analyses, actor } = desk
  const { plans, findings, records } = catalogue
  const grounds = createKeptGround(catalogue.paths.cacheDir)

  const sideOf = (planId: PlanId, review: Review | null, checklistId: string): RoundSide => ({
    layers: catalogue.layers.ofPlan(planId),
    measurements: catalogue.measurements.ofPlan(planId),
    checklist: review ? checklists.version(review.checklistId, review.checklistVersion) : checklists.get(checklistId),
  })

  const reasonOf = (finding: Finding): string | null =>
    records.of('remark', finding.id).findLast(({ late }) => late === true)?.text ?? null

  const pairsOf = (current: Review): CarriedPair[] =>
    findings.ofReview(current.id).flatMap((now): CarriedPair[] => {
      const earlier = now.carried && findings.find(now.carried.from)
      return earlier ? [{ now, earlier }] : []
    })

  const notesOn = (raised: Raised, current: Review, round: Round): GuardNote[] => {
    const [before, after] = [plans.find(round.previousPlanId), plans.get(round.planId)]
    return contradictions(raised, pairsOf(current), before === undefined ? null : grounds.find({ before, after }))
  }

  /** Everything that `start` reads of the catalogue, as it is now: it reads it again after the comparison. */
  const standing = ({ planId, checklistId }: Key) => {
    const round = records.find('round', planId)
    if (round === undefined) throw new AppError('round.no-earlier-plan', { plan: plans.get(planId).name })
    const earlier = leadReview(catalogue, round.previousPlanId, checklistId)
    if (earlier === null)
      throw new AppError('round.no-earlier-review', { plan: plans.get(round.previousPlanId).name, checklist: checklistId })
    const current = leadReview(catalogue, planId, checklistId)
    const mine = current ? findings.ofReview(current.id) : []
    const numbersAfter = findings.nextNumber(earlier.id, earlier.numbersAfter ?? 0) - 1
    const taken = mine.filter(({ carried, number }) => carried === undefined && number <= numbersAfter)
    if (taken.length > 0) throw new AppError('round.numbers-taken', { numbers: taken.map(({ number }) => number).join(', ') })
    const here = new Set(mine.flatMap(({ carried }) => carried?.from ?? []))
    const all = findings.ofReview(earlier.id).filter(({ withdrawn }) => !withdrawn)
    return { round, earlier, current, numbersAfter, already: here.size, missing: all.filter(({ id }) => !here.has(id)) }
  }

  const carriedHere = (planId: PlanId): number =>
    catalogue.reviews
      .ofPlan(planId)
      .flatMap(({ id }) => findings.ofReview(id))
      .filter(({ carried }) => carried !== undefined).length

  return {
    view: (key) => viewOf(desk, key, { pairsOf, notesOn, reasonOf, sideOf }),
    setEarlier({ planId, previousPlanId }) {
      const count = carriedHere(planId)
      const isSame = (records.find('round', planId)?.previousPlanId ?? null) === previousPlanId
      if (count > 0 && !isSame) throw new AppError('round.already-carried', { count })
      if (isSame) return records.find('round', planId) ?? null
      return catalogue.commands.setPreviousPlan(planId, previousPlanId, actor()).value
    },
    async start(key, call) {
      const { round, missing } = standing(key)
      const plan = plans.get(round.previousPlanId)
      const finish = await follow(key, { plan, layers: catalogue.layers.ofPlan(plan.id), findings: missing }, call)
      return finish()
    },
    follow,
    check({ reviewId, item, evidence, mark }) {
      const current = catalogue.reviews.get(reviewId)
      const round = records.find('round', current.planId)
      return round === undefined ? [] : notesOn({ item, evidence, ...definedOnly({ mark }) } as Raised, current, round)
    },
    explain: ({ findingId, reason }) => catalogue.commands.explainLate(findingId, reason, actor()).value,
    adopt: ({ findingId, adoption, explanation }) =>
      catalogue.commands.adoptFinding(findingId, adoption, explanation, actor()).value,
    async export({ planId, checklistId, format, lang, target }, call) {
      const review = leadReview(catalogue, planId, checklistId)
      const adoption = review && adoptionOf(catalogue, review.id)
      const plan = plans.get(planId)
      if (!review || !adoption) throw new AppError('round.no-earlier-plan', { plan: plan.name })
      const table = adoptionTable(adoption.rows)
      const reader = { lang, areaUnit: catalogue.settings.get().areaUnit }
      const title = lang === 'zh' && plan.nameZh !== null ? plan.nameZh : plan.name
      const leaving = {
        target,
        fileName: exportName(title, `${inLang(WHAT, lang)}.${format}`),
        action: 'round.adoption-exported',
        object: planId,
        detail: { format, review: review.id, findings: table.rows.length },
      }
      return exportFile(desk, leaving, call, async (file) =>
        writeFileSafely(
          file,
          format === 'csv'
            ? tableCsv(table, reader)
            : await xlsxBytes(tableWorkbook(table, adoptionOrigin(title, adoption.round), reader)),
        ),
      )
    },
  }

  async function follow(key: Key, { plan: before, layers: olderLayers, findings: missing }: EarlierRound, call: CallContext) {
    const after = plans.get(key.planId)
    const marked = missing.flatMap(({ id, mark }) => (mark ? [{ id, mark: moveMark(mark, before.frame, after.frame) }] : []))
    const followed = await analyses.follow(
      { plan: before, layers: [...olderLayers] },
      { plan: after, layers: catalogue.layers.ofPlan(after.id) },
      { features: missing.flatMap(({ evidence }) => refsOf(evidence, olderLayers)), marks: marked.map(({ mark }) => mark) },
      call,
    )
    grounds.put({ before, after }, followed.ground)
    const shares = new Map(marked.map(({ id, mark }, at) => [id, { moved: mark, changedShare: followed.markShares[at] ?? 0 }]))
    // People go on working while plans are compared: what came over meanwhile is not brought again.
    return () => {
      const now = standing(key)
      const placed = now.missing
        .filter(({ id }) => missing.some((one) => one.id === id))
        .map((finding) => {
          const mark = shares.get(finding.id)
          return mark ? { finding, mark } : { finding }
        })
      const sides = {
        before: sideOf(before.id, now.earlier, key.checklistId),
        after: sideOf(after.id, now.current, key.checklistId),
      }
      const carried = carryOver(placed, followed.features, sides, now.round.number - 1)
      const review = now.current ?? newReview(key, sides.after.checklist.version, after.manifest.entries ?? [])
      const changed: Round = { ...now.round, changes: changesOf(followed) }
      const start = { round: changed, review, numbersAfter: now.numbersAfter, carried }
      const made = catalogue.commands.startRound(start, actor()).value
      return { carried: made.length, already: now.already }
    }
  }

  function newReview({ planId, checklistId }: Key, checklistVersion: string, entries: readonly ManifestEntry[]) {
    const drafts = entries.map(({ item, level = null, notApplicable, reason, document = null, page = null }): EntryDraft => ({
      item,
      level: level as EntryDraft['level'],
      notApplicable: notApplicable ?? false,
      reason,
      document,
      page,
    }))
    return { draft: { planId, checklistId, checklistVersion }, entries: drafts }
  }
}

const changesOf = ({ layers }: FollowedRound): RoundChange[] =>
  layers.map(({ role, totals }) => ({
    role,
    counts: Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, totals[kind].count])) as RoundChange['counts'],
  }))

interface Lookups {
  pairsOf: (current: Review) => CarriedPair[]
  notesOn: (raised: Raised, current: Review, round: Round) => GuardNote[]
  reasonOf: (finding: Finding) => string | null
  sideOf: (planId: PlanId, review: Review | null, checklistId: string) => RoundSide
}

function viewOf({ catalogue, reviews }: Dependencies, { planId, checklistId }: Key, look: Lookups): RoundView {
  const { findings, records, plans } = catalogue
  const round = records.find('round', planId) ?? null
  const before = round && (plans.find(round.previousPlanId) ?? null)
  const review = leadReview(catalogue, planId, checklistId)
  const earlierReview = before && leadReview(catalogue, before.id, checklistId)
  const mine = review ? findings.ofReview(review.id) : []
  const pairs = review ? new Map(look.pairsOf(review).map((pair) => [pair.now.id, pair])) : new Map<string, CarriedPair>()
  const sides = before &&
    earlierReview && {
      before: look.sideOf(before.id, earlierReview, checklistId),
      after: look.sideOf(planId, review, checklistId),
    }
  const classed = sides ? classedNow([...pairs.values()], sides) : new Map<string, Finding>()
  const from = new Set(mine.flatMap(({ carried }) => carried?.from ?? []))
  const carried = mine.filter((finding) => finding.carried !== undefined)
  const raised = mine.filter((finding) => finding.carried === undefined && !finding.withdrawn)
  const earlierOnes = earlierReview ? findings.ofReview(earlierReview.id).filter(({ withdrawn }) => !withdrawn) : []
  const scoresOf = (of: Review) => {
    const { result, measurements } = reviews.view(of.id)
    return { checklist: look.sideOf(of.planId, of, checklistId).checklist, result, measurements }
  }
  return {
    round,
    earlier: before && { id: before.id, name: before.name, nameZh: before.nameZh },
    earlierReview,
    review,
    isMeasured: catalogue.measurements.keysOfPlan(planId).length > 0,
    toCarry: earlierOnes.filter(({ id }) => !from.has(id)).length,
    carried: carried.map((finding): CarriedFinding => {
      const pair = pairs.get(finding.id)
      return {
        finding: classed.get(finding.id) ?? finding,
        earlier: pair?.earlier ?? null,
        notes: pair ? hardening(pair) : [],
        reason: look.reasonOf(finding),
      }
    }),
    raised:
      round === null || review === null
        ? []
        : raised.map((finding): RaisedFinding => ({
            finding,
            notes: look.notesOn(finding, review, round),
            reason: look.reasonOf(finding),
          })),
    scores: review && earlierReview ? compareScores(scoresOf(earlierReview), scoresOf(review)) : null,
    adoption: review ? (adoptionOf(catalogue, review.id)?.rows ?? []) : [],
  }
}
