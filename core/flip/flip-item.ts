import { planSession, type PlanEdit, type PlanSession } from '../analysis/plan-session.ts'
import { levelFromRule } from '../checklist/rules.ts'
import type { Level } from '../checklist/result.ts'
import type { Checklist } from '../checklist/schema.ts'
import type { LayerColumns } from '../geo/columns.ts'
import type { Geos } from '../geo/geos.ts'
import { indicatorById } from '../indicators/index.ts'
import type { Indicator } from '../indicators/indicator.ts'
import { layersByRole, planOf, type PlanFacts } from '../indicators/measure-plan.ts'
import type { Measurement } from '../model/measurement.ts'
import type { Role } from '../model/roles.ts'
import { amountChange, leastAmount } from './bound.ts'
import type { Candidate } from './change.ts'
import { edgeOf, goalOf, isGoal, reaches, type Goal } from './goal.ts'
import { gainsOf, sizeTotals, valueOf, withoutClashes } from './outcome.ts'
import { MOVE_TITLES } from './flip-rules.ts'
import { MOVES } from './moves/index.ts'
import type { MoveInput } from './moves/move.ts'
import { addresses, shortfalls } from './plan-places.ts'
import type { FlipResult, Found, FoundChange, SearchedMove } from './result.ts'
import { searchChanges, type SearchBudget } from './search.ts'

/** What a search starts from. `measurements` are of exactly these layers. */
export interface FlipInput {
  checklist: Checklist
  item: string
  /** The next level up where absent. */
  to?: Level | undefined
  plan: PlanFacts
  layers: readonly LayerColumns[]
  geos: Geos
  /** The manifest's parameters. */
  parameters: Readonly<Record<string, number>>
  measurements: readonly Measurement[]
  budget: SearchBudget
  report: (progress: { evaluations: number; most: number }) => void
}

/** A search with the edits that it found, for whoever goes on with them. */
export interface FlipOutcome {
  result: FlipResult
  /** Parallel to the changes of the result; none where nothing was found. */
  edits: readonly (readonly PlanEdit[])[]
}

/**
 * Searches for a small set of changes that lifts one checklist item to a level, with the incremental session as its judge: what is said to
 * reach the level was measured. Side effects on other items are for `sideEffectsOf`. The same input gives the same answer, unless
 * `budget.isOver` looks at a clock.
 * @throws AppError what a session throws for parameters and edits
 */
export function flipItem(input: FlipInput): FlipOutcome {
  const item = input.checklist.items.find(({ id }) => id === input.item)
  const indicator = item?.rule ? indicatorById(item.rule.indicator) : undefined
  const measurement = input.measurements.find(({ id }) => id === indicator?.id)
  if (!item) throw new Error(`the checklist ${input.checklist.id} has no item ${input.item}`)
  const goal = goalOf(item, measurement, input.to)
  if (!isGoal(goal) || !indicator || !measurement) {
    const because = 'because' in goal ? goal.because : UNKNOWN
    return { result: { state: 'no-search', item: item.id, indicator: indicator?.id ?? null, because }, edits: [] }
  }
  return searched(input, goal, indicator, measurement)
}

const UNKNOWN = { zh: '本版本没有此项的指标。', en: 'This version has no indicator for the item.' }

/** What one kind of change, or several together, came to. */
interface Attempt {
  searched: SearchedMove[]
  chosen: readonly Candidate[] | undefined
  isMinimal: boolean
}

function searched(input: FlipInput, goal: Goal, indicator: Indicator, measurement: Measurement): FlipOutcome {
  const session = planSession({
    plan: input.plan,
    layers: input.layers,
    geos: input.geos,
    parameters: ownParameters(indicator, input.parameters),
    indicators: [indicator],
    measured: [measurement],
  })
  const spending = { evaluations: 0, hitBound: false }
  const search = searcher(input, goal, session, spending)
  const moveInput = moveInputOf(input, goal, session, measurement)
  const lists = goal.flip.moves.map((move) => ({ move, candidates: withoutClashes(MOVES[move].candidates(moveInput)) }))
  const attempts = lists.map(({ move, candidates }, at) => attempt(search, move, candidates, lists.length - at))
  const best = smallest(attempts) ?? together(search, lists)
  const common = {
    item: goal.item,
    indicator: goal.indicator,
    from: goal.from,
    to: goal.to,
    unit: indicator.unit,
    before: valueOf(measurement) ?? 0,
    threshold: edgeOf(goal.rule, goal.to) ?? null,
    least: leastAmount(goal, measurement) ?? null,
    searched: attempts.flatMap((one) => one.searched),
    ...spending,
  }
  if (!best?.chosen) {
    const farthest = lists.map(({ candidates }) => valueWith(session, candidates))
    return { result: { ...common, state: 'nothing-found', farthest: nearestTo(goal, farthest) }, edits: [] }
  }
  const edits = best.chosen.map((one) => one.edits)
  return { result: { ...common, ...found(goal, measurement, session, best.chosen), isMinimal: best.isMinimal }, edits }
}

type Search = (candidates: readonly Candidate[], share: number) => Pick<Attempt, 'chosen' | 'isMinimal'>

