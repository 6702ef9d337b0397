import { AppError } from '../errors.ts'
import type { Measurement } from '../model/measurement.ts'
import { whyNotApplicable } from './applicability.ts'
import { describeGap } from './gaps.ts'
import type {
  ChecklistResult,
  DimensionResult,
  GateResult,
  ItemEntry,
  ItemResult,
  Level,
  LevelSource,
  Opinion,
  ScoringInput,
} from './result.ts'
import { levelFromRule } from './rules.ts'
import type { Checklist, ChecklistItem } from './schema.ts'

const TOP_LEVEL = 4

/** A reviewer's word counts only with a reason: both the level and the reason are printed. */
function requireReason(entry: ItemEntry): void {
  const decides = entry.level !== null || entry.notApplicable
  if (decides && entry.reason.trim() === '') throw new AppError('review.reason-required', { item: entry.item })
}

function sourceOf(item: ChecklistItem, entry: ItemEntry | null, autoLevel: Level | null): LevelSource {
  if (entry !== null && entry.level !== null) {
    return item.evidence.includes('document') && entry.document !== null ? 'document' : 'reviewer'
  }
  return autoLevel === null ? 'none' : 'auto'
}

function scoreItem(
  item: ChecklistItem,
  input: ScoringInput,
  measurement: Measurement | undefined,
  entry: ItemEntry | null,
): ItemResult {
  const ruledOut = whyNotApplicable(item, input.cityKind, input.planLevel)
  const saidOut = entry?.notApplicable === true ? { zh: entry.reason, en: entry.reason } : null
  const applicable = ruledOut === null && saidOut === null
  const autoLevel = item.rule === null || measurement === undefined ? null : levelFromRule(item.id, item.rule, measurement)
  const level = applicable ? (entry?.level ?? autoLevel) : null
  return {
    id: item.id,
    dimension: item.dimension,
    applicable,
    notApplicableReason: ruledOut ?? saidOut,
    level,
    source: applicable ? sourceOf(item, entry, autoLevel) : 'none',
    autoLevel,
    entry,
    weight: item.weight,
    score: level === null ? null : (item.weight * level) / TOP_LEVEL,
    gate: item.gate,
    gap: applicable && level === null ? describeGap(item, measurement) : null,
  }
}

interface Sum {
  weight: number
  judgedWeight: number
  score: number | null
}

/** 0..100 over what is judged: items without a level are left out, so the weights of the others are renormalised. */
function sumUp(items: readonly ItemResult[]): Sum {
  let weight = 0
  let judgedWeight = 0
  let points = 0
  for (const item of items) {
    if (!item.applicable) continue
    weight += item.weight
    if (item.score === null) continue
    judgedWeight += item.weight
    points += item.score
  }
  return { weight, judgedWeight, score: judgedWeight === 0 ? null : Math.min(100, (100 * points) / judgedWeight) }
}

/** A gate fails at level 0 only; one that nobody could judge is said to be unchecked, never passed. */
const gateState = (item: ItemResult): GateResult => ({
  item: item.id,
  state: item.level === null ? 'not_checked' : item.level === 0 ? 'failed' : 'passed',
})

function suggestOpinion(checklist: Checklist, total: number | null, coverage: number, gateFailed: boolean): Opinion {
  const { opinions, gateOpinion, notJudged } = checklist
  const said = (id: string, cappedByGate: boolean): Opinion => {
    const title = opinions.find((opinion) => opinion.id === id)?.title ?? notJudged.title
    return { id, title, cappedByGate }
  }
  const reached = total === null ? -1 : opinions.findIndex(({ min }) => min !== null && total >= min)
  const enough = reached >= 0 && coverage >= (notJudged.minCoverage?.value ?? 0)
  const cap = opinions.findIndex(({ id }) => id === gateOpinion)
  if (gateFailed && (!enough || reached < cap)) return said(gateOpinion, true)
  const opinion = enough ? opinions[reached] : undefined
  return opinion === undefined ? said(notJudged.id, false) : said(opinion.id, false)
}

/** Entries about items that this checklist does not have: a typing error or another checklist's; hosts must say so. */
export const entriesWithoutItem = (checklist: Checklist, entries: readonly ItemEntry[]): ItemEntry[] => {
  const known = new Set(checklist.items.map(({ id }) => id))
  return entries.filter(({ item }) => !known.has(item))
}

/**
 * Applies a checklist: total = 100·Σ(w·level)/(4·Σw) over applicable and judged items (levels 0–4, weights in points). Items that
 * do not apply or are not judged leave the sum; coverage (0..1) says how much of the applicable weight was judged. The last entry
 * about an item holds.
 * @throws AppError `review.reason-required` for an entry that decides without a reason; `checklist.unit-mismatch`.
 */
export function scoreChecklist(checklist: Checklist, input: ScoringInput): ChecklistResult {
  input.entries.forEach(requireReason)
  const measurements = new Map(input.measurements.map((measurement) => [measurement.id, measurement]))
  const entries = new Map(input.entries.map((entry) => [entry.item, entry]))
  const items = checklist.items.map((item) =>
    scoreItem(item, input, item.rule === null ? undefined : measurements.get(item.rule.indicator), entries.get(item.id) ?? null),
  )
  const dimensions: DimensionResult[] = checklist.dimensions.map(({ id }) => ({
    id,
    ...sumUp(items.filter(({ dimension }) => dimension === id)),
  }))
  const gates = items.filter(({ gate, applicable }) => gate && applicable).map(gateState)
  const { weight, judgedWeight, score } = sumUp(items)
  const coverage = weight === 0 ? 0 : Math.min(1, judgedWeight / weight)
  const gateFailed = gates.some(({ state }) => state === 'failed')
  return {
    id: checklist.id,
    version: checklist.version,
    items,
    dimensions,
    gates,
    total: score,
    coverage,
    opinion: suggestOpinion(checklist, score, coverage, gateFailed),
  }
}
