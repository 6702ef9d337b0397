import type { LayerColumns } from '../geo/columns.ts'
import { featureAreas } from '../geo/feature-areas.ts'
import { overlapTable } from '../geo/overlap-table.ts'
import { classGroup } from '../reference/land-classes.ts'

/** Where import could not tell the class. */
export const UNCLASSED = ''

/**
 * What becomes of every class between the base year and the plan: T[base → plan] (domain §4.9), one cell per pair of class codes.
 * Areas in m². Ground that only one layer covers stands in the differences between the class totals and the cells.
 */
export interface ClassTransition {
  /** Codes of the base year and of the plan; the last entry of each is `UNCLASSED`. */
  from: readonly string[]
  to: readonly string[]
  /** Cell `at(from) * to.length + at(to)`. */
  areaM2: Float64Array
  /** All ground of each class, compared or not. */
  fromM2: Float64Array
  toM2: Float64Array
}

const known = new WeakMap<LayerColumns, WeakMap<LayerColumns, ClassTransition>>()

/** The transition of two land-use layers: one fold of their overlap table, shared by every indicator that needs it. */
export function classTransition(base: LayerColumns, planned: LayerColumns): ClassTransition {
  const found = known.get(base)?.get(planned)
  if (found) return found
  const [before, after] = [classCodes(base), classCodes(planned)]
  const { offset, partner, areaM2 } = overlapTable(base, planned)
  const cells = new Float64Array(before.codes.length * after.codes.length)
  for (let feature = 0; feature < base.count; feature += 1) {
    const row = (before.of[feature] ?? 0) * after.codes.length
    for (let pair = offset[feature] ?? 0; pair < (offset[feature + 1] ?? 0); pair += 1) {
      const at = row + (after.of[partner[pair] ?? 0] ?? 0)
      cells[at] = (cells[at] ?? 0) + (areaM2[pair] ?? 0)
    }
  }
  const transition = { from: before.codes, to: after.codes, areaM2: cells, fromM2: before.areaM2, toM2: after.areaM2 }
  const ofBase = known.get(base) ?? new WeakMap<LayerColumns, ClassTransition>()
  known.set(base, ofBase)
  ofBase.set(planned, transition)
  return transition
}

interface ClassCodes {
  codes: string[]
  /** For every parcel its index in `codes`. */
  of: Uint32Array
  areaM2: Float64Array
}

const knownCodes = new WeakMap<LayerColumns, ClassCodes>()

function classCodes(layer: LayerColumns): ClassCodes {
  const found = knownCodes.get(layer)
  if (found) return found
  const column = layer.attributes['class']
  const codes = [...(column?.type === 'text' ? column.dictionary : []), UNCLASSED]
  const unclassed = codes.length - 1
  const of = new Uint32Array(layer.count).fill(unclassed)
  const areaM2 = new Float64Array(codes.length)
  const own = featureAreas(layer)
  for (let feature = 0; feature < layer.count; feature += 1) {
    if (column?.type === 'text') of[feature] = Math.min(column.codes[feature] ?? unclassed, unclassed)
    areaM2[of[feature] ?? 0] = (areaM2[of[feature] ?? 0] ?? 0) + (own[feature] ?? 0)
  }
  const classes = { codes, of, areaM2 }
  knownCodes.set(layer, classes)
  return classes
}

/** Whether ground that was of one class and becomes another takes part in a figure. */
export type WantsFlow = (from: string, to: string) => boolean

/** Area of all wanted flows; unclassed land takes no part. */
export function flowM2(transition: ClassTransition, wants: WantsFlow): number {
  let sum = 0
  forEachCell(transition, (from, to, areaM2) => {
    if (wants(from, to)) sum += areaM2
  })
  return sum
}

/** The part of every planned parcel that takes part in wanted flows, m². */
export const flowOfPlanParcels = (base: LayerColumns, planned: LayerColumns, wants: WantsFlow): Float64Array =>
  flowOfParcels(base, planned, wants, 'plan')

/** The same for the parcels of the base year. */
export const flowOfBaseParcels = (base: LayerColumns, planned: LayerColumns, wants: WantsFlow): Float64Array =>
  flowOfParcels(base, planned, wants, 'base')

function flowOfParcels(base: LayerColumns, planned: LayerColumns, wants: WantsFlow, side: 'base' | 'plan'): Float64Array {
  const { before, after, columns, wanted } = wantedCells(base, planned, wants)
  const { offset, partner, areaM2 } = overlapTable(base, planned)
  const isPlan = side === 'plan'
  const sums = new Float64Array(isPlan ? planned.count : base.count)
  for (let feature = 0; feature < base.count; feature += 1) {
    const row = (before[feature] ?? 0) * columns
    for (let pair = offset[feature] ?? 0; pair < (offset[feature + 1] ?? 0); pair += 1) {
      const other = partner[pair] ?? 0
      if (wanted[row + (after[other] ?? 0)] !== 1) continue
      const at = isPlan ? other : feature
      sums[at] = (sums[at] ?? 0) + (areaM2[pair] ?? 0)
    }
  }
  return sums
}

