import { layerBuilder, type FieldTypes } from '../geo/build.ts'
import { numberAt, textAt, type LayerColumns } from '../geo/columns.ts'
import { partsOf } from '../geo/edit-layer.ts'
import { areasWithin } from '../geo/overlay-area.ts'
import { linesWithin } from '../geo/lines-within.ts'
import type { Role } from '../model/roles.ts'
import { CRITERIA, type CriterionId } from '../opportunity/criteria.ts'
import type { FoundAreas, ScoreCard } from '../opportunity/find-areas.ts'
import type { Bilingual } from '../text.ts'
import { areaPlaceTypes, type AreaPlaceType } from './area-place-types.ts'
import type { CorridorGaps } from './corridor-gaps.ts'
import type { GapKind } from './gap-label.ts'
import {
  areasOfPlan,
  areaTitle,
  hazardOf,
  KEEP_OFF,
  type AreaParameters,
  type AreasOfPlan,
  type SubmittedArea,
} from './f01-areas.ts'
import { opportunityAreas } from './f01-opportunity-areas.ts'
import { VERDICTS } from './f01-tables.ts'
import type { PlanData } from './indicator.ts'
import { defaultsOf } from './parameters.ts'

/** One criterion on a score card: weight × figure is what it adds to a weighted sum. */
export interface CardCriterion {
  id: CriterionId
  title: Bilingual
  /** Of all weights, 0 … 1; 0 where the plan has no data for it. */
  weight: number
  /** 0 … 1, higher is better; null where it could not be measured. */
  figure: number | null
}

/** A gap of a corridor that an area lies on, and how much of the gap lies in it. */
export interface CardGap {
  /** Its name wherever it is shown: see `gapLabel`. */
  label: string
  kind: GapKind
  title: Bilingual
  lengthM: number
  insideM: number
}

/** Everything known of one opportunity area, for a card beside the map. */
export interface OpportunityCard {
  /** `fid` of its feature in the layer of the cards, unique over both kinds. */
  number: number
  kind: 'proposed' | 'submitted'
  /** Its own feature in the plan, where it was submitted. */
  fid: number | undefined
  /** Among its kind, best score first: 1, 2, 3 … */
  rank: number
  title: Bilingual
  areaM2: number
  /** Undefined where nothing could be measured. */
  score: number | undefined
  /** Least and greatest score as weights change, and the share of trials in which it stays chosen. */
  low: number | undefined
  high: number | undefined
  stableShare: number | undefined
  criteria: CardCriterion[]
  stockM2: number | undefined
  /** Estimated on the stock land, and what the plan states. */
  homes: number | undefined
  jobs: number | undefined
  meetsCapacityTest: boolean | undefined
  statedHomes: number | undefined
  statedJobs: number | undefined
  phase: string | undefined
  strategy: string | undefined
  /** Submitted: whether it meets the rule. Proposed: whether submitted areas cover it. */
  verdict: 'passes' | 'gate' | 'below' | 'unknown' | 'submitted' | 'missed'
  verdictText: Bilingual
  /** Share of it that areas of the other kind cover, 0 … 1. */
  otherShare: number
  /** Overlap with control lines, reserves and zones of high hazard; those without any are left out. */
  redLines: { layer: Role; areaM2: number }[]
  corridorM2: number
  gaps: CardGap[]
  /** Of Tokyo's nine kinds of places those that data show here. */
  placeTypes: AreaPlaceType[]
}

export interface OpportunityCards {
  /** Proposed areas by rank, then submitted ones by rank. */
  cards: OpportunityCard[]
  /** Polygons parallel to `cards`; `fid` is the number. Attributes: kind, rank, score, verdict, homes, jobs, gapM, redLineM2. */
  layer: LayerColumns
  gaps: CorridorGaps
  criteria: CriterionId[]
  weights: number[]
  /** Of weights by AHP. */
  consistencyRatio: number | undefined
}

/**
 * Proposed and submitted opportunity areas as score cards with features: score by criterion, capacity, rank, what they touch, and the
 * corridor gaps that they lie on. `parameters` are F01's in base units; what is not given is the default. Undefined where the plan has
 * neither stock land nor submitted areas.
 */
export function opportunityCards(plan: PlanData, parameters: Partial<AreaParameters> = {}): OpportunityCards | undefined {
  const inUse = { ...(defaultsOf(opportunityAreas) as AreaParameters), ...parameters }
  const result = areasOfPlan(plan, inUse)
  const proposed = proposedCards(result, inUse)
  const submitted = submittedCards(result, proposed.length)
  const cards = [...proposed, ...submitted]
  const { gaps } = result
  const layer = layerOfCards(cards, result)
  if (!layer) return undefined
  addOverlaps(plan, cards, layer, gaps)
  for (const [at, types] of areaPlaceTypes(plan, layer).entries()) cards[at]?.placeTypes.push(...types)
  return {
    cards,
    layer: withFigures(layer, cards),
    gaps,
    criteria: result.found?.criteria ?? [],
    weights: result.found?.weights ?? [],
    consistencyRatio: result.found?.consistencyRatio,
  }
}

