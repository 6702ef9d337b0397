import { existsSync } from 'node:fs'
import type { CallContext, Input } from '#core/contract/procedures.ts'
import type { MemoRound } from '#core/contract/share-procedures.ts'
import { AppError } from '#core/errors.ts'
import type { PlanId } from '#core/model/ids.ts'
import { roleInfo, ROLE_IDS } from '#core/model/roles.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import type { Finding } from '#core/review/finding.ts'
import type { Review } from '#core/review/review.ts'
import { foldAll } from '#core/share/fold.ts'
import { planDataName } from '#core/share/manifest.ts'
import { placedByLayer } from '#core/share/memo-places.ts'
import type { SharedEntity } from '#core/share/operation.ts'
import { inLang, type Lang } from '#core/text.ts'
import type { Actor } from '#db/actor.ts'
import type { Catalogue } from '#db/catalogue.ts'
import { titles } from '#db/titles.ts'
import type { FileTokens } from '../backend.ts'
import type { Checklists } from '../review/checklists.ts'
import { leadReview } from '../rounds/round-record.ts'
import type { RoundService } from '../rounds/round-service.ts'
import { pathsOfToken, withOpened, type Opening } from './opened-packages.ts'
import type { OpenedPackage } from './package-files.ts'
import { unknownChecklists, type ShareService } from './share-service.ts'

export interface MemoRounds {
  /** @throws AppError 'share.*', 'share.no-review', 'round.*', 'request.cancelled' */
  start(input: Input<'share.asRound'>, call: CallContext): Promise<MemoRound>
}

interface Dependencies extends Opening {
  catalogue: Catalogue
  checklists: Checklists
  gpkgPath: (sha256: string) => string
  tokens: FileTokens
  actor: () => Actor
  shares: Pick<ShareService, 'prepare'>
  rounds: Pick<RoundService, 'setEarlier' | 'follow'>
}

/** What a memo or package says of its last plan and the lead's review of it. */
interface Carried {
  plan: Plan
  layers: Layer[]
  review: Review
  findings: Finding[]
}

