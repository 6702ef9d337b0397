import type { Manifest, ManifestLayer } from './manifest.ts'
import type { Bilingual } from '../text.ts'
import type { Note } from './plan.ts'
import type { SheetFile } from './sheet.ts'
import type { FieldType, LayerKind, Role } from './roles.ts'

/** A choice made for the reviewer: never silent, always with how sure it is and why. */
export interface Guess<T> {
  value: T
  /** 0..1; below `ASK_BELOW` the reviewer is asked before anything is stored. */
  confidence: number
  reason: Bilingual
  /** What is wrong with what the file itself says; becomes a problem of the layer. */
  doubt?: Note
  /** Other values worth offering as a fix, the likeliest first. */
  others?: { value: T; confidence: number; reason: Bilingual }[]
}

export const ASK_BELOW = 0.6

export interface SourceField {
  name: string
  type: FieldType
  /** Up to five real values, as text, for the preview. */
  samples: string[]
}

/** What a fix changes in the layer's entry of the manifest, and nothing else: so it can be shown beforehand and taken back. */
export type LayerChange = Partial<
  Pick<ManifestLayer, 'role' | 'crs' | 'encoding' | 'where' | 'fields' | 'classes' | 'swapAxes'>
> & {
  /** The layer is seen and not wanted: the manifest gets no entry for it. */
  leaveOut?: true
}

/** A remedy that the dialog offers beside a problem; applied only when a person chooses it. */
export interface IntakeFix {
  /** What it does: "crs.set", "encoding.set", "fields.set", "role.set". */
  code: string
  /** Code of the problem (`Note.code`) of the same layer that it answers. */
  problem: string
  title: Bilingual
  reason: Bilingual
  confidence: number
  change: LayerChange
}

/** Where a layer lies, thin enough for a thumbnail. Coordinates are pairs x, y: degrees when it has a place on Earth. */
export interface LayerShape {
  /** `earth`: longitude and latitude, by the layer's system; `source`: the file's own numbers, for no system is known. */
  space: 'earth' | 'source'
  /** minX, minY, maxX, maxY in that space. */
  extent: [number, number, number, number]
  /** Outlines of a sample of the features: rings, runs, or single points. */
  runs: number[][]
  /** How many features the outlines come from; less than the layer has when it is large. */
  drawn: number
}

/** One layer found in the chosen files. `path` is relative to what was chosen, `layer` names it inside a container. */
export interface InspectedLayer {
  path: string
  layer: string | null
  format: string
  kind: LayerKind | null
  /** Geometry types seen and how often, in the source's own words ("MultiPolygon": 12). */
  geometryTypes: Record<string, number>
  /** Of a grid: its cells. */
  features: number
  /** minX, minY, maxX, maxY in the source CRS; null for an empty layer. */
  extent: [number, number, number, number] | null
  /** null when no CRS can be named: then the reviewer must say it. */
  crs: Guess<string | null>
  encoding: Guess<string | null>
  role: Guess<Role | null>
  /** Our attribute → the source's field. */
  fields: Guess<Record<string, string>>
  sourceFields: SourceField[]
  /** Class values seen with counts, and the 2023 code each one resolves to (null: unknown); only for land use. */
  classes: { source: string; count: number; code: string | null }[]
  problems: Note[]
  /** Remedies for the problems, the most likely first. */
  fixes?: IntakeFix[]
  /** Present for grids only; `noData` is the value that marks an empty cell. */
  raster?: { columns: number; rows: number; cellX: number; cellY: number; bands: number; noData: number | null }
  /** null when it has no geometry; absent in records of earlier versions. */
  shape?: LayerShape | null
}

/** What a person has chosen for a layer, tried out by the real reader: what `inspect` then tells is what an import would do. */
export interface LayerChoice extends Omit<LayerChange, 'leaveOut'> {
  path: string
  layer: string | null
}

/** Where a layer lies, as far as another must know to be judged beside it. `crs` is what was found or chosen. */
export interface LayerPlace {
  path: string
  layer: string | null
  features: number
  crs: string | null
  extent: [number, number, number, number] | null
}

export interface InspectedFile {
  path: string
  sizeBytes: number
  layers: InspectedLayer[]
  /** Present where the file is a picture or a PDF: no layers, but pages that can be laid under a plan. */
  sheet?: Pick<SheetFile, 'kind' | 'pages'>
  /** Why this file could not be read, as a coded error; its layers are then empty. */
  error: { code: string; params: Record<string, unknown> } | null
}

export interface Inspection {
  files: InspectedFile[]
  /** A manifest found among the files, when there is exactly one and it is valid; several valid ones carry the error that says so. */
  manifest: Manifest | null
}