/** What a score card holds whether the area was proposed or submitted. */
function figuresOf(found: FoundAreas | undefined, card: ScoreCard | undefined) {
  const weightOf = (id: CriterionId) => found?.weights[found.criteria.indexOf(id)] ?? 0
  return {
    score: card?.score,
    low: card?.low,
    high: card?.high,
    stableShare: card?.stableShare,
    stockM2: card?.stockM2,
    homes: card?.homes,
    jobs: card?.jobs,
    meetsCapacityTest: card?.meetsCapacityTest,
    criteria: CRITERIA.map(({ id, zh, en }) => ({
      id,
      title: { zh, en },
      weight: weightOf(id),
      figure: card?.figures[id] ?? null,
    })),
    redLines: [],
    corridorM2: 0,
    gaps: [],
    placeTypes: [],
  }
}

const NOTHING_STATED = { statedHomes: undefined, statedJobs: undefined, phase: undefined, strategy: undefined } as const

function proposedCards({ found, coveredShare }: AreasOfPlan, parameters: AreaParameters): OpportunityCard[] {
  return (found?.proposed ?? []).map((area, at): OpportunityCard => {
    const verdict = (coveredShare[at] ?? 0) >= parameters.coveredShare ? 'submitted' : 'missed'
    return {
      number: at + 1,
      kind: 'proposed',
      fid: undefined,
      rank: area.rank,
      title: { zh: `建议地区 ${area.rank}`, en: `proposed area ${area.rank}` },
      areaM2: area.areaM2,
      ...figuresOf(found, area),
      ...NOTHING_STATED,
      verdict,
      verdictText: COVERED[verdict],
      otherShare: coveredShare[at] ?? 0,
    }
  })
}

const COVERED = { submitted: { zh: '已申报', en: 'submitted' }, missed: { zh: '未申报', en: 'not submitted' } } as const

function submittedCards({ found, areas, submitted }: AreasOfPlan, before: number): OpportunityCard[] {
  if (!areas) return []
  const ranked = submitted.toSorted((one, other) => (other.card?.score ?? -1) - (one.card?.score ?? -1))
  return ranked.map((area: SubmittedArea, at): OpportunityCard => {
    const { feature, card, verdict } = area
    return {
      number: before + at + 1,
      kind: 'submitted',
      fid: areas.fid[feature] ?? 0,
      rank: at + 1,
      title: areaTitle(areas, feature),
      areaM2: area.areaM2,
      ...figuresOf(found, card),
      statedHomes: numberAt(areas, 'homes', feature),
      statedJobs: numberAt(areas, 'jobs', feature),
      phase: textAt(areas, 'phase', feature),
      strategy: textAt(areas, 'strategy', feature),
      verdict,
      verdictText: VERDICTS[verdict],
      otherShare: area.proposedShare,
    }
  })
}

/** The ground of every card, in the order of the cards. */
function layerOfCards(cards: readonly OpportunityCard[], { areas, proposedLayer }: AreasOfPlan): LayerColumns | undefined {
  const frame = (areas ?? proposedLayer)?.frame
  if (!frame || cards.length === 0) return undefined
  const builder = layerBuilder({ role: 'opportunity_area', name: 'score cards', kind: 'polygon', frame }, {}, 0.001)
  for (const { number, kind, rank, fid } of cards) {
    const from = kind === 'proposed' ? proposedLayer : areas
    const feature = kind === 'proposed' ? rank - 1 : (areas?.fid.indexOf(fid ?? -1) ?? -1)
    builder.add(number, from ? partsOf(from, feature) : [], {})
  }
  return builder.finish('')
}

function addOverlaps(
  plan: PlanData,
  cards: readonly OpportunityCard[],
  layer: LayerColumns,
  { gaps, lines }: CorridorGaps,
): void {
  const overlaps = (role: Role) =>
    plan
      .layers(role)
      .filter(({ kind }) => kind === 'polygon')
      .map((other) => areasWithin(layer, other, role === 'hazard' ? { b: hazardOf(other).isClosed } : undefined))
  for (const role of [...KEEP_OFF, 'hazard'] as const) {
    for (const areaM2 of overlaps(role)) {
      for (const [at, card] of cards.entries())
        if ((areaM2[at] ?? 0) > 1) card.redLines.push({ layer: role, areaM2: areaM2[at] ?? 0 })
    }
  }
  for (const areaM2 of overlaps('corridor')) for (const [at, card] of cards.entries()) card.corridorM2 += areaM2[at] ?? 0
  if (!lines) return
  linesWithin(lines, layer, (line, at, insideM) => {
    const [card, gap] = [cards[at], gaps[line]]
    if (card && gap && insideM > 0) {
      const { label, kind, title, lengthM } = gap
      card.gaps.push({ label, kind, title, lengthM, insideM })
    }
  })
}

const FIELDS: FieldTypes = {
  kind: 'text',
  rank: 'number',
  name: 'text',
  score: 'number',
  verdict: 'text',
  homes: 'number',
  jobs: 'number',
  redLineM2: 'number',
  gapM: 'number',
}

/** The same features with what a map colours and lists them by. */
function withFigures(layer: LayerColumns, cards: readonly OpportunityCard[]): LayerColumns {
  const { role, name, kind, frame } = layer
  const builder = layerBuilder({ role, name, kind, frame }, FIELDS, 0.001)
  for (const [at, card] of cards.entries()) {
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
    builder.add(card.number, partsOf(layer, at), {
      kind: card.kind,
      rank: card.rank,
      name: card.title.zh,
      score: card.score,
      verdict: card.verdict,
      homes: card.homes,
      jobs: card.jobs,
      redLineM2: sum(card.redLines.map(({ areaM2 }) => areaM2)),
      gapM: sum(card.gaps.map(({ insideM }) => insideM)),
    })
  }
  return builder.finish('')
}
