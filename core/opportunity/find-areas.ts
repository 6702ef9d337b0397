import type { LayerColumns } from '../geo/columns.ts'
import { labelled } from '../network/morphology.ts'
import { outlineOfCells, type OutlinePart } from './cell-outline.ts'
import { CRITERION_IDS, OPPORTUNITY, type CriterionId } from './criteria.ts'
import { cellFigures, type CellFigures, type Surroundings } from './figures.ts'
import { sensitivity, topsis, weightedSum, type Figures } from './rank.ts'
import { cellsOfFeature, siteCells, type SiteCells, type SiteGround } from './site-cells.ts'
import { comparisonFault, normalised, weightsFromComparisons } from './weights.ts'

/** Own weights by criterion, or comparisons in pairs in the order of criteria. */
export type Weighting =
  { kind: 'own'; weights: Readonly<Record<CriterionId, number>> } | { kind: 'compared'; matrix: readonly (readonly number[])[] }

/** How opportunity areas are looked for. */
export interface OpportunityRule {
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
  /** Ground where no area may lie, by 16 places in each cell. */
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
  cells: number[]
  /** In mm of the frame. */
  outline: OutlinePart[]
  /** Middle of the cell nearest to the mean of all, mm. */
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
  candidates: number
  proposed: ProposedArea[]
  /** The same rule for a feature that somebody submitted; undefined where it has no ground. */
  scoreOf(layer: LayerColumns, feature: number): ScoreCard | undefined
}

/**
 * Finds opportunity areas by several criteria over square cells (seed article on the London Plan: stock land concentrated, near
 * centres, near transport). Gates: cells with stock land and without any ground that control lines, reserves or water take. Weighted
 * sum or TOPSIS; cells at or above the cut that touch (8 neighbours) make an area if they are large enough. `submitted` layers are scored with the same
 * figures. Undefined without any ground to look at, or without a criterion that carries weight. Throws RangeError for comparisons that are none.
 */
export function findOpportunityAreas(
  ground: SiteGround,
  around: Surroundings,
  submitted: readonly LayerColumns[],
  rule: OpportunityRule,
): FoundAreas | undefined {
  const site = siteCells(ground, submitted, rule.cellM)
  if (!site) return undefined
  const shares = submitted.map((layer) =>
    Array.from({ length: layer.count }, (_, feature) => cellsOfFeature(site, layer, feature)),
  )
  const isCandidate = (cell: number) =>
    (site.stockShare[cell] ?? 0) >= Math.max(rule.leastStockShare, 1e-9) && site.excludedShare[cell] === 0
  const candidates = Array.from(site.stockShare.keys()).filter(isCandidate)
  const inSubmitted = shares.flatMap((list) => list.flatMap((each) => [...each.keys()]))
  const cells = [...new Set([...candidates, ...inSubmitted])].toSorted((one, other) => one - other)
  const measured = cellFigures(site, cells, around, ground.stock !== undefined)
  const weighted = weightsOf(rule.weighting, measured)
  if (!weighted) return undefined
  const scored = scoreCells(cells, measured, weighted, rule)
  const found = (weightOf: ReadonlyMap<number, number>) => cardOf(site, scored, weightOf)
  return {
    cellM: site.cellMm / 1000,
    criteria: weighted.criteria,
    weights: weighted.weights,
    consistencyRatio: weighted.consistencyRatio,
    candidates: candidates.length,
    proposed: clusters(site, candidates, scored, rule).map((area, at) => ({ ...area, rank: at + 1 })),
    scoreOf(layer, feature) {
      const of = shares[submitted.indexOf(layer)]?.[feature]
      return of && of.size > 0 ? found(of) : undefined
    },
  }
}

interface Weighted {
  criteria: CriterionId[]
  weights: number[]
  consistencyRatio: number | undefined
}

/** Weights of the criteria that could be measured, made to sum to 1. */
function weightsOf(weighting: Weighting, measured: CellFigures): Weighted | undefined {
  const compared = weighting.kind === 'compared' ? fromMatrix(weighting.matrix) : undefined
  const weightOf = (id: CriterionId, at: number) =>
    weighting.kind === 'own' ? weighting.weights[id] : (compared?.weights[at] ?? 0)
  const used = CRITERION_IDS.map((id, at) => ({ id, weight: weightOf(id, at) })).filter(
    ({ id, weight }) => measured[id] !== undefined && weight !== 0,
  )
  const weights = normalised(used.map(({ weight }) => weight))
  return weights && { criteria: used.map(({ id }) => id), weights, consistencyRatio: compared?.consistencyRatio }
}

