import type { ChecklistResult, Level } from '#core/checklist/result.ts'
import { scoreChecklist } from '#core/checklist/score.ts'
import type { Checklist } from '#core/checklist/schema.ts'
import { AppError } from '#core/errors.ts'
import type { ItemDelta, OptionComparison, OptionView } from '#core/contract/option-procedures.ts'
import type { SessionAnswer } from '#core/contract/analysis-procedures.ts'
import type { CallContext, Input } from '#core/contract/procedures.ts'
import type { OptionId, PlanId, ReviewId } from '#core/model/ids.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { OptionEdit, OptionSummary, PlanOption } from '#core/review/option.ts'
import type { Review } from '#core/review/review.ts'
import { bilingual } from '#core/text.ts'
import { definedOnly } from '#core/without.ts'
import type { Actor } from '#db/actor.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { SessionService } from '../analysis/session-service.ts'
import type { Checklists } from '../review/checklists.ts'

export interface OptionService {
  list(reviewId: ReviewId): PlanOption[]
  add(input: Input<'options.add'>): PlanOption
  /** Recommending measures the option to its end, slow indicators too, and keeps what it came to. */
  change(input: Input<'options.change'>, call: CallContext): Promise<PlanOption>
  remove(optionId: OptionId): void
  /** Throws what `analysis.sessionOpen` and `analysis.sessionEdit` throw. */
  open(optionId: OptionId, call: CallContext): Promise<OptionView>
  edit(input: Input<'options.edit'>, call: CallContext): Promise<OptionView>
  settle(optionId: OptionId, call: CallContext): Promise<OptionView>
  compare(input: Input<'options.compare'>, call: CallContext): Promise<OptionComparison>
  changes(optionId: OptionId): OptionEdit[]
  close(planId: PlanId): Promise<void>
}

export interface OptionDeps {
  catalogue: Catalogue
  checklists: Checklists
  sessions: SessionService
  actor: () => Actor
}

/** A plan in memory, and which stored steps it has taken: the log decides, memory follows. */
interface Trial {
  sessionId: string
  base: readonly Measurement[]
  now: Map<string, Measurement>
  taken: string[]
  waiting: readonly string[]
  /** Slow measurements by the steps after which they were made: the plan comes back to the same steps when options are compared. */
  settled: Map<string, readonly Measurement[]>
}

/** Between two steps a call may be cancelled: the plan in memory stands at the last one. */
function goOn({ signal }: CallContext): void {
  if (signal.aborted) throw new AppError('request.cancelled', { procedure: 'options.open' })
}

const stepsOf = ({ taken }: Trial): string => taken.join()

/** What is known of the plan after its steps: what was settled for exactly them stands in for what waits. */
function known(trial: Trial): { measurements: Measurement[]; waiting: readonly string[] } {
  const settled = trial.settled.get(stepsOf(trial)) ?? []
  const instead = new Map(settled.map((measurement) => [measurement.id, measurement]))
  return {
    measurements: [...trial.now.values()].map((measurement) =>
      trial.waiting.includes(measurement.id) ? (instead.get(measurement.id) ?? measurement) : measurement,
    ),
    waiting: trial.waiting.filter((id) => !instead.has(id)),
  }
}

/**
 * What-if options: their steps are stored like everything else, so undo, redo and a restart work on them as on anything; one session
 * per plan is brought to whichever option is looked at, step by step forward or back.
 */
