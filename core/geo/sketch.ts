/** A feature sketched by hand in metres, for worked examples and tests: rings for polygons, runs for lines, one pair for points. */
export interface FeatureSketch {
  polygon?: [number, number][][]
  line?: [number, number][]
  point?: [number, number]
  attributes?: Record<string, string | number | boolean | null>
}

/** The corners of an upright rectangle, for sketches. */
export const box = (x: number, y: number, width: number, height: number): [number, number][] => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
]
