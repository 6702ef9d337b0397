import { NO_TEXT, type Column, type LayerColumns } from './columns.ts'
import { boundaryOf } from './edge-merge.ts'
import type { Geos } from './geos.ts'
import { countedIds } from './joined.ts'
import { featureAreaM2 } from './measure.ts'
import { outlinesOf } from './outlines.ts'
import { picked } from './overlay-attributes.ts'
import { joinPieces, NONE, PieceBuilder, type Pieces } from './pieces.ts'
import { overlapPartners } from './self-overlap.ts'
import { areaOfParts, snappedFromParts, soundParts } from './snapped-parts.ts'
import { partRings, soundLayer } from './sound-layer.ts'

/** Features that become one, and what they have in common. */
export interface DissolveGroup {
  /** The shared value; null for features without one, and for all features where nothing was asked for. */
  key: string | number | null
  features: number[]
}

export interface DissolveOptions {
  /** Attribute whose values must be the same; all features become one without it. */
  by?: string
  select?: (feature: number) => boolean
  /** One feature for each group (`together`, the default), or one for each connected piece of ground. */
  pieces?: 'together' | 'apart'
}

export interface DissolveResult {
  /** Role `other`; the attribute `by` of each group, and `members`, how many features it is made of. */
  layer: LayerColumns
  groups: DissolveGroup[]
  /** For every result feature its group. */
  groupOf: Int32Array
  areaM2: Float64Array
  /** Features' areas less the dissolved ground: what they covered more than once. 0 where nothing overlaps. */
  overlapM2: number
}

/** The groups of a dissolve, by value; those without a value come last. Parts of the list can be dissolved by different workers. */
export function dissolveGroups(layer: LayerColumns, options: DissolveOptions = {}): DissolveGroup[] {
  const { by, select = () => true } = options
  const column = by === undefined ? undefined : layer.attributes[by]
  const groups = new Map<string | number | null, number[]>()
  for (let feature = 0; feature < layer.count; feature += 1) {
    if (!select(feature)) continue
    const key = keyOf(column, feature)
    const members = groups.get(key)
    if (members) members.push(feature)
    else groups.set(key, [feature])
  }
  return [...groups].map(([key, features]) => ({ key, features })).toSorted((one, other) => compareKeys(one.key, other.key))
}

/**
 * The ground of each group counted once. Shared edges cancel, exactly and even where neighbours share a line but not its
 * vertices; only features that overlap others of their group go to GEOS. Result features name their group in `sourceA`,
 * counting from `firstGroup`.
 */
export function dissolvePieces(
  geos: Geos,
  layer: LayerColumns,
  groups: readonly DissolveGroup[],
  firstGroup = 0,
  options: DissolveOptions = {},
): Pieces {
  const sound = soundLayer(geos, layer).layer
  const builder = new PieceBuilder()
  groups.forEach(({ features }, at) => {
    const givenM2 = features.reduce((sum, feature) => sum + featureAreaM2(sound, feature), 0)
    const parts = dissolved(geos, sound, features)
    const pieces = options.pieces === 'apart' ? parts.map((part) => [part]) : parts.length > 0 ? [parts] : []
    let foundM2 = 0
    for (const each of pieces) {
      for (const part of each) builder.addPart(part)
      const areaM2 = areaOfParts(each) / 1e6
      foundM2 += areaM2
      builder.endFeature(firstGroup + at, NONE, areaM2)
    }
    builder.account(givenM2, givenM2, foundM2, 0)
  })
  return builder.finish()
}

/** A whole dissolve in one go. */
export function dissolve(geos: Geos, layer: LayerColumns, options: DissolveOptions = {}): DissolveResult {
  const groups = dissolveGroups(layer, options)
  return dissolveResult(layer, groups, [dissolvePieces(geos, layer, groups, 0, options)], options)
}

/** The layer from the pieces of all groups, in order. */
export function dissolveResult(
  layer: LayerColumns,
  groups: DissolveGroup[],
  done: readonly Pieces[],
  options: DissolveOptions = {},
): DissolveResult {
  const { xy, ringOff, partOff, featureOff, partBox, sourceA, areaM2, givenM2, foundM2 } = joinPieces(done)
  const attributes: Record<string, Column> = {}
  const column = options.by === undefined ? undefined : layer.attributes[options.by]
  const firstMember = sourceA.map((group) => groups[group]?.features[0] ?? NONE)
  if (options.by !== undefined && column) attributes[options.by] = picked(column, firstMember)
  attributes['members'] = { type: 'number', values: Float64Array.from(sourceA, (group) => groups[group]?.features.length ?? 0) }
  const count = sourceA.length
  return {
    layer: {
      role: 'other',
      name: layer.name,
      kind: 'polygon',
      frame: layer.frame,
      sha256: '',
      count,
      fid: countedIds(count),
      xy,
      ringOff,
      partOff,
      featureOff,
      partBox,
      attributes,
    },
    groups,
    groupOf: sourceA,
    areaM2,
    overlapM2: givenM2.reduce((sum, given, at) => sum + given - (foundM2[at] ?? 0), 0),
  }
}

/** The ground of some features as valid parts on the millimetre grid. */
export function dissolved(geos: Geos, layer: LayerColumns, features: readonly number[]): Float64Array[][] {
  const members = new Set(features)
  const apart: number[] = []
  const overlapping: number[] = []
  for (const feature of features) {
    const overlaps = overlapPartners(layer, feature).some((partner) => members.has(partner))
    const into = overlaps ? overlapping : apart
    for (let part = layer.featureOff[feature] ?? 0; part < (layer.featureOff[feature + 1] ?? 0); part += 1) into.push(part)
  }
  const outlines = outlinesOf(boundaryOf(layer, apart)).flatMap((part) => soundParts([part], geos).parts)
  if (overlapping.length === 0) return outlines
  return snappedFromParts(geos.uniteParts([...outlines, ...overlapping.map((part) => partRings(layer, part))]), geos)
}

function keyOf(column: Column | undefined, feature: number): string | number | null {
  if (column === undefined) return null
  if (column.type === 'text') {
    const code = column.codes[feature] ?? NO_TEXT
    return code === NO_TEXT ? null : (column.dictionary[code] ?? null)
  }
  const value = column.values[feature] ?? NaN
  return Number.isNaN(value) ? null : value
}

function compareKeys(one: string | number | null, other: string | number | null): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1
  return one < other ? -1 : one > other ? 1 : 0
}