export function createOptionService({ catalogue, checklists, sessions, actor }: OptionDeps): OptionService {
  const { commands, records } = catalogue
  const trials = new Map<PlanId, Trial>()
  /** One after the other: two calls must not move the same plan in memory. */
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work, work)
    queue = turn.catch(() => undefined)
    return turn
  }

  const trialOf = async (planId: PlanId, call: CallContext): Promise<Trial> => {
    const known = trials.get(planId)
    if (known && sessions.isOpen(known.sessionId)) return known
    const { sessionId, measurements } = await sessions.open(catalogue.plans.get(planId), catalogue.layers.ofPlan(planId), call)
    const now = new Map(measurements.map((measurement) => [measurement.id, measurement]))
    const trial: Trial = { sessionId, base: measurements, now, taken: [], waiting: [], settled: new Map() }
    trials.set(planId, trial)
    return trial
  }

  const follow = (trial: Trial, answer: SessionAnswer): void => {
    for (const measurement of answer.changed) trial.now.set(measurement.id, measurement)
    trial.waiting = answer.waiting
  }

  /** Brings the plan in memory to exactly the stored steps; returns the milliseconds that measuring took. */
  const bring = async (trial: Trial, steps: readonly OptionEdit[], call: CallContext): Promise<number> => {
    let ms = 0
    const common = steps.findIndex(({ id }, at) => trial.taken[at] !== id)
    const kept = common === -1 ? Math.min(steps.length, trial.taken.length) : common
    const total = trial.taken.length - kept + steps.length - kept
    let done = 0
    const told = () => call.progress({ done: (done += 1), total, label: TAKING_STEPS })
    while (trial.taken.length > kept) {
      goOn(call)
      const answer = await sessions.undo(trial.sessionId)
      follow(trial, answer)
      ms += answer.ms
      trial.taken.pop()
      if (total > 1) told()
    }
    for (const step of steps.slice(kept)) {
      goOn(call)
      const answer = await sessions.edit(trial.sessionId, step.edits, { leaveSlow: true })
      follow(trial, answer)
      ms += answer.ms
      trial.taken.push(step.id)
      if (total > 1) told()
    }
    return ms
  }

  /** Memory must not hold a step that the disk refused. */
  const stored = async (trial: Trial, store: () => string): Promise<string> => {
    try {
      return store()
    } catch (error) {
      follow(trial, await sessions.undo(trial.sessionId))
      throw error
    }
  }

  const scored = (review: Review, checklist: Checklist, measurements: readonly Measurement[]): ChecklistResult => {
    const { cityKind, planLevel } = catalogue.plans.get(review.planId)
    return scoreChecklist(checklist, { measurements, entries: catalogue.entries.ofReview(review.id), cityKind, planLevel })
  }

  const viewOf = (option: PlanOption, trial: Trial, ms: number): OptionView => {
    const review = catalogue.reviews.get(option.reviewId)
    const checklist = checklists.version(review.checklistId, review.checklistVersion)
    const base = scored(review, checklist, trial.base)
    const { measurements, waiting } = known(trial)
    const result = scored(review, checklist, measurements)
    const { total, coverage, opinion } = base
    return {
      option,
      steps: records.of('option_edit', option.id).map(({ edits: _, optionId: __, ...step }) => step),
      result,
      base: { total, coverage, opinion },
      deltas: deltasOf(checklist, { result: base, measurements: trial.base }, { result, measurements }, waiting),
      waiting: [...waiting],
      ms,
    }
  }

  /** Brings the plan to the option's last step, then works on it; nobody moves it in between. */
  const onOption = <T>(
    optionId: OptionId,
    call: CallContext,
    work: (at: { option: PlanOption; trial: Trial; ms: number }) => T | Promise<T>,
  ): Promise<T> =>
    inTurn(async () => {
      const option = records.get('option', optionId)
      const trial = await trialOf(catalogue.reviews.get(option.reviewId).planId, call)
      return work({ option, trial, ms: await bring(trial, records.of('option_edit', optionId), call) })
    })

  /** Measures what still waits, unless it is known of exactly these steps: one indicator after the other, so that it can be stopped in between. */
  const settle = async (trial: Trial, call: CallContext): Promise<number> => {
    if (known(trial).waiting.length === 0) return 0
    const waited = trial.waiting
    let ms = 0
    for (const [done, only] of waited.entries()) {
      goOn(call)
      call.progress({ done, total: waited.length, label: SETTLING })
      const answer = await sessions.settle(trial.sessionId, only)
      follow(trial, answer)
      ms += answer.ms
    }
    if (trial.settled.size >= MOST_SETTLED) trial.settled.clear()
    trial.settled.set(
      stepsOf(trial),
      [...trial.now.values()].filter(({ id }) => waited.includes(id)),
    )
    return ms
  }

  const settled = (optionId: OptionId, call: CallContext): Promise<OptionView> =>
    onOption(optionId, call, async ({ option, trial }) => viewOf(option, trial, await settle(trial, call)))

  return {
    list: (reviewId) => records.of('option', reviewId),
    add: ({ reviewId, name, copyOf }) => commands.addOption(reviewId, name, copyOf, actor()).value,
    async change({ optionId, name, recommended }, call) {
      const summary = typeof recommended === 'string' ? summaryOf(await settled(optionId, call)) : undefined
      const change = definedOnly({ name, recommended, summary })
      return commands.changeOption(optionId, change, actor()).value
    },
    remove: (optionId) => void commands.removeOption(optionId, actor()),
    open: (optionId, call) => onOption(optionId, call, ({ option, trial, ms }) => viewOf(option, trial, ms)),
    edit: ({ optionId, title, edits }, call) =>
      onOption(optionId, call, async ({ option, trial }) => {
        // Tried out first: an edit that cannot be made must leave no step behind.
        const answer = await sessions.edit(trial.sessionId, edits, { leaveSlow: true })
        follow(trial, answer)
        trial.taken.push(await stored(trial, () => commands.editOption(optionId, title, edits, actor()).value.id))
        return viewOf(option, trial, answer.ms)
      }),
    settle: settled,
    async compare({ reviewId, settle: all = false }, call) {
      const views: OptionView[] = []
      const options = records.of('option', reviewId)
      // One bar over all options: their single steps are not told beside it.
      const progress: CallContext['progress'] = (now) =>
        all && (now.label === TAKING_STEPS || now.label === SETTLING) ? undefined : call.progress(now)
      for (const [done, { id }] of options.entries()) {
        goOn(call)
        views.push(
          await onOption(id, { ...call, progress }, async ({ option, trial, ms }) =>
            viewOf(option, trial, ms + (all ? await settle(trial, { ...call, progress }) : 0)),
          ),
        )
        if (all) call.progress({ done: done + 1, total: options.length, label: COMPARING })
      }
      return compared(views, catalogue.reviews.get(reviewId), scored, checklists, catalogue)
    },
    changes: (optionId) => records.of('option_edit', optionId),
    async close(planId) {
      const trial = trials.get(planId)
      trials.delete(planId)
      if (trial) await sessions.close(trial.sessionId)
    },
  }
}

