import type { RasterPlace } from '#core/geo/raster.ts'
import type { Guess } from '#core/model/inspection.ts'
import type { Note } from '#core/model/plan.ts'
import type { Bilingual } from '#core/text.ts'
import type { OpenOptions } from '../format.ts'

/** Some whole rows of a grid, from the north; NaN where there is no value. */
export interface RasterStrip {
  firstRow: number
  values: Float32Array
}

/** One opened grid. */
export interface RasterSource {
  place: RasterPlace
  bands: number
  crs: Guess<string | null>
  /** The value that marks a cell without one, as declared. */
  noData: number | null
  notes: Note[]
  /** Streams a band (from 1), strip by strip without gaps; may be called more than once. */
  strips(band: number): AsyncIterable<RasterStrip>
  close(): void
}

/** A grid format: knows its files and opens them. Adding one is a new file here and one line in `raster-formats.ts`. */
export interface RasterFormat {
  id: string
  label: Bilingual
  extensions: readonly string[]
  recognises(path: string, head: Uint8Array): boolean
  /** Throws AppError `import.*` with the file. Runs only in the import process. */
  open(path: string, options: Pick<OpenOptions, 'displayName'>): Promise<RasterSource>
}

/** A strip is about this many cells: small enough to keep, big enough to be worth a call. */
export const STRIP_CELLS = 1 << 20
