import type { GeometryKind, Role } from '../model/roles.ts'
import type { Frame } from './frame.ts'

/** Dictionary-coded text: `codes[feature]` indexes `dictionary`; `NO_TEXT` means the value is absent. */
export interface TextColumn {
  type: 'text'
  codes: Uint32Array
  dictionary: string[]
}

/** Numbers; NaN means absent. Booleans are 1 and 0. */
export interface NumberColumn {
  type: 'number'
  values: Float64Array
}

export type Column = TextColumn | NumberColumn

export const NO_TEXT = 0xffffffff

/**
 * One layer as the engine reads it: flat typed arrays, safe to share between workers, never GeoJSON.
 *
 * Coordinates are integer millimetres in the plan's frame. Offsets are prefix sums with one extra entry at the end:
 * feature f owns parts `featureOff[f] … featureOff[f+1]`; part p owns rings `partOff[p] … partOff[p+1]`; ring r owns
 * vertices `ringOff[r] … ringOff[r+1]`. A polygon part is its shell (counter-clockwise) followed by its holes (clockwise),
 * each ring closed (last vertex repeats the first). A line part is one ring-less run of vertices (one "ring"); a point part
 * is one vertex.
 */
export interface LayerColumns {
  role: Role
  name: string
  kind: GeometryKind
  frame: Frame
  /** SHA-256 of the layer's content, hex: the key of caches and of the seal. */
  sha256: string
  count: number
  /** Feature ids of the plan's GeoPackage table. */
  fid: Float64Array
  xy: Int32Array
  ringOff: Uint32Array
  partOff: Uint32Array
  featureOff: Uint32Array
  /** minX, minY, maxX, maxY of each part, in mm. */
  partBox: Int32Array
  attributes: Record<string, Column>
}

/** The text of one feature's attribute, or undefined where the column or the value is absent. */
export function textAt(layer: LayerColumns, field: string, feature: number): string | undefined {
  const column = layer.attributes[field]
  if (column?.type !== 'text') return undefined
  const code = column.codes[feature]
  return code === undefined || code === NO_TEXT ? undefined : column.dictionary[code]
}

/** The number of one feature's attribute, or undefined where the column or the value is absent. */
export function numberAt(layer: LayerColumns, field: string, feature: number): number | undefined {
  const column = layer.attributes[field]
  if (column?.type !== 'number') return undefined
  const value = column.values[feature]
  return value === undefined || Number.isNaN(value) ? undefined : value
}
