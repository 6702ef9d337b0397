import type { FeatureGeometry, IdentifiedFeature } from '#core/contract/map-data.ts'

/** A figure that was measured, drawn with its words. */
export interface DrawnMeasure {
  id: string
  kind: 'line' | 'area'
  xyM: readonly number[]
  words: string
}

/** What looking and asking puts on the map, and what the map tells of it. */
export interface MapAsk {
  /** Features that are selected. */
  selected: readonly FeatureGeometry[]
  /** Grows with every wish to move to what is selected. */
  zoom: number
  measures: readonly DrawnMeasure[]
  /** While a box may be dragged: its corners, minX, minY, maxX, maxY. */
  onBox: ((box: readonly [number, number, number, number]) => void) | null
  /** What lies under a click, or the one that was chosen among it. */
  onIdentified: (features: readonly IdentifiedFeature[]) => void
}