/** Runs a search on what is left of the budget, divided among those still to come. */
function searcher(input: FlipInput, goal: Goal, session: PlanSession, spent: { evaluations: number; hitBound: boolean }): Search {
  const { budget, report } = input
  return (candidates, share) => {
    const left = Math.floor((budget.evaluations - spent.evaluations) / Math.max(1, share))
    const already = spent.evaluations
    const answer = searchChanges({
      sizes: candidates.map(({ size }) => size.value),
      reached: (chosen) => {
        const tried = measuredWith(
          session,
          chosen.flatMap((at) => candidates[at]?.edits ?? []),
        )
        return tried !== undefined && reaches(goal, tried)
      },
      budget: { evaluations: left, isOver: budget.isOver },
      report: (done) => report({ evaluations: already + done, most: budget.evaluations }),
    })
    spent.evaluations += answer.evaluations
    spent.hitBound ||= answer.hitBound
    return { chosen: answer.chosen?.flatMap((at) => candidates[at] ?? []), isMinimal: answer.isMinimal }
  }
}

/** The item's measurement with some edits made; the session is as before afterwards. */
function measuredWith(session: PlanSession, edits: readonly PlanEdit[]): Measurement | undefined {
  if (edits.length === 0) return session.current()[0]
  const [measurement] = session.apply(edits).measurements
  session.undo()
  return measurement
}

const valueWith = (session: PlanSession, candidates: readonly Candidate[]): number | undefined => {
  const measurement =
    candidates.length > 0
      ? measuredWith(
          session,
          candidates.flatMap(({ edits }) => edits),
        )
      : undefined
  return measurement && valueOf(measurement)
}

function moveInputOf(input: FlipInput, goal: Goal, session: PlanSession, measurement: Measurement): MoveInput {
  const plan = planOf(input.plan, layersByRole(session.layers()), input.geos)
  const { shortfall, shortfallOf } = goal.flip
  const who = shortfallOf === undefined ? measurement : input.measurements.find(({ id }) => id === shortfallOf)
  const lacking = (shortfall || shortfallOf !== undefined) && who ? shortfalls((role) => plan.layers(role as Role), who) : []
  return { plan, goal, rule: goal.flip, measurement, shortfalls: lacking, address: addresses(input.layers) }
}

function attempt(search: Search, move: SearchedMove['move'], candidates: readonly Candidate[], share: number): Attempt {
  const title = MOVE_TITLES[move]
  const { chosen, isMinimal } = candidates.length > 0 ? search(candidates, share) : { chosen: undefined, isMinimal: false }
  const total = (chosen && sizeTotals(chosen)[0]) ?? null
  return { searched: [{ move, title, candidates: candidates.length, total }], chosen, isMinimal }
}

/** The attempt whose changes are smallest; where they are told in different units, the one that is listed first. */
function smallest(attempts: readonly Attempt[]): Attempt | undefined {
  const reached = attempts.filter(({ chosen }) => chosen !== undefined)
  const totalOf = ({ searched: [only] }: Attempt) => only?.total ?? { unit: 'count', value: 0 }
  const isAlike = new Set(reached.map((one) => totalOf(one).unit)).size <= 1
  return isAlike ? reached.toSorted((one, other) => totalOf(one).value - totalOf(other).value)[0] : reached[0]
}

/** All kinds of change at once, where none of them is enough alone. */
function together(search: Search, lists: readonly { candidates: readonly Candidate[] }[]): Attempt | undefined {
  if (lists.filter(({ candidates }) => candidates.length > 0).length < 2) return undefined
  const all = withoutClashes(lists.flatMap(({ candidates }) => candidates))
  return { searched: [], ...search(all, 1) }
}

function found(
  goal: Goal,
  measurement: Measurement,
  session: PlanSession,
  chosen: readonly Candidate[],
): Omit<Found, 'isMinimal' | keyof Searching> {
  const after =
    measuredWith(
      session,
      chosen.flatMap(({ edits }) => edits),
    ) ?? measurement
  const gains = goal.flip.shortfall ? gainsOf(measurement, after) : { gains: [], gainedFeatures: 0 }
  return {
    state: 'found',
    reached: levelFromRule(goal.item, goal.rule, after) ?? goal.to,
    after: valueOf(after) ?? 0,
    changes: chosen.map(({ move, features, shapes, size, from, to, note }): FoundChange => ({
      move,
      features,
      shapes,
      size,
      from,
      to,
      note,
    })),
    totals: sizeTotals(chosen),
    amount: amountChange(goal, measurement, after) ?? null,
    ...gains,
    sideEffects: [],
  }
}

type Searching = Pick<
  Found,
  'item' | 'indicator' | 'from' | 'to' | 'unit' | 'before' | 'threshold' | 'least' | 'searched' | 'evaluations' | 'hitBound'
>

/** Of several values the one that comes nearest to the level. */
function nearestTo({ rule }: Goal, values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined)
  if (known.length === 0) return null
  return rule.kind === 'edges' && rule.better === 'lower' ? Math.min(...known) : Math.max(...known)
}

/** The parameters of a manifest that one indicator has; all of them were checked when the plan was measured. */
const ownParameters = (indicator: Indicator, asked: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(asked).filter(([key]) => {
      const name = key.startsWith(`${indicator.id}.`) ? key.slice(indicator.id.length + 1) : key
      return Object.hasOwn(indicator.parameters, name)
    }),
  )
