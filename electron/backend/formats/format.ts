import type { Bilingual } from '#core/text.ts'
import type { Guess, IntakeFix, SourceField } from '#core/model/inspection.ts'
import type { Note } from '#core/model/plan.ts'
import type { GeometryKind } from '#core/model/roles.ts'

/** Geometry as read, in the source CRS, x before y. Polygon parts are rings (shell first); line parts are one run; point parts one pair. */
export interface SourceGeometry {
  kind: GeometryKind
  /** parts → rings → x,y,x,y… */
  parts: Float64Array[][]
}

export type SourceValue = string | number | boolean | null

export interface SourceFeature {
  /** Row in the source, 1-based, as its own tools count it. */
  row: number
  /** null: the source gives none. Its kind always equals the layer's kind; features of other kinds form another layer. */
  geometry: SourceGeometry | null
  /** In the order of the layer's fields. */
  values: SourceValue[]
}

/** One layer of an opened source. Geometry kinds never mix: a mixed file opens as one layer per kind. */
export interface SourceLayer {
  /** Name inside the container; null when the file is the layer. Layers of a mixed source share it and differ by kind. */
  layer: string | null
  /** Id of the format inside an archive or a folder; absent where the opened format is meant. */
  format?: string
  kind: GeometryKind | null
  geometryTypes: Record<string, number>
  count: number
  extent: [number, number, number, number] | null
  fields: SourceField[]
  /** What the source itself says of its CRS, as an EPSG code when it can be named; with the evidence. */
  crs: Guess<string | null>
  encoding: Guess<string | null>
  notes: Note[]
  /** Remedies that the reader itself can name for its notes. */
  fixes?: IntakeFix[]
  /** Streams the features; may be called more than once. */
  features(): Iterable<SourceFeature>
  /**
   * The same features without their geometry, where that costs less to read; `rowsOf` asks for whichever there is. Values of other
   * columns than those asked for may be null.
   */
  rows?(columns?: readonly number[]): Iterable<SourceRow>
}

/** What the values of all features say, before their geometry is wanted. */
export type SourceRow = Pick<SourceFeature, 'row' | 'values'>

export const rowsOf = (layer: SourceLayer, columns?: readonly number[]): Iterable<SourceRow> =>
  layer.rows?.(columns) ?? layer.features()

export interface OpenOptions {
  /** Overrides detection, from the manifest or the dialog. */
  encoding: string | null
  report: (done: number, total: number) => void
  /** Where copies of untrusted containers may be put; the system's temporary folder when absent. */
  stagingDir?: string
  /** What errors and notes call this file, when its path means nothing to the reader (a staged copy). */
  displayName?: string
}

export interface OpenedSource {
  layers: SourceLayer[]
  close(): void
}

/** A file format: knows its files and opens them. Adding one is a new file here and one line in `index.ts`. */
export interface Format {
  id: string
  label: Bilingual
  extensions: readonly string[]
  /** Endings of files beside it that it reads as well (".dbf"): unpacked from archives together with it. */
  sidecars?: readonly string[]
  /** True when this path is of the format, judged by name and, where names lie, by its first bytes. */
  recognises(path: string, head: Uint8Array): boolean
  /** Throws AppError `import.*` with file, layer and row where known. Runs only in the import process. */
  open(path: string, options: OpenOptions): OpenedSource | Promise<OpenedSource>
}
