/** One file to be read, already copied to where nothing else lies. */
export interface GdalTask {
  id: number
  /** Absolute, with "/" on every system. */
  file: string
  /** Drawings: block references are wanted as well, beside what the blocks draw. */
  blocks: boolean
  /** Whether the source's own feature numbers are wanted; not every driver tells the system of numbered layers. */
  numbered: boolean
}

/** A field; `codedValues` are the names of its codes where the source has a list of them (a coded-value domain). */
export interface GdalField {
  name: string
  alias: string | null
  codedValues: Readonly<Record<string, string>> | null
}

/** A layer as GDAL describes it; its features wait in a FlatGeobuf file. */
export interface GdalLayer {
  name: string
  count: number
  hasGeometry: boolean
  wkt: string | null
  fields: GdalField[]
  /** null for an empty layer. */
  fgb: string | null
}

export interface GdalAnswer {
  layers: GdalLayer[]
  /** Block references of a drawing. */
  blocks: GdalLayer | null
  /** What GDAL complained of on the way, in its own words. */
  complaints: string[]
}

export type FromGdal =
  | ({ id: number; kind: 'read' } & GdalAnswer)
  /** The file was refused; the thread goes on. */
  | { id: number; kind: 'refused'; detail: string }
  /** The engine broke on the file and is not to be used again. */
  | { id: number; kind: 'broken'; detail: string }

/** The column that carries the source's own feature number. */
export const ROW_FIELD = 'greenprint_row'