function summaryOf({ base, result, deltas, steps }: OptionView): OptionSummary {
  return {
    before: { total: base.total, opinion: base.opinion },
    after: { total: result.total, opinion: result.opinion },
    items: deltas.map(({ item, before, after }) => ({ item, before, after })),
    steps: steps.map(({ id, title, by, at }) => ({ id, title, by, at })),
  }
}

interface State {
  result: ChecklistResult
  measurements: readonly Measurement[]
}

const TAKING_STEPS = bilingual('载入方案的各步', 'Taking the option’s steps')
const SETTLING = bilingual('测算慢指标', 'Measuring the slow indicators')
const COMPARING = bilingual('测算各方案的慢指标', 'Measuring the slow indicators of the options')
/** As many states of a plan as any review has options, and some to undo. */
const MOST_SETTLED = 60

/** Level and value of an item in one state. */
function standing(
  checklist: Checklist,
  item: string,
  { result, measurements }: State,
): { level: Level | null; value: number | null } {
  const indicator = checklist.items.find(({ id }) => id === item)?.rule?.indicator
  const outcome = measurements.find(({ id }) => id === indicator)?.outcome
  const level = result.items.find(({ id }) => id === item)?.level ?? null
  return { level, value: outcome?.kind === 'value' ? outcome.value : null }
}

function deltasOf(checklist: Checklist, before: State, after: State, waiting: readonly string[]): ItemDelta[] {
  return checklist.items.flatMap(({ id, rule }) => {
    const delta = { item: id, before: standing(checklist, id, before), after: standing(checklist, id, after) }
    const isWaiting = rule !== null && waiting.includes(rule.indicator)
    const isSame = delta.before.level === delta.after.level && delta.before.value === delta.after.value
    return isSame && !isWaiting ? [] : [{ ...delta, isWaiting }]
  })
}

/** Items that some option changes, each with every option's standing. */
function compared(
  views: readonly OptionView[],
  review: Review,
  scored: (review: Review, checklist: Checklist, measurements: readonly Measurement[]) => ChecklistResult,
  checklists: Checklists,
  catalogue: Catalogue,
): OptionComparison {
  const checklist = checklists.version(review.checklistId, review.checklistVersion)
  const { total, coverage, opinion } = views[0]?.base ?? scored(review, checklist, catalogue.measurements.ofPlan(review.planId))
  const items = checklist.items.flatMap(({ id }) => {
    const deltas = views.map(({ deltas: of }) => of.find(({ item }) => item === id))
    const base = deltas.find((delta) => delta !== undefined)?.before
    return base === undefined
      ? []
      : [
          {
            item: id,
            base,
            options: deltas.map((delta) => ({ ...(delta?.after ?? base), isWaiting: delta?.isWaiting === true })),
          },
        ]
  })
  return {
    base: { total, coverage, opinion },
    options: views.map(({ option, result, steps, waiting }) => ({
      option,
      total: result.total,
      coverage: result.coverage,
      opinion: result.opinion,
      steps: steps.length,
      waiting,
    })),
    items,
  }
}
