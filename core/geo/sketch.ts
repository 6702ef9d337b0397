/** A feature sketched by hand in metres, for worked examples and tests: rings for polygons, runs for lines, one pair for points. */
export interface FeatureSketch {
  polygon?: [number, number][][]
  line?: [number, number][]
  point?: [number, number]
  attributes?: Record<string, string | number | boolean | null>
}