function fromMatrix(matrix: readonly (readonly number[])[]) {
  const fault = comparisonFault(matrix)
  if (fault || matrix.length !== CRITERION_IDS.length)
    throw new RangeError('comparisons must be a reciprocal matrix of all criteria')
  return weightsFromComparisons(matrix)
}

/** All cells that are looked at, and what they reach. */
interface Scored {
  placeOf: ReadonlyMap<number, number>
  criteria: readonly CriterionId[]
  figures: Figures
  scores: Float64Array
  chosen: Float64Array
  low: Float64Array
  high: Float64Array
}

function scoreCells(
  cells: readonly number[],
  measured: CellFigures,
  { criteria, weights }: Weighted,
  rule: OpportunityRule,
): Scored {
  const figures = cells.map((_, at) => Float64Array.from(criteria, (id) => measured[id]?.[at] ?? 0))
  const rank = rule.ranking === 'topsis' ? topsis : weightedSum
  const { chosen, low, high } = sensitivity(figures, weights, rule.weightChange, rule.cut, rank)
  const placeOf = new Map(cells.map((cell, at) => [cell, at]))
  return { placeOf, criteria, figures, scores: rank(figures, weights), chosen, low, high }
}

/** Means over cells by the share of each that counts. */
function cardOf(site: SiteCells, scored: Scored, shareOf: ReadonlyMap<number, number>): ScoreCard {
  const cellM2 = (site.cellMm / 1000) ** 2
  const sums = { weight: 0, score: 0, low: 0, high: 0, stable: 0, stock: 0, excluded: 0, homes: 0, jobs: 0 }
  const figures = new Float64Array(scored.criteria.length)
  for (const [cell, share] of shareOf) {
    const at = scored.placeOf.get(cell) ?? -1
    const row = scored.figures[at]
    sums.weight += share
    sums.score += share * (scored.scores[at] ?? 0)
    sums.low += share * (scored.low[at] ?? 0)
    sums.high += share * (scored.high[at] ?? 0)
    sums.stable += share * (scored.chosen[at] ?? 0)
    sums.excluded += share * (site.excludedShare[cell] ?? 0)
    const stockM2 = share * (site.stockShare[cell] ?? 0) * cellM2
    sums.stock += stockM2
    figures.forEach((sum, criterion) => (figures[criterion] = sum + share * (row?.[criterion] ?? 0)))
    const { homes, jobs } = capacityOf(stockM2, nearnessOf(scored.criteria, row))
    sums.homes += homes
    sums.jobs += jobs
  }
  const mean = (sum: number) => sum / sums.weight
  return {
    areaM2: sums.weight * cellM2,
    stockM2: sums.stock,
    excludedM2: sums.excluded * cellM2,
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

/** Chosen cells that touch, as areas that are large enough, best score first; of equals the southern one. */
function clusters(
  site: SiteCells,
  candidates: readonly number[],
  scored: Scored,
  { cut, leastAreaM2 }: OpportunityRule,
): Omit<ProposedArea, 'rank'>[] {
  const marked = new Uint8Array(site.columns * site.rows)
  for (const cell of candidates) if ((scored.scores[scored.placeOf.get(cell) ?? -1] ?? 0) >= cut) marked[cell] = 1
  const cellM2 = (site.cellMm / 1000) ** 2
  return labelled(marked, site.columns, site.rows)
    .pieces.filter((piece) => piece.length * cellM2 >= leastAreaM2)
    .map((piece) => {
      const cells = piece.toSorted((one, other) => one - other)
      const whole = new Map(cells.map((cell) => [cell, 1]))
      return { ...cardOf(site, scored, whole), cells, outline: outlineOfCells(site, cells), middle: middleOfCells(site, cells) }
    })
    .toSorted((one, other) => other.score - one.score || (one.cells[0] ?? 0) - (other.cells[0] ?? 0))
}

function middleOfCells({ columns, minX, minY, cellMm }: SiteCells, cells: readonly number[]): [number, number] {
  const middles = cells.map((cell): [number, number] => [cell % columns, Math.floor(cell / columns)])
  const mean = [0, 1].map((axis) => middles.reduce((sum, middle) => sum + (middle[axis] ?? 0), 0) / middles.length)
  const away = ([x, y]: readonly [number, number]) => (x - (mean[0] ?? 0)) ** 2 + (y - (mean[1] ?? 0)) ** 2
  const [column, row] = middles.reduce((best, middle) => (away(middle) < away(best) ? middle : best), middles[0] ?? [0, 0])
  return [minX + (column + 0.5) * cellMm, minY + (row + 0.5) * cellMm]
}
