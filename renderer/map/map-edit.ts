import type { FeatureGeometry } from '#core/contract/map-data.ts'
import type { LayerId } from '#core/model/ids.ts'
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
  /** The feature; a null layer means one that the option drew. */
  of: { layerId: LayerId | null; fid: number }
}

export type EditTool = 'look' | 'select' | 'paint' | 'draw' | 'reshape'

/** The shape whose vertices are moved. */
export interface ReshapedShape {
  kind: GeometryKind
  parts: EditParts
  /** Which feature of the plan it is; a null layer means one that the option drew. */
  feature: { layerId: LayerId | null; fid: number }
  /** The vertex that keys move, counted over the whole shape; null while none is held. */
  held: number | null
}

/** What the map shows and reports while an option is edited. */
export interface MapEdit {
  tool: EditTool
  changed: readonly ChangedShape[]
  chosen: readonly FeatureGeometry[]
  /** Points of the drawing so far. */
  draft: readonly Place[]
  draftKind: GeometryKind
  reshaped: ReshapedShape | null
  /** Whether places jump to corners nearby; Alt lets them go for once. */
  isSnapping: boolean
  /** A click while selecting, or the places that a drag passed. */
  onPick: (places: readonly Place[], toleranceM: number) => void
  /** A vertex of the drawing. */
  onPoint: (at: Place) => void
  onReshape: (parts: EditParts) => void
  onHold: (held: number | null) => void
  onSnapping: (isSnapping: boolean) => void
  /** Enter, Backspace and Escape on the map. */
  onFinish: () => void
  onBack: () => void
  onCancel: () => void
  onFail: (error: unknown) => void
}
