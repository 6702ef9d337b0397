import type { Frame } from '../geo/frame.ts'
import type { Bilingual } from '../text.ts'
import type { LayerId, PlanId } from './ids.ts'
import type { CityKind, Manifest, PlanLevel } from './manifest.ts'
import type { GeometryKind, LayerKind, Role } from './roles.ts'

/** Something the reader of a figure should know about its input; never a failure. */
export interface Note {
  severity: 'info' | 'warning'
  text: Bilingual
  /** What was found, for a program ("crs.metres-as-degrees"); fixes name the code that they answer. */
  code?: string
  /** The figures behind the sentence (counts, rows, areas); plain values only. */
  params?: Record<string, unknown>
}

/** What a grid of cells comes to. Its values are 32-bit; a cell without a value is NaN. */
export interface RasterFigures {
  columns: number
  rows: number
  /** Size of a cell in units of `crs`: its own system, which is kept where it is not the plan's. */
  cellX: number
  cellY: number
  crs: string
  /** Share of cells without a value, 0..1. */
  noDataShare: number
  /** Over the cells with a value; each cell counts once. */
  min: number
  max: number
  mean: number
}

/** One imported layer. `table` names it inside the plan's GeoPackage. */
export interface Layer {
  id: LayerId
  planId: PlanId
  role: Role
  name: string
  kind: LayerKind
  table: string
  /** Of a grid: its cells with a value. */
  features: number
  /** Ellipsoidal (or planar, see the plan's frame) totals in base units; null where they do not apply. A grid's area is what its cells with a value cover. */
  areaM2: number | null
  lengthM: number | null
  /** SHA-256 of the layer's content as stored, and of the source file it came from. */
  sha256: string
  sourcePath: string
  sourceSha256: string
  sourceCrs: string
  crsReason: Bilingual
  encoding: string | null
  notes: Note[]
  /** Land-use codes that were not recognised, with counts. */
  unknownClasses: Record<string, number>
  /** Present for grids only. */
  raster?: RasterFigures
}

export type VectorLayer = Layer & { kind: GeometryKind }
export type RasterLayer = Layer & { kind: 'raster' }

/** Layers of features: what the engine reads as columns. */
export const isVector = (layer: Layer): layer is VectorLayer => layer.kind !== 'raster'
export const isRaster = (layer: Layer): layer is RasterLayer => layer.kind === 'raster'

/** One submitted city plan. The GeoPackage `plans/<gpkgSha256>.gpkg` holds its layers and never changes. */
export interface Plan {
  id: PlanId
  name: string
  nameZh: string | null
  cityName: string | null
  cityKind: CityKind | null
  population: number | null
  populationYear: number | null
  planLevel: PlanLevel
  baseYear: number | null
  targetYear: number | null
  crs: string
  frame: Frame
  /** minX, minY, maxX, maxY in the frame, metres. */
  extent: [number, number, number, number]
  gpkgSha256: string
  manifest: Manifest
  importedAt: string
}

export interface PlanSummary {
  id: PlanId
  name: string
  nameZh: string | null
  cityName: string | null
  importedAt: string
  layers: number
  features: number
  areaM2: number | null
  /** Of the latest review, when there is one. */
  total: number | null
  coverage: number | null
  /** Indicators measured by an earlier version than this program's; absent: none. */
  stale?: number
  /** 2, 3, … for a plan that was submitted again; absent: a first submission. */
  round?: number
}
