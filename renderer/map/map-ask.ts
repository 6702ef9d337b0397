import type { FeatureSet } from '#core/attributes/feature-set.ts'
import type { FeatureGeometry, IdentifiedFeature } from '#core/contract/map-data.ts'
import type { LayerId } from '#core/model/ids.ts'

/** A figure that was measured, drawn with its words. */
export interface DrawnMeasure {
  id: string
  kind: 'line' | 'area'
  xyM: readonly number[]
  words: string
}

/** Features that are selected: few by their shapes, many by number, to be drawn from tiles. */
export interface MapSelection {
  shapes: readonly FeatureGeometry[]
  sets: ReadonlyMap<LayerId, FeatureSet>
  /** Around all of them, frame metres; null where there are none. */
  extent: readonly [number, number, number, number] | null
}

/** What looking and asking puts on the map, and what the map tells of it. */
export interface MapAsk {
  selected: MapSelection
  /** Grows with every wish to move to what is selected. */
  zoom: number
  measures: readonly DrawnMeasure[]
  /** While a box may be dragged: its corners, minX, minY, maxX, maxY. */
  onBox: ((box: readonly [number, number, number, number]) => void) | null
  /** What lies under a click, or the one that was chosen among it. */
  onIdentified: (features: readonly IdentifiedFeature[]) => void
}