/** Whether the ground that a base and a planned parcel share takes part in a flow: each pair of class codes is asked once. */
export function wantedPairs(
  base: LayerColumns,
  planned: LayerColumns,
  wants: WantsFlow,
): (before: number, after: number) => boolean {
  const { before, after, columns, wanted } = wantedCells(base, planned, wants)
  return (one, other) => wanted[(before[one] ?? 0) * columns + (after[other] ?? 0)] === 1
}

function wantedCells(base: LayerColumns, planned: LayerColumns, wants: WantsFlow) {
  const [from, to] = [classCodes(base), classCodes(planned)]
  const wanted = Uint8Array.from(from.codes.flatMap((one) => to.codes.map((other) => (isWanted(wants, one, other) ? 1 : 0))))
  return { before: from.of, after: to.of, columns: to.codes.length, wanted }
}

const isWanted = (wants: WantsFlow, from: string, to: string): boolean =>
  from !== UNCLASSED && to !== UNCLASSED && wants(from, to)

/** The five fates of land under one reading of what is artificial; they add up to the land compared. */
export const FATES = ['artificialised', 'renatured', 'reused', 'kept_artificial', 'kept_natural'] as const
export type Fate = (typeof FATES)[number]

/**
 * What happens to ground of two classes. A change of use is told by the digits that both codes have: "07" and "0701" are the same
 * use told with different care.
 */
export function fateOf(isArtificial: (code: string) => boolean, from: string, to: string): Fate {
  const [was, becomes] = [isArtificial(from), isArtificial(to)]
  if (!was) return becomes ? 'artificialised' : 'kept_natural'
  if (!becomes) return 'renatured'
  return isOtherUse(from, to) ? 'reused' : 'kept_artificial'
}

/** Whether two codes, of whatever care, name different uses. */
export function isOtherUse(from: string, to: string): boolean {
  const shared = Math.min(from.length, to.length)
  return from.slice(0, shared) !== to.slice(0, shared)
}

/** Area of each fate, m², under a class group or another test of what is artificial. */
export function fatesM2(transition: ClassTransition, artificial: string | ((code: string) => boolean)): Record<Fate, number> {
  const isArtificial = typeof artificial === 'string' ? classGroup(artificial) : artificial
  const sums = { artificialised: 0, renatured: 0, reused: 0, kept_artificial: 0, kept_natural: 0 }
  forEachCell(transition, (before, after, areaM2) => {
    sums[fateOf(isArtificial, before, after)] += areaM2
  })
  return sums
}

/** Visits every flow between recognised classes, m². */
export function forEachCell(
  { from, to, areaM2 }: ClassTransition,
  visit: (from: string, to: string, areaM2: number) => void,
): void {
  for (const [row, before] of from.entries()) {
    for (const [column, after] of to.entries()) {
      const cell = areaM2[row * to.length + column] ?? 0
      if (cell > 0 && before !== UNCLASSED && after !== UNCLASSED) visit(before, after, cell)
    }
  }
}

/** How much of both layers was compared, and what has no partner in the other; land without a class is left out of all three. */
export function comparedLand(transition: ClassTransition): { comparedM2: number; baseOnlyM2: number; planOnlyM2: number } {
  const comparedM2 = flowM2(transition, () => true)
  return {
    comparedM2,
    baseOnlyM2: Math.max(0, classedM2(transition.fromM2) - comparedM2),
    planOnlyM2: Math.max(0, classedM2(transition.toM2) - comparedM2),
  }
}

/** All but the last entry, which is the unclassed land. */
const classedM2 = (byClass: Float64Array): number => byClass.subarray(0, -1).reduce((sum, areaM2) => sum + areaM2, 0)

/** The matrix at a level of the classification: codes cut to that many digits. Cells in m²; unclassed land is left out. */
export function matrixOf(transition: ClassTransition, digits: 2 | 4): Record<string, Record<string, number>> {
  const matrix: Record<string, Record<string, number>> = {}
  forEachCell(transition, (from, to, areaM2) => {
    const cells = (matrix[from.slice(0, digits)] ??= {})
    const key = to.slice(0, digits)
    cells[key] = (cells[key] ?? 0) + areaM2
  })
  return matrix
}
