import type { LegendEntry } from '../contract/map-data.ts'
import type { LayerColumns } from '../geo/columns.ts'
import type { ParameterInfo, PlanData } from '../indicators/indicator.ts'
import type { Role } from '../model/roles.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { UnitId } from '../model/units.ts'
import type { Bilingual } from '../text.ts'

/** The three groups of the panel, in its order. */
export const OVERLAY_GROUPS = ['network', 'access', 'opportunity'] as const
export type OverlayGroup = (typeof OVERLAY_GROUPS)[number]

/** One kind of shapes of an overlay: drawn together, with one legend and at most one numbered list. */
export interface OverlayPart {
  /** Unique in its overlay; also names the table of an export. */
  id: string
  title: Bilingual
  /** Columns without attributes: what is known of a shape is its class and its row. */
  shapes: LayerColumns
  legend: readonly LegendEntry[]
  /** For each shape the index of its legend entry. */
  classOf: Uint16Array
  /** For each shape the row of `list` that it belongs to, counted from 1; 0 where it belongs to none. */
  rowOf: Uint32Array
  /** The shapes as people read them. Null where there is nothing to number. */
  list: ResultTable | null
  /** Of every row of the list its number as it stands on the map: 1, 2, 3 …, or L1, L2 … where an overlay has two lists. */
  labels: readonly string[]
}

/** A figure that sums an overlay up, in its base unit. */
export interface OverlayFigure {
  title: Bilingual
  value: number
  unit: UnitId
}

/** What an overlay came to: shapes, or what is missing. Missing data is an outcome with a sentence, never an empty map. */
export type OverlayOutcome =
  | { kind: 'drawn'; parts: readonly OverlayPart[]; figures: readonly OverlayFigure[] }
  | { kind: 'missing'; why: Bilingual; needs: readonly string[] }

export interface ComputedOverlay {
  outcome: OverlayOutcome
  /** One sentence that a reader can check. */
  method: Bilingual
  notes: readonly Bilingual[]
}

/** Told how far a computation is; `total` 0 means not known. */
export type OverlayReport = (done: number, total: number, label: Bilingual) => void

/** An analysis drawn over a plan: shapes with classes, numbers, a list of the same, and how they were found. */
export interface Overlay<P extends string = string> {
  id: string
  /** Raised when the same plan would be drawn otherwise: earlier results are not taken any more. */
  version: number
  group: OverlayGroup
  title: Bilingual
  /** What a person sees in it, in one line. */
  summary: Bilingual
  source: Bilingual
  /** Every entry must be met by at least one of its roles. */
  needs: readonly (readonly Role[])[]
  uses: readonly Role[]
  /** The indicator whose parameters (of the same names) it takes over, so that the map agrees with the score. */
  indicator?: string
  /** Further indicators that lend parameters of the same names. */
  alsoOf?: readonly string[]
  parameters: Readonly<Record<P, ParameterInfo>>
  /** Takes longer than a person waits without being told: the panel asks before. */
  isSlow?: true
  compute(plan: PlanData, parameters: Readonly<Record<P, number>>, report: OverlayReport): ComputedOverlay
}

/** Keeps the literal parameter names so that `compute` is typed against them. */
export const defineOverlay = <const P extends string>(overlay: Overlay<P>): Overlay<P> => overlay

/** What stands in for shapes that could not be found. */
export const missingOverlay = (method: Bilingual, why: Bilingual, needs: readonly string[]): ComputedOverlay => ({
  outcome: { kind: 'missing', why, needs },
  method,
  notes: [],
})
