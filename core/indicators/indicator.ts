import type { Geos } from '../geo/geos.ts'
import type { LayerColumns } from '../geo/columns.ts'
import type { PlacedRaster } from '../geo/raster.ts'
import type { Basis, EvidenceFeature, Outcome, Quality } from '../model/measurement.ts'
import type { ResultTable, TablePlace } from '../model/result-table.ts'
import type { CityKind } from '../model/manifest.ts'
import type { Role } from '../model/roles.ts'
import type { BaseUnit, UnitId } from '../model/units.ts'
import type { Bilingual } from '../text.ts'
import type { FeatureSketch } from '../geo/sketch.ts'
import type { PartTitles } from './part-titles.ts'

/** Everything an indicator may read. Layers are read-only views on shared memory. */
export interface PlanData {
  /** Undefined where the plan has no layer of that role. Several source layers of one role arrive merged. */
  layer(role: Role): LayerColumns | undefined
  /** The same, one entry per geometry kind, for roles whose sources mix them (stations as points and as polygons). */
  layers(role: Role): readonly LayerColumns[]
  /** Grids of a role (canopy, heat, people), in the order of import. */
  rasters(role: Role): readonly PlacedRaster[]
  basis: Basis
  city: { name: string | null; kind: CityKind | null; population: number | null; populationYear: number | null }
  baseYear: number | null
  targetYear: number | null
  quotas: Record<string, number>
  /** Robust buffer, union and repair; already initialised. */
  geos: Geos
}

export interface ParameterInfo {
  default: number
  min: number
  max: number
  unit: UnitId
  title: Bilingual
  source: string
  /** Means the same thing in every indicator that has it: its bare name sets them all. */
  isShared?: true
}

/** What `compute` returns; the runner adds id, version, parameters and input hashes to make a Measurement. */
export interface Computed {
  outcome: Outcome
  method: Bilingual
  details: Record<string, unknown>
  evidence: EvidenceFeature[]
  /** How many features there are in all, where `evidence` holds the largest only. */
  evidenceTotal?: number
  notes: Bilingual[]
  tables?: ResultTable[]
  quality?: Quality
}

/** Shapes in metres and the answer worked out by hand: every indicator's examples are its tests. */
export interface WorkedExample {
  title: string
  layers: Partial<Record<Role, FeatureSketch[]>>
  /** Cells row by row from the north, null where there is no value; metres of the frame. */
  rasters?: Partial<Record<Role, { leftX: number; topY: number; cellM: number; rows: (number | null)[][] }>>
  city?: Partial<PlanData['city']>
  baseYear?: number
  targetYear?: number
  quotas?: Record<string, number>
  parameters?: Record<string, number>
  /** Expected value in base units, or 'missing'. */
  answer: number | 'missing'
  /** Parts of `details` that must match too. */
  details?: Record<string, unknown>
}

/** A formula that turns layers into one measured value with evidence. */
export interface Indicator<P extends string = string> {
  id: string
  version: number
  title: Bilingual
  unit: BaseUnit
  /** How people read the value. */
  displayUnit: UnitId
  better: 'higher' | 'lower'
  /** Formula in words with its source (paper, standard) and seed rows of domain.md §1. */
  formula: Bilingual
  source: string
  seed: readonly string[]
  needs: readonly Role[]
  uses: readonly Role[]
  parameters: Readonly<Record<P, ParameterInfo>>
  /** What people call the parts in `details`; whatever has no title here is not shown to them. */
  detailTitles: PartTitles
  /**
   * Pairs of polygon roles whose overlaps `compute` folds: the engine measures them on several workers before, and keeps them up
   * to date when a feature is edited. A pair that is missing here still works, only slower.
   */
  overlays?: readonly (readonly [a: Role, b: Role])[]
  /** Takes longer than a person editing a plan should wait: a session may leave it for later, and says so. */
  isSlow?: true
  compute(plan: PlanData, parameters: Readonly<Record<P, number>>): Computed
  /** The features behind one figure of a table, largest first. Absent where the tables name no features. */
  featuresOf?(plan: PlanData, parameters: Readonly<Record<P, number>>, place: TablePlace): EvidenceFeature[]
  examples: readonly WorkedExample[]
}

/** Keeps the literal parameter names so that `compute` is typed against them. */
export const defineIndicator = <const P extends string>(indicator: Indicator<P>): Indicator<P> => indicator

/** What people and programs may know of an indicator without its engine. */
export type IndicatorInfo = Omit<Indicator, 'compute' | 'featuresOf' | 'overlays' | 'isSlow' | 'examples'>

export function indicatorInfo(indicator: Indicator): IndicatorInfo {
  const { id, version, title, unit, displayUnit, better, formula, source, seed, needs, uses, parameters, detailTitles } =
    indicator
  return { id, version, title, unit, displayUnit, better, formula, source, seed, needs, uses, parameters, detailTitles }
}
