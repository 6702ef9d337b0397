import type { LayerId } from '../model/ids.ts'
import type { Note } from '../model/plan.ts'
import type { GeometryKind, Role } from '../model/roles.ts'

/**
 * What became of a feature from one version of a plan to the next. Each feature has exactly one kind, the first that fits:
 * its class changed (whatever else did), its place, its outline, another attribute, nothing.
 */
export const CHANGE_KINDS = ['recoded', 'added', 'removed', 'moved', 'reshaped', 'attributes', 'unchanged'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** A feature of a stored layer. */
export interface FeatureRef {
  layerId: LayerId
  fid: number
}

/** One attribute that differs; `field` is one of the role's own. */
export interface FieldChange {
  field: string
  before: string | number | null
  after: string | number | null
}

/** One feature that is not the same in both versions. */
export interface FeatureChange {
  kind: Exclude<ChangeKind, 'unchanged'>
  /** null: the feature is only in the other version. */
  before: FeatureRef | null
  after: FeatureRef | null
  /** Its number or name, from the newer version where it has one. */
  label: string | null
  /** In the layer's unit; null where that version does not have the feature. */
  sizeBefore: number | null
  sizeAfter: number | null
  /** Common ground as a share of the ground of both, 0..1; 1 means the same outline. null for added and removed features. */
  overlap: number | null
  classBefore: string | null
  classAfter: string | null
  fields: FieldChange[]
  /** For an added feature: the older feature under most of it (split, merged), with the share of the new one that it covers. */
  origin: { label: string | null; share: number } | null
  /** How the two were recognised as one. */
  matchedBy: 'id' | 'geometry' | null
}

/** What became of one feature of the older version, whether or not it is among the listed changes. */
export interface FollowedFeature {
  before: FeatureRef
  kind: Exclude<ChangeKind, 'added'>
  /** null: removed. */
  after: FeatureRef | null
  /** Common ground as a share of the ground of both, 0..1; null for a removed feature. */
  overlap: number | null
  /** From the middle of its bounding box to that of the newer one's, m; null for a removed feature. */
  movedM: number | null
  /** Newer features on its ground when it was removed or reshaped, with the share of the old ground that each covers. */
  onItsGround: { after: FeatureRef; share: number }[]
}

export interface KindTotal {
  count: number
  /** In the layer's unit. Σ over kinds of `sizeBefore` is the older layer's total, of `sizeAfter` the newer one's. */
  sizeBefore: number
  sizeAfter: number
  /** How many of them are in `changes`. */
  listed: number
}

/** A flow from one class to another, of the re-coded features. */
export interface ClassFlow {
  from: string | null
  to: string | null
  count: number
  size: number
}

export interface LayerComparison {
  role: Role
  kind: GeometryKind
  /** Polygons are measured by area, lines by length; points are counted. */
  unit: 'm2' | 'm' | 'count'
  before: { count: number; size: number }
  after: { count: number; size: number }
  totals: Record<ChangeKind, KindTotal>
  flows: ClassFlow[]
  /** The attribute whose values name features, and whether it names the same ones in both versions. */
  id: { field: string; stable: boolean } | null
  /** Attributes that both versions have; the others are named in the notes. */
  comparedFields: string[]
  /** The largest of each kind first, at most as many of each kind as were asked for. */
  changes: FeatureChange[]
  notes: Note[]
}
