import type { LayerColumns } from '../geo/columns.ts'
import { labelOf, valueAt } from './identity.ts'
import { NONE, overlapShare, type Matches, type Side } from './match.ts'
import type { ChangeKind, FeatureChange, FeatureRef, FieldChange } from './result.ts'

/** One version of a layer; `refOf` names a feature as the catalogue stores it. */
export interface Version {
  layer: LayerColumns
  refOf: (feature: number) => FeatureRef
}

/** Outlines that differ by less than this along their whole length are the same: each version was rounded to millimetres. */
const ROUNDING_M = 0.002
/** An added feature is told to come from an older one when that covers at least this share of it. */
const ORIGIN_SHARE = 0.5
/** Relative difference at which two numbers of an attribute are still the same number written differently. */
const SAME_NUMBER = 1e-9

/** What the steps of one comparison share. */
export interface Work {
  before: Side
  after: Side
  versions: { before: Version; after: Version }
  matches: Matches
  /** Common ground of pairs that are not vertex for vertex the same: newer feature → older feature → size. */
  common: Map<number, Map<number, number>>
  fields: string[]
}

/** Every feature that is not the same in both versions, and the pairs that are. */
export function allChanges(work: Work): { changes: FeatureChange[]; unchanged: { a: number; b: number }[] } {
  const changes: FeatureChange[] = []
  const unchanged: { a: number; b: number }[] = []
  const matched = new Uint8Array(work.before.layer.count)
  for (const [a, b] of work.matches.beforeOf.entries()) {
    if (b === NONE) changes.push(added(work, a))
    else {
      matched[b] = 1
      const change = changed(work, a, b)
      if (change) changes.push(change)
      else unchanged.push({ a, b })
    }
  }
  for (const [b, isMatched] of matched.entries()) if (isMatched === 0) changes.push(removed(work, b))
  return { changes, unchanged }
}

function added(work: Work, a: number): FeatureChange {
  const { layer, sizes } = work.after
  const size = sizes[a] ?? 0
  let origin: FeatureChange['origin'] = null
  for (const [b, common] of work.common.get(a) ?? []) {
    const share = Math.min(1, common / Math.max(size, Number.MIN_VALUE))
    if (share >= ORIGIN_SHARE && share > (origin?.share ?? 0)) origin = { label: labelOf(work.before.layer, b), share }
  }
  return {
    ...ONE_SIDED,
    kind: 'added',
    after: work.versions.after.refOf(a),
    label: labelOf(layer, a),
    sizeAfter: size,
    classAfter: classAt(layer, a),
    origin,
  }
}

const ONE_SIDED = {
  before: null,
  after: null,
  sizeBefore: null,
  sizeAfter: null,
  overlap: null,
  classBefore: null,
  classAfter: null,
  fields: [],
  origin: null,
  matchedBy: null,
}

function removed({ before, versions }: Work, b: number): FeatureChange {
  return {
    ...ONE_SIDED,
    kind: 'removed',
    before: versions.before.refOf(b),
    label: labelOf(before.layer, b),
    sizeBefore: before.sizes[b] ?? 0,
    classBefore: classAt(before.layer, b),
  }
}

/** A pair as a change, or null when nothing differs. */
function changed(work: Work, a: number, b: number): FeatureChange | null {
  const { before, after, versions, matches } = work
  const fields = work.fields.flatMap((field) => fieldChange(before.layer, after.layer, field, a, b))
  const overlap = overlapOf(work, a, b)
  const kind = kindOf(fields, overlap)
  if (kind === 'unchanged') return null
  return {
    kind,
    before: versions.before.refOf(b),
    after: versions.after.refOf(a),
    label: labelOf(after.layer, a) ?? labelOf(before.layer, b),
    sizeBefore: before.sizes[b] ?? 0,
    sizeAfter: after.sizes[a] ?? 0,
    overlap,
    classBefore: classAt(before.layer, b),
    classAfter: classAt(after.layer, a),
    fields,
    origin: null,
    matchedBy: matches.byId[a] === 1 ? 'id' : 'geometry',
  }
}

function kindOf(fields: readonly FieldChange[], overlap: number): Exclude<ChangeKind, 'added' | 'removed'> {
  if (fields.some(({ field }) => field === 'class')) return 'recoded'
  if (overlap === 0) return 'moved'
  if (overlap < 1) return 'reshaped'
  return fields.length > 0 ? 'attributes' : 'unchanged'
}

const classAt = (layer: LayerColumns, feature: number): string | null => {
  const code = valueAt(layer, 'class', feature)
  return code === null ? null : String(code)
}

function fieldChange(before: LayerColumns, after: LayerColumns, field: string, a: number, b: number): FieldChange[] {
  const was = valueAt(before, field, b)
  const is = valueAt(after, field, a)
  if (was === is) return []
  const sameNumber =
    typeof was === 'number' && typeof is === 'number' && Math.abs(was - is) <= SAME_NUMBER * Math.max(Math.abs(was), Math.abs(is))
  return sameNumber ? [] : [{ field, before: was, after: is }]
}

/** 1 for the same outline (but for rounding), 0 where nothing is common. */
function overlapOf({ before, after, common }: Work, a: number, b: number): number {
  if (before.keys[b] === after.keys[a]) return 1
  const shared = common.get(a)?.get(b) ?? 0
  const [was, is] = [before.sizes[b] ?? 0, after.sizes[a] ?? 0]
  if (after.layer.kind === 'polygon' && was + is - 2 * shared <= ROUNDING_M * perimeterM(after.layer, a)) return 1
  const share = overlapShare(shared, was, is)
  // Lines are measured on the ellipsoid and shared segments in the plane: only equal keys mean the same line.
  return share === 1 ? 1 - Number.EPSILON : share
}

/** Length of a polygon's outline in the frame, m. */
function perimeterM({ xy, featureOff, partOff, ringOff }: LayerColumns, feature: number): number {
  let lengthMm = 0
  const endRing = partOff[featureOff[feature + 1] ?? 0] ?? 0
  for (let ring = partOff[featureOff[feature] ?? 0] ?? 0; ring < endRing; ring += 1)
    for (let at = 2 * (ringOff[ring] ?? 0); at + 2 < 2 * (ringOff[ring + 1] ?? 0); at += 2)
      lengthMm += Math.hypot((xy[at + 2] ?? 0) - (xy[at] ?? 0), (xy[at + 3] ?? 0) - (xy[at + 1] ?? 0))
  return lengthMm / 1000
}
