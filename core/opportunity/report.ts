import type { FeatureGeometry } from '../contract/map-data.ts'
import type { CorridorGap } from '../indicators/corridor-gaps.ts'
import type { PlanData } from '../indicators/indicator.ts'
import { opportunityCards, type OpportunityCard, type OpportunityCards } from '../indicators/opportunity-cards.ts'
import { anchorOf } from '../overlays/anchor.ts'
import { geometryOfFirst } from '../overlays/view.ts'
import type { Bilingual } from '../text.ts'
import { cardGates, type CardGate } from './card-gates.ts'
import { chosenWeights, choiceParameters, type OpportunityChoice } from './choice.ts'
import { CRITERIA, type CriterionId } from './criteria.ts'
import { staysInFront } from './front.ts'

/** A score card with what a choice makes of it. */
export interface ScoredCard extends OpportunityCard {
  gates: CardGate[]
  /** Share of trials with changed weights in which it stands among the first of its kind; null where it has no score. */
  frontShare: number | null
  /** Where its number stands on the map, metres of the plan's plane; null without ground. */
  anchorM: [x: number, y: number] | null
}

/** Opportunity areas by one choice: as it is shown, exported, and kept with the choice that it comes of. */
export interface OpportunityReport {
  schema: 'opportunity-report/1'
  choice: OpportunityChoice
  method: Bilingual
  notes: Bilingual[]
  cards: ScoredCard[]
  /** Criteria that the plan has data for, and their weights, which sum to 1. */
  criteria: CriterionId[]
  weights: number[]
  consistencyRatio: number | null
  gaps: CorridorGap[]
  /** Outlines of the cards, in their order; `fid` is the number of a card. */
  shapes: FeatureGeometry
}

/** Scores a plan's opportunity areas by a choice; undefined where it has neither stock land nor submitted areas. */
export function opportunityReport(plan: PlanData, choice: OpportunityChoice): OpportunityReport | undefined {
  const found = opportunityCards(plan, choiceParameters(choice))
  if (!found) return undefined
  const { cards, layer, gaps, criteria, weights } = found
  const shares = frontShares(found, choice)
  return {
    schema: 'opportunity-report/1',
    choice,
    method: methodOf(choice),
    notes: notesOf(found, choice),
    cards: cards.map((card, at): ScoredCard => {
      const anchor = anchorOf(layer, at)
      return {
        ...card,
        gates: cardGates(card, choice),
        frontShare: shares.get(card.number) ?? null,
        anchorM: anchor ? [anchor[0] / 1000, anchor[1] / 1000] : null,
      }
    }),
    criteria,
    weights,
    consistencyRatio: chosenWeights(choice.weighting).consistencyRatio ?? null,
    gaps: gaps.gaps,
    shapes: geometryOfFirst(layer, layer.count),
  }
}

/** Each kind is ranked by itself: a proposed area and the submitted one on the same ground are no rivals. */
function frontShares({ cards, criteria, weights }: OpportunityCards, choice: OpportunityChoice): Map<number, number> {
  const shares = new Map<number, number>()
  for (const kind of ['proposed', 'submitted'] as const) {
    const scored = cards.filter((card) => card.kind === kind && card.score !== undefined)
    const figureOf = (card: OpportunityCard, id: CriterionId) => card.criteria.find((one) => one.id === id)?.figure ?? 0
    const figures = scored.map((card) => Float64Array.from(criteria, (id) => figureOf(card, id)))
    const { weightChange: change, front, method } = choice
    const found = staysInFront(figures, weights, { change, front, method })
    for (const [at, { number }] of scored.entries()) shares.set(number, found[at] ?? 0)
  }
  return shares
}

const WEIGHTING: Record<OpportunityChoice['weighting']['kind'], Bilingual> = {
  equal: { zh: '等权', en: 'equal weights' },
  own: { zh: '自定权重', en: 'own weights' },
  compared: { zh: '层次分析法权重', en: 'weights by AHP' },
}
const METHOD: Record<OpportunityChoice['method'], Bilingual> = {
  sum: { zh: '加权求和', en: 'weighted sum' },
  topsis: { zh: 'TOPSIS', en: 'TOPSIS' },
}

function methodOf({ method, weighting, unit, cellM, cut, leastAreaHa, weightChange, front }: OpportunityChoice): Bilingual {
  const percent = Math.round(weightChange * 100)
  const units =
    unit === 'parcels' ? { zh: '存量地块', en: 'Parcels of stock land' } : { zh: `${cellM} m 方格`, en: `Cells of ${cellM} m` }
  const [how, by] = [METHOD[method], WEIGHTING[weighting.kind]]
  return {
    zh: `${units.zh}，${how.zh}，${by.zh}；得分门槛 ${cut}，最小面积 ${leastAreaHa} 公顷；逐项把权重增减 ${percent}%，统计位居同类前 ${front} 的比例。申报地区用同一准则评分。`,
    en: `${units.en}, ${how.en}, ${by.en}; cut of the score ${cut}, least area ${leastAreaHa} ha; every weight is changed by ± ${percent} % in turn, and it is counted how often an area stands among the first ${front} of its kind. Submitted areas are scored by the same rule.`,
  }
}

function notesOf({ criteria }: OpportunityCards, { weighting }: OpportunityChoice): Bilingual[] {
  const { isConsistent, consistencyRatio } = chosenWeights(weighting)
  const left = CRITERIA.filter(({ id }) => !criteria.includes(id))
  const notes: Bilingual[] = []
  if (!isConsistent && consistencyRatio !== undefined) {
    const ratio = consistencyRatio.toFixed(3)
    notes.push({
      zh: `两两比较前后矛盾（一致性比率 ${ratio}，应小于 0.1），未采用其权重，改用等权。`,
      en: `The comparisons contradict each other (consistency ratio ${ratio}, should be below 0.1): their weights were refused; all criteria weigh alike.`,
    })
  }
  if (left.length > 0)
    notes.push({
      zh: `缺少图层或权重为零，未计入：${left.map(({ zh }) => zh).join('、')}。`,
      en: `Left out for want of a layer or of weight: ${left.map(({ en }) => en.toLowerCase()).join(', ')}.`,
    })
  notes.push({
    zh: '住房与岗位容量按默认容积率和人均建筑面积估算；距离为直线距离。',
    en: 'Homes and jobs are estimated by default floor area ratios and floor per home and job; distances are straight lines.',
  })
  return notes
}
