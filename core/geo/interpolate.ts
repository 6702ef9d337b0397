import { numberAt, type LayerColumns } from './columns.ts'
import { areasM2 } from './measure.ts'
import { overlapAreas } from './overlay-area.ts'
import { OUTSIDE, zoneOfPoints } from './within.ts'

/**
 * A number to carry from one layer to another. `extensive`: a count (persons, jobs, tonnes), shared out by area, sums stay sums.
 * `intensive`: a density, share or price, averaged by area.
 */
export interface InterpolatedField {
  field: string
  kind: 'extensive' | 'intensive'
}

export interface Interpolated {
  field: string
  kind: 'extensive' | 'intensive'
  /** For every target; NaN where no source with a number touches it. */
  values: Float64Array
  /** For every target the share of its area, 0 … 1, that sources with a number cover; NaN for point sources. */
  covered: Float64Array
  /** Sum over all sources; for `extensive`, what of it reached a target, and what fell outside all of them. */
  total: number
  assigned: number
  outside: number
  /** Sources without a number. */
  uncounted: number
}

export interface InterpolateOptions {
  /** Targets `from … to`; all unless told. Values of a target do not depend on the others. */
  from?: number
  to?: number
  selectSource?: (feature: number) => boolean
}

/**
 * Areal interpolation by areal weighting: each source polygon is taken as evenly filled (Goodchild and Lam 1980). Point sources
 * belong whole to the first target that holds them. Targets that overlap each other each get their share, so that `assigned` can
 * then exceed `total`.
 */
export function interpolate(
  source: LayerColumns,
  targets: LayerColumns,
  fields: readonly InterpolatedField[],
  options: InterpolateOptions = {},
): Interpolated[] {
  const { from = 0, to = targets.count, selectSource = () => true } = options
  const weights = source.kind === 'point' ? pointWeights(source, targets) : areaWeights(source, targets, from, to, selectSource)
  return fields.map(({ field, kind }) => {
    const [sum, weight] = [new Float64Array(targets.count), new Float64Array(targets.count)]
    const values = new Float64Array(targets.count).fill(NaN)
    const amounts = Float64Array.from({ length: source.count }, (_, feature) =>
      selectSource(feature) ? (numberAt(source, field, feature) ?? NaN) : NaN,
    )
    for (const { target, feature, share, areaM2 } of weights) {
      const amount = amounts[feature] ?? NaN
      if (Number.isNaN(amount) || target < from || target >= to) continue
      const factor = kind === 'extensive' ? share : areaM2
      sum[target] = (sum[target] ?? 0) + amount * factor
      weight[target] = (weight[target] ?? 0) + areaM2
      values[target] = kind === 'extensive' ? (sum[target] ?? 0) : (sum[target] ?? 0) / (weight[target] ?? 1)
    }
    const total = amounts.reduce((all, amount) => all + (Number.isNaN(amount) ? 0 : amount), 0)
    const assigned = values.reduce((all, value) => all + (Number.isNaN(value) ? 0 : value), 0)
    const chosen = amounts.reduce((count, _, feature) => count + (selectSource(feature) ? 1 : 0), 0)
    return {
      field,
      kind,
      values,
      covered: coveredShares(source, targets, weight),
      total,
      assigned,
      outside: kind === 'extensive' ? total - assigned : NaN,
      uncounted: chosen - amounts.reduce((count, amount) => count + (Number.isNaN(amount) ? 0 : 1), 0),
    }
  })
}

interface Weight {
  target: number
  feature: number
  /** Share of the source's area in the target. */
  share: number
  areaM2: number
}

function areaWeights(
  source: LayerColumns,
  targets: LayerColumns,
  from: number,
  to: number,
  selectSource: (feature: number) => boolean,
): Weight[] {
  const whole = areasM2(source)
  const weights: Weight[] = []
  const add = (target: number, feature: number, areaM2: number) => {
    const own = whole[feature] ?? 0
    weights.push({ target, feature, share: own > 0 ? Math.min(1, areaM2 / own) : 0, areaM2 })
  }
  const range = { *[Symbol.iterator]() { for (let target = from; target < to; target += 1) yield target } } // prettier-ignore
  overlapAreas(targets, source, add, { b: selectSource, features: range })
  return weights
}

/** A point counts whole, and each as much as the next one. */
function pointWeights(source: LayerColumns, targets: LayerColumns): Weight[] {
  return Array.from(zoneOfPoints(source, targets), (target, feature) => ({ target, feature, share: 1, areaM2: 1 })).filter(
    ({ target }) => target !== OUTSIDE,
  )
}

function coveredShares(source: LayerColumns, targets: LayerColumns, weight: Float64Array): Float64Array {
  if (source.kind === 'point') return weight.map(() => NaN)
  const areas = areasM2(targets)
  return weight.map((areaM2, target) => ((areas[target] ?? 0) > 0 ? Math.min(1, areaM2 / (areas[target] ?? 1)) : 0))
}