/** The findings of a memo on a plan that was imported here by itself, as its next round. */
export function createMemoRounds(desk: Dependencies): MemoRounds {
  const { catalogue, rounds, actor } = desk

  /** Both plans are here: the memo is merged, its plan becomes the round before, its findings come along: one step. */
  async function compared(input: Input<'share.asRound'>, told: Carried, call: CallContext): Promise<MemoRound> {
    const { planId } = input
    const prepared = await desk.shares.prepare({ files: input.files, passphrase: input.passphrase }, call)
    const key = { planId, checklistId: told.review.checklistId }
    const known = leadReview(catalogue, planId, key.checklistId)
    const here = new Set<string>(
      (known ? catalogue.findings.ofReview(known.id) : []).flatMap(({ carried: fate }) => fate?.from ?? []),
    )
    const findings = told.findings.filter(({ id, withdrawn }) => !withdrawn && !here.has(id))
    const bring = await rounds.follow(key, { ...told, findings }, call)
    const { receipt, carried, already } = catalogue.commands.asOneStep(
      titles.memoAsRound(findings.length),
      actor(),
      () => {
        const merged = prepared.merge()
        rounds.setEarlier({ planId, previousPlanId: told.plan.id })
        return { receipt: merged, ...bring() }
      },
      'round.started',
    ).value
    prepared.note(receipt)
    const review = leadReview(catalogue, planId, key.checklistId)
    const gone = (review ? catalogue.findings.ofReview(review.id) : []).filter(({ carried: fate }) => fate?.class === 'deleted')
    const evidence = new Map<string, Finding>(told.findings.map((finding) => [finding.id, finding]))
    const lost = gone.map(({ number, text, carried: fate }) => ({
      number,
      text,
      places: (evidence.get(fate?.from ?? '')?.evidence ?? []).map(({ layer, fid }) => `${layer} #${fid}`),
    }))
    return { planId, reviewId: review?.id ?? null, how: 'compared', carried, already, lost }
  }

  /** Only the memo is here: layers that have the same content keep their places, other places are named as lost. */
  function byLayer(planId: PlanId, told: Carried, opened: OpenedPackage): MemoRound {
    const plan = catalogue.plans.get(planId)
    const { checklistId, checklistVersion } = told.review
    const current = leadReview(catalogue, planId, checklistId)
    const mine = current ? catalogue.findings.ofReview(current.id) : []
    const here = new Set<string>(mine.flatMap(({ carried }) => carried?.from ?? []))
    const asked = told.findings.filter(({ id, withdrawn }) => !withdrawn && !here.has(id))
    const numbersAfter = Math.max(told.review.numbersAfter ?? 0, ...told.findings.map(({ number }) => number), 0)
    const taken = mine.filter(({ carried, number }) => carried === undefined && number <= numbersAfter)
    if (taken.length > 0) throw new AppError('round.numbers-taken', { numbers: taken.map(({ number }) => number).join(', ') })
    const known = catalogue.records.find('round', planId)
    if (known !== undefined && known.previousPlanId !== told.plan.id)
      throw new AppError('round.already-carried', { count: mine.length })
    const from = { frame: told.plan.frame, layers: told.layers }
    const placed = placedByLayer(asked, from, { frame: plan.frame, layers: catalogue.layers.ofPlan(planId) })
    const { lang } = catalogue.settings.get()
    const round = known ?? {
      planId,
      previousPlanId: told.plan.id,
      number: 1 + Math.max(1, ...placed.map(({ finding }) => finding.carried?.firstRound ?? 1)),
    }
    const draft = { planId, checklistId, checklistVersion }
    const made = catalogue.commands.startRound(
      {
        round,
        review: current ?? { draft, entries: [] },
        numbersAfter,
        carried: placed.map(({ finding }) => finding),
        notes: placed.map(({ lost }) => (lost.length === 0 ? null : lostNote(lost, lang))),
        checklists: unknownChecklists(desk, [opened]),
      },
      actor(),
    ).value
    catalogue.audit.record({
      actor: actor(),
      action: 'package.opened',
      object: planId,
      detail: { fileSha256: opened.sha256, carried: made.length, lost: placed.filter(({ lost }) => lost.length > 0).length },
    })
    return {
      planId,
      reviewId: made[0]?.reviewId ?? current?.id ?? null,
      how: 'by-layer',
      carried: made.length,
      already: here.size,
      lost: placed.flatMap(({ finding: { number, text }, lost }) => (lost.length === 0 ? [] : [{ number, text, places: lost }])),
    }
  }

  return {
    start: async (input, call) => {
      const plan = catalogue.plans.get(input.planId)
      const [file = ''] = pathsOfToken(desk.tokens, input.files)
      const told = await withOpened(desk, input.passphrase, call.signal, async (open) => {
        const opened = await open(file)
        const carried = carriedOf(opened)
        if (carried.plan.id === plan.id)
          throw new AppError('share.same-plan', { file: opened.fileName, plan: plan.nameZh ?? plan.name })
        const { gpkgSha256 } = carried.plan
        const isHere = existsSync(desk.gpkgPath(gpkgSha256))
        const comes = opened.manifest.members.some(({ name }) => name === planDataName(gpkgSha256))
        return isHere || comes ? carried : byLayer(plan.id, carried, opened)
      })
      return 'how' in told ? told : compared(input, told, call)
    },
  }
}

/** @throws AppError 'share.no-review' for a package that holds no lead's review of its last plan */
function carriedOf({ ops, manifest, fileName }: OpenedPackage): Carried {
  const subjects = [...foldAll(ops).values()].filter(({ isThere }) => isThere)
  const valuesOf = <T>(entity: SharedEntity): T[] =>
    subjects.filter((subject) => subject.entity === entity).map(({ value }) => value as unknown as T)
  const plan = valuesOf<Plan>('plan').find(({ id }) => id === manifest.plans.at(-1)?.id)
  const review = valuesOf<Review>('review').find(({ planId, role }) => planId === plan?.id && role !== 'expert')
  if (plan === undefined || review === undefined) throw new AppError('share.no-review', { file: fileName })
  return {
    plan,
    layers: valuesOf<Layer>('layer').filter(({ planId }) => planId === plan.id),
    review,
    findings: valuesOf<Finding>('finding')
      .filter(({ reviewId }) => reviewId === review.id)
      .toSorted((a, b) => a.number - b.number),
  }
}

/** Kept under the finding, where whoever goes on with it reads it. */
function lostNote(places: readonly string[], lang: Lang): string {
  const named = places.map((place) => {
    const [id = '', number = ''] = place.split(' ')
    const role = ROLE_IDS.find((one) => one === id)
    return role === undefined ? (lang === 'zh' ? '图上标记' : 'the drawing') : `${inLang(roleInfo(role).title, lang)} ${number}`
  })
  return lang === 'zh'
    ? `原意见书所据的方案不在本库，下列位置在本方案中未能找到，请重新指明：${named.join('、')}。`
    : `The plan that the memo judged is not here. These places could not be found on this plan; point them out again: ${named.join(', ')}.`
}
