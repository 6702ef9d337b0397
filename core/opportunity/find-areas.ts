import type { LayerColumns } from '../geo/columns.ts'
import type { OutlinePart } from './cell-outline.ts'
import { CRITERION_IDS, OPPORTUNITY, type CriterionId } from './criteria.ts'
import type { CellFigures, Surroundings } from './figures.ts'
import { parcelUnits } from './parcel-units.ts'
import { sensitivity, topsis, weightedSum, type Figures } from './rank.ts'
import type { SiteGround } from './site-cells.ts'
import { cellUnits, type SiteUnits } from './units.ts'
import { comparisonFault, normalised, weightsFromComparisons } from './weights.ts'

/** Own weights by criterion, or comparisons in pairs in the order of criteria. */
export type Weighting =
  { kind: 'own'; weights: Readonly<Record<CriterionId, number>> } | { kind: 'compared'; matrix: readonly (readonly number[])[] }

/** How opportunity areas are looked for. */
export interface OpportunityRule {
  /** Pieces of ground that are scored: square cells (unless told), or parcels of stock land as they are. */
  unit?: 'cells' | 'parcels'
  cellM: number
  weighting: Weighting
  ranking: 'sum' | 'topsis'
  /** A cell is chosen when its score is at least this. */
  cut: number
  /** A cell with less usable stock land (as a share of it) is not looked at. */
  leastStockShare: number
  leastAreaM2: number
  /** Every weight is changed by ± this share in turn. */
  weightChange: number
}

/** What is known of one area, proposed or submitted. Figures are means over its ground. */
export interface ScoreCard {
  areaM2: number
  /** Usable stock land. */
  stockM2: number
  /** Ground where no area may lie: by 16 places in each cell, of parcels exactly. */
  excludedM2: number
  score: number
  figures: Partial<Record<CriterionId, number>>
  /** Least and greatest score when weights change. */
  low: number
  high: number
  /** Share of its ground times trials in which the ground stays chosen, 0 … 1. */
  stableShare: number
  homes: number
  jobs: number
  meetsCapacityTest: boolean
}

/** An area that the rule finds. */
export interface ProposedArea extends ScoreCard {
  /** 1, 2, 3 … by score, best first. */
  rank: number
  /** Cells of the grid, or features of stock land. */
  cells: number[]
  /** In mm of the frame. */
  outline: OutlinePart[]
  /** Middle of the unit nearest to the mean of all, mm. */
  middle: [x: number, y: number]
}

export interface FoundAreas {
  /** Width of the cells in use; more than asked for where a city would have too many. */
  cellM: number
  /** Criteria that the plan has layers for, and their weights, which sum to 1. */
  criteria: CriterionId[]
  weights: number[]
  /** Of comparisons; undefined for own weights. */
  consistencyRatio: number | undefined
  /** False where comparisons contradict each other: their weights were refused, and all criteria weigh alike. */
  isConsistent: boolean
  candidates: number
  proposed: ProposedArea[]
  /** The same rule for a feature that somebody submitted; undefined where it has no ground. */
  scoreOf(layer: LayerColumns, feature: number): ScoreCard | undefined
}

/**
 * Finds opportunity areas by several criteria over square cells or parcels (seed article on the London Plan: stock land concentrated,
 * near centres, near transport). Gates: units with stock land and without ground that control lines, reserves, high hazard or water take.
 * Weighted sum or TOPSIS; units at or above the cut that lie together (8 neighbours; parcels across a street) make an area if they are
 * large enough. `submitted` layers are scored with the same figures. Comparisons that contradict each other (CR of 0.1 or more) are refused: then all
 * criteria weigh alike. Undefined without any ground to look at, or without a criterion that carries weight. Throws RangeError for
 * comparisons that are none.
 */
export function findOpportunityAreas(
  ground: SiteGround,
  around: Surroundings,
  submitted: readonly LayerColumns[],
  rule: OpportunityRule,
): FoundAreas | undefined {
  const units = (rule.unit === 'parcels' ? parcelUnits : cellUnits)(ground, around, submitted, rule)
  const weighted = units && weightsOf(rule.weighting, units.figures)
  if (!units || !weighted) return undefined
  const scored = scoreUnits(units, weighted, rule)
  return {
    cellM: units.cellM,
    criteria: weighted.criteria,
    weights: weighted.weights,
    consistencyRatio: weighted.consistencyRatio,
    isConsistent: weighted.isConsistent,
    candidates: units.candidates.length,
    proposed: clusters(units, scored, rule).map((area, at) => ({ ...area, rank: at + 1 })),
    scoreOf(layer, feature) {
      const of = units.sharesOf(layer, feature)
      return of && cardOf(units, scored, of)
    },
  }
}

interface Weighted {
  criteria: CriterionId[]
  weights: number[]
  consistencyRatio: number | undefined
  isConsistent: boolean
}

/** Weights of the criteria that could be measured, made to sum to 1. */
function weightsOf(weighting: Weighting, measured: CellFigures): Weighted | undefined {
  const compared = weighting.kind === 'compared' ? fromMatrix(weighting.matrix) : undefined
  const isConsistent = compared?.isConsistent ?? true
  const weightOf = (id: CriterionId, at: number) =>
    weighting.kind === 'own' ? weighting.weights[id] : isConsistent ? (compared?.weights[at] ?? 0) : 1
  const used = CRITERION_IDS.map((id, at) => ({ id, weight: weightOf(id, at) })).filter(
    ({ id, weight }) => measured[id] !== undefined && weight !== 0,
  )
  const weights = normalised(used.map(({ weight }) => weight))
  return weights && { criteria: used.map(({ id }) => id), weights, consistencyRatio: compared?.consistencyRatio, isConsistent }
}

