import type { Column, LayerColumns } from './columns.ts'
import type { Geos } from './geos.ts'
import { picked } from './overlay-attributes.ts'
import { joinPieces, NONE, PieceBuilder, type Pieces } from './pieces.ts'
import { areaOfParts, snappedFromParts } from './snapped-parts.ts'

export interface BufferOptions {
  /** Metres of the frame, the same for all features or one's own; negative ones shrink polygons. */
  distanceM: number | ((feature: number) => number)
  /** Chords per quarter circle; 16 unless told (an arc is then short of its circle by 0.5 % of the distance at most). */
  quadrantSegments?: number
  /** Features `from … to`; all unless told. What is made of a feature does not depend on the others. */
  from?: number
  to?: number
}

/** A feature of its own for each source feature; `sourceOf` names it. Where nothing is left after shrinking there is none. */
export interface BufferResult {
  /** Role `other`, feature ids and attributes of the source. */
  layer: LayerColumns
  sourceOf: Int32Array
}

/** The ground within a distance of each feature (points, lines, polygons), by GEOS, one by one. For all of them as one, `Geos.bufferUnion`. */
export function bufferPieces(geos: Geos, layer: LayerColumns, options: BufferOptions): Pieces {
  const { distanceM, quadrantSegments = 16, from = 0, to = layer.count } = options
  const builder = new PieceBuilder()
  for (let feature = from; feature < to; feature += 1) {
    const metres = typeof distanceM === 'number' ? distanceM : distanceM(feature)
    const parts = snappedFromParts(geos.buffer(layer, feature, metres, quadrantSegments), geos)
    for (const part of parts) builder.addPart(part)
    const areaM2 = areaOfParts(parts) / 1e6
    if (parts.length > 0) builder.endFeature(feature, NONE, areaM2)
    builder.account(0, areaM2, areaM2, 0)
  }
  return builder.finish()
}

/** The layer from the pieces of ranges that follow each other. */
export function bufferResult(layer: LayerColumns, done: readonly Pieces[]): BufferResult {
  const { xy, ringOff, partOff, featureOff, partBox, sourceA } = joinPieces(done)
  const attributes: Record<string, Column> = {}
  for (const [name, column] of Object.entries(layer.attributes)) attributes[name] = picked(column, sourceA)
  const fid = Float64Array.from(sourceA, (feature) => layer.fid[feature] ?? 0)
  const geometry = { kind: 'polygon' as const, count: sourceA.length, fid, xy, ringOff, partOff, featureOff, partBox }
  return { layer: { ...layer, role: 'other', sha256: '', ...geometry, attributes }, sourceOf: sourceA }
}

/** Buffers of a whole layer in one go. */
export const buffer = (geos: Geos, layer: LayerColumns, options: BufferOptions): BufferResult =>
  bufferResult(layer, [bufferPieces(geos, layer, options)])
