import { bilingual } from '#core/text.ts'
import type { SourceValue } from './format.ts'
import type { FgbFeature } from './fgb.ts'
import type { FgbGeometry } from './fgb-geometry.ts'
import { cleanGeometry } from './geometry.ts'
import type { FoundGeometry, SpooledLayer } from './spooled-layer.ts'

export interface FgbSteps {
  /** A table without geometry: then its rows are not missing theirs. */
  isTable?: boolean
  /** Changes what was read before it is kept: a closed line of a drawing is an area. */
  reshape?: (geometry: FgbGeometry, values: FgbFeature['values']) => FgbGeometry
  /** Attributes as they are kept, and the row if the source has numbers of its own. */
  attributes?: (feature: FgbFeature) => { row: number; values: Iterable<readonly [string, SourceValue]> }
}

/** Puts features of a FlatGeobuf file into a layer, counting everything that had to be done to them. */
export function gatherFgb(features: Iterable<FgbFeature>, layer: SpooledLayer, steps: FgbSteps = {}): void {
  let flattened = 0
  for (const feature of features) {
    const { row, values } = steps.attributes?.(feature) ?? feature
    const { geometry } = feature
    const found: FoundGeometry[] = []
    if (geometry) {
      layer.tally.droppedZ ||= geometry.hasZ
      layer.tally.droppedM ||= geometry.hasM
      if (geometry.wasCollection) layer.tally.exploded++
      if (geometry.stroked) layer.tally.stroked++
      if (geometry.flattened) flattened++
      const { type, parts } = steps.reshape?.(geometry, feature.values) ?? geometry
      for (const [kind, runs] of parts) found.push({ kind, type, geometry: cleanGeometry(kind, runs, row, layer.tally) })
    }
    if (found.length === 0 && !steps.isTable) layer.withoutGeometry(row)
    layer.add(row, found, values)
  }
  const say = (code: string, count: number, zh: string, en: string): number =>
    layer.notes.push({ severity: 'info', code, params: { count }, text: bilingual(zh, en) })
  if (flattened > 0)
    say(
      'geometry.surfaces-flattened',
      flattened,
      `${flattened} 个空间曲面按平面投影读取为面`,
      `${flattened} surfaces in space were read as polygons seen from above`,
    )
}
