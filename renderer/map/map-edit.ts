import type { FeatureGeometry } from '#core/contract/map-data.ts'
import type { GeometryKind } from '#core/model/roles.ts'
import type { ChangeKind } from './change-looks.ts'

/** Metres of the plan's frame. */
export type Place = readonly [number, number]

/** Rings of one feature as edits take them: parts → rings → x,y,x,y… */
export type EditParts = number[][][]

/** Features that an option changed, in their new shape (a deleted one in its last). */
export interface ChangedShape {
  kind: ChangeKind
  shape: FeatureGeometry
  /** Colour of the new class; null where it has none. */
  fill: string | null
}

export type EditTool = 'look' | 'select' | 'paint' | 'draw' | 'reshape'

/** What the map shows and reports while an option is edited. */
export interface MapEdit {
  tool: EditTool
  changed: readonly ChangedShape[]
  chosen: readonly FeatureGeometry[]
  /** Points of the drawing so far. */
  draft: readonly Place[]
  draftKind: GeometryKind
  /** The shape whose vertices are moved. */
  reshaped: { kind: GeometryKind; parts: EditParts } | null
  /** A click while selecting, or the places that a drag passed. */
  onPick: (places: readonly Place[], toleranceM: number) => void
  /** A vertex of the drawing; `isFree`: Alt was held, no snapping. */
  onPoint: (at: Place, toleranceM: number, isFree: boolean) => void
  onReshape: (parts: EditParts) => void
  /** Enter, Backspace and Escape on the map. */
  onFinish: () => void
  onBack: () => void
  onCancel: () => void
}
