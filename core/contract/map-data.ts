import type { GeometryKind, LayerKind, Role } from '../model/roles.ts'
import type { Bilingual } from '../text.ts'
import type { Frame } from '../geo/frame.ts'
import type { Hatch } from '../map/hatches.ts'
import type { LayerId } from '../model/ids.ts'

/** How a class of features is drawn; colours come from `resources/reference`, never from code. */
export interface LegendEntry {
  /** Index used in tiles: `classIndex` of a feature points here. */
  index: number
  code: string
  label: Bilingual
  fill: string | null
  stroke: string | null
  strokeWidthPx: number
  dash: number[] | null
  hatch: Hatch
  /** Colour of the hatch lines; the stroke's where absent. Colours may carry alpha (#RRGGBBAA). */
  hatchColour?: string
  /** Radius of the disc that shows a point; absent for lines and polygons. */
  markerPx?: number
  features: number
}

/** The map's own layer of overlaps and gaps that the import found; not one of the plan's layers. */
export const TOPOLOGY_LAYER = 'topology' as LayerId

/** One overlap or gap. */
export interface MapFault {
  /** Its number in `TOPOLOGY_LAYER`, for `map.features`. */
  fid: number
  /** Table of the layer that it is in. */
  table: string
  kind: 'overlap' | 'gap'
  areaM2: number
  /** The features that overlap; none for a gap. */
  features: number[]
}

export interface MapLayer {
  id: LayerId
  role: Role | 'topology'
  name: string
  title: Bilingual
  kind: LayerKind
  features: number
  legend: LegendEntry[]
  /** Drawn from bottom to top in this order. */
  order: number
  visible: boolean
  /** Of `TOPOLOGY_LAYER`: the largest of them, largest first. */
  faults?: MapFault[]
}

/** Everything the map needs to start: layers with their legends, the frame and its extent in metres. */
export interface MapSetup {
  frame: Frame
  extent: [number, number, number, number]
  /** Top left corner of the tile grid, frame metres. */
  origin: [number, number]
  /** Metres per pixel of each tile level, coarsest first. */
  resolutions: number[]
  tileSizePx: number
  layers: MapLayer[]
}

/**
 * One tile of one layer. Coordinates are tile pixels × 16 (Int16 pairs would overflow at the buffer, so Int32).
 * Polygon: `ringOff` splits vertices into rings, `partOff` rings into features. Line/point likewise.
 * An overview tile carries `cells` instead: x, y, width, height, classIndex of rectangles in tile pixels.
 */
export interface TileData {
  kind: GeometryKind | 'cells'
  xy: Int32Array
  ringOff: Uint32Array
  featureOff: Uint32Array
  fid: Float64Array
  classIndex: Uint16Array
  cells: Int32Array
}

/** Marks a pixel of a `RasterTile` where nothing is drawn. */
export const NO_CLASS = 255

/** One tile of a grid, sampled at the middle of each pixel: `index` of a legend entry per pixel, row by row from the top. */
export interface RasterTile {
  sizePx: number
  classes: Uint8Array
}

/** How many features of each legend entry (by its index) a layer has in a part of the map; of a grid: whether the class is there. */
export interface SeenLayer {
  layerId: LayerId
  features: number[]
}

/** A name on the map, in frame metres, that has room at the scale that was asked for. */
export interface MapLabel {
  layerId: LayerId
  fid: number
  xM: number
  yM: number
  text: string
  sizePx: number
  colour: string
  /** Stands above its place: a point would lie under its own name. */
  over: boolean
}

/** Geometry of a few features for highlighting, in frame metres. Same offsets as TileData. */
export interface FeatureGeometry {
  kind: GeometryKind
  xyM: Float64Array
  ringOff: Uint32Array
  featureOff: Uint32Array
  fid: Float64Array
}

export interface IdentifiedFeature {
  layerId: LayerId
  role: Role
  fid: number
  title: string
  attributes: { name: string; label: Bilingual; value: string }[]
  areaM2: number | null
  lengthM: number | null
}
