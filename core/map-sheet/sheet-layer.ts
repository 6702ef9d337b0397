import type { LegendEntry } from '../contract/map-data.ts'
import type { LayerColumns } from '../geo/columns.ts'
import type { LayerLook } from '../map/look.ts'
import type { Paper } from '../map/paper.ts'
import type { LayerId } from '../model/ids.ts'
import type { Bilingual } from '../text.ts'

interface OnSheet {
  id: LayerId
  title: Bilingual
  /** 0 … 1. */
  opacity: number
  /** Scales that it is drawn at; all where absent. */
  range?: Pick<LayerLook, 'farthest' | 'nearest'>
  legend: readonly LegendEntry[]
  /** The legend says what it is called even where it has one line only. */
  isTitled?: true
}

/** A number that belongs to a shape of an overlay. */
export interface SheetNumber {
  label: string
  xM: number
  yM: number
}

/** Shapes of the map as they are to be printed: a layer of the plan, or a part of an overlay. */
export interface SheetLayer extends OnSheet {
  columns: LayerColumns
  /** The legend entry of each feature; `HIDDEN_CLASS` is left out. */
  classOf: Uint16Array
  /** Lines get a white rim, so that they are seen on every colour. */
  hasRim?: true
  numbers?: readonly SheetNumber[]
}

/** A picture with a place on the map. */
export interface PlacedPicture {
  /** minX, minY, maxX, maxY that it covers, metres of the frame. */
  windowM: Paper['windowM']
  /** `data:image/png;base64,…`; how strong it is, is in its pixels. */
  data: string
  /** Entries of the legend that it shows. */
  seen: readonly LegendEntry[]
}

/** A grid or a basemap: a picture, asked for once when the window of the map is known; null where none of it lies there. */
export interface PictureLayer extends OnSheet {
  picture: (paper: Paper) => PlacedPicture | null
}

export type AnySheetLayer = SheetLayer | PictureLayer

export const isShapes = (layer: AnySheetLayer): layer is SheetLayer => 'columns' in layer