function fromMatrix(matrix: readonly (readonly number[])[]) {
  const fault = comparisonFault(matrix)
  if (fault || matrix.length !== CRITERION_IDS.length)
    throw new RangeError('comparisons must be a reciprocal matrix of all criteria')
  return weightsFromComparisons(matrix)
}

/** What all units reach. */
interface Scored {
  criteria: readonly CriterionId[]
  figures: Figures
  scores: Float64Array
  chosen: Float64Array
  low: Float64Array
  high: Float64Array
}

function scoreUnits({ figures: measured, areaM2 }: SiteUnits, { criteria, weights }: Weighted, rule: OpportunityRule): Scored {
  const figures = Array.from(areaM2, (_, at) => Float64Array.from(criteria, (id) => measured[id]?.[at] ?? 0))
  const rank = rule.ranking === 'topsis' ? topsis : weightedSum
  const { chosen, low, high } = sensitivity(figures, weights, rule.weightChange, rule.cut, rank)
  return { criteria, figures, scores: rank(figures, weights), chosen, low, high }
}

/** Means over units by the area of each that counts. */
function cardOf(units: SiteUnits, scored: Scored, shareOf: ReadonlyMap<number, number>): ScoreCard {
  const sums = { area: 0, score: 0, low: 0, high: 0, stable: 0, stock: 0, excluded: 0, homes: 0, jobs: 0 }
  const figures = new Float64Array(scored.criteria.length)
  for (const [unit, share] of shareOf) {
    const row = scored.figures[unit]
    const areaM2 = share * (units.areaM2[unit] ?? 0)
    sums.area += areaM2
    sums.score += areaM2 * (scored.scores[unit] ?? 0)
    sums.low += areaM2 * (scored.low[unit] ?? 0)
    sums.high += areaM2 * (scored.high[unit] ?? 0)
    sums.stable += areaM2 * (scored.chosen[unit] ?? 0)
    sums.excluded += share * (units.excludedM2[unit] ?? 0)
    const stockM2 = share * (units.stockM2[unit] ?? 0)
    sums.stock += stockM2
    figures.forEach((sum, criterion) => (figures[criterion] = sum + areaM2 * (row?.[criterion] ?? 0)))
    const { homes, jobs } = capacityOf(stockM2, nearnessOf(scored.criteria, row))
    sums.homes += homes
    sums.jobs += jobs
  }
  const mean = (sum: number) => sum / sums.area
  return {
    areaM2: sums.area,
    stockM2: sums.stock,
    excludedM2: sums.excluded,
    score: mean(sums.score),
    figures: Object.fromEntries(scored.criteria.map((id, at) => [id, mean(figures[at] ?? 0)])),
    low: mean(sums.low),
    high: mean(sums.high),
    stableShare: mean(sums.stable),
    homes: sums.homes,
    jobs: sums.jobs,
    meetsCapacityTest: meetsCapacityTest(sums.homes, sums.jobs),
  }
}

/** Whether an area carries as much as London asks of one: so many jobs, or so many homes. */
export const meetsCapacityTest = (homes: number, jobs: number): boolean =>
  jobs >= OPPORTUNITY.capacityTest.jobs || homes >= OPPORTUNITY.capacityTest.homes

const nearnessOf = (criteria: readonly CriterionId[], row: Float64Array | undefined): number =>
  criteria.reduce((best, id, at) => (id === 'rail' || id === 'centre' ? Math.max(best, row?.[at] ?? 0) : best), 0)

/** Homes and jobs that fit on stock land by the densities of the data file. `nearness` is 0 … 1. */
export function capacityOf(stockM2: number, nearness: number): { homes: number; jobs: number } {
  const { plotShare, floorM2PerHome, floorM2PerJob, nearFrom, near, other } = OPPORTUNITY.capacity
  const { floorAreaRatio, homesFloorShare } = nearness >= nearFrom ? near : other
  const floorM2 = stockM2 * plotShare * floorAreaRatio
  return { homes: (floorM2 * homesFloorShare) / floorM2PerHome, jobs: (floorM2 * (1 - homesFloorShare)) / floorM2PerJob }
}

/** Chosen units that lie together, as areas that are large enough, best score first; of equals the one that comes first. */
function clusters(units: SiteUnits, scored: Scored, { cut, leastAreaM2 }: OpportunityRule): Omit<ProposedArea, 'rank'>[] {
  const chosen = units.candidates.filter((unit) => (scored.scores[unit] ?? 0) >= cut)
  return units
    .groups(chosen)
    .filter((group) => group.reduce((sum, unit) => sum + (units.areaM2[unit] ?? 0), 0) >= leastAreaM2)
    .map((group) => {
      const whole = new Map(group.map((unit) => [unit, 1]))
      const cells = group.map((unit) => units.nameOf(unit))
      return { ...cardOf(units, scored, whole), cells, outline: units.outlineOf(group), middle: units.middleOf(group) }
    })
    .toSorted((one, other) => other.score - one.score || (one.cells[0] ?? 0) - (other.cells[0] ?? 0))
}
