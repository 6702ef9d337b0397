import { valueAt, type Identity } from './identity.ts'
import { commonGround, type Common } from './common-ground.ts'
import type { LayerColumns } from '../geo/columns.ts'

/** Two features are the same ground when at least half of the ground of both is common: in a tiling, at most one pair can be. */
export const SAME_GROUND = 0.5

/** Ids that disagree with the ground more often than this name nothing (a plan that was numbered anew). */
const STABLE_SHARE = 0.5

export const NONE = -1

/** A version of a layer with what the comparison derives from it. */
export interface Side {
  layer: LayerColumns
  sizes: Float64Array
  keys: Float64Array
}

export interface Matches {
  /** For each newer feature the older one, or NONE. */
  beforeOf: Int32Array
  /** 1 where the two carry the same id. */
  byId: Uint8Array
  /** Common ground of features that are not vertex for vertex the same. */
  common: Common[]
  idStable: boolean
}

/** Common ground as a share of the ground of both. */
export const overlapShare = (common: number, sizeA: number, sizeB: number): number =>
  Math.min(1, Math.max(0, common / Math.max(sizeA + sizeB - common, Number.MIN_VALUE)))

/**
 * Pairs the features of two versions of a layer, each at most once: same geometry and id, same geometry, same id on mostly the
 * same ground, same id on any common ground where ids have proved to be stable, mostly the same ground, and at last the same
 * stable id wherever it went.
 */
export function matchFeatures(before: Side, after: Side, identity: Identity | null): Matches {
  const beforeOf = new Int32Array(after.layer.count).fill(NONE)
  const taken = new Uint8Array(before.layer.count)
  const partner = partnersById(identity, after.layer.count)
  const pair = (a: number, b: number): void => {
    beforeOf[a] = b
    taken[b] = 1
  }
  const isFree = (a: number, b: number): boolean => beforeOf[a] === NONE && taken[b] === 0

  for (const [a, b] of partner.entries()) if (b !== NONE && after.keys[a] === before.keys[b]) pair(a, b)
  matchByShape(before, after, isFree, pair)
  const common = commonGround(
    after.layer,
    before.layer,
    (a) => beforeOf[a] === NONE,
    (b) => taken[b] === 0,
  )
  const alike = byLikeness(common, before, after)
  for (const { a, b, share } of alike) if (partner[a] === b && share >= SAME_GROUND && isFree(a, b)) pair(a, b)
  const idStable = isStable(partner, beforeOf)
  // Of a parcel cut in two, the smaller half may have kept the number: then the number decides, not the larger half.
  if (idStable) for (const { a, b } of alike) if (partner[a] === b && isFree(a, b)) pair(a, b)
  for (const { a, b, share } of alike) if (share >= SAME_GROUND && isFree(a, b)) pair(a, b)
  if (idStable) for (const [a, b] of partner.entries()) if (b !== NONE && isFree(a, b)) pair(a, b)
  const byId = Uint8Array.from(beforeOf, (b, a) => (b !== NONE && partner[a] === b ? 1 : 0))
  return { beforeOf, byId, common, idStable }
}

/** For each newer feature the older one of the same id. */
function partnersById(identity: Identity | null, count: number): Int32Array {
  const partner = new Int32Array(count).fill(NONE)
  for (const [id, a] of identity?.after ?? []) partner[a] = identity?.before.get(id) ?? NONE
  return partner
}

/** Pairs what has the same geometry; where several features lie on each other, those of the same class first. */
function matchByShape(
  before: Side,
  after: Side,
  isFree: (a: number, b: number) => boolean,
  pair: (a: number, b: number) => void,
): void {
  const byKey = new Map<number, number[]>()
  before.keys.forEach((key, b) => {
    const same = byKey.get(key)
    if (same) same.push(b)
    else byKey.set(key, [b])
  })
  const classOf = (side: Side, feature: number) => valueAt(side.layer, 'class', feature)
  for (let a = 0; a < after.layer.count; a += 1) {
    const free = (byKey.get(after.keys[a] ?? 0) ?? []).filter((b) => isFree(a, b))
    const [first] = free
    if (first === undefined) continue
    const sameClass = free.length > 1 ? free.find((b) => classOf(before, b) === classOf(after, a)) : undefined
    pair(a, sameClass ?? first)
  }
}

/** Pairs that share ground, the most alike first; ties by position, so that runs agree. */
function byLikeness(common: readonly Common[], before: Side, after: Side): { a: number; b: number; share: number }[] {
  return common
    .map(({ after: a, before: b, size }) => ({ a, b, share: overlapShare(size, after.sizes[a] ?? 0, before.sizes[b] ?? 0) }))
    .toSorted((one, other) => other.share - one.share || one.a - other.a || one.b - other.b)
}

/** Whether ids that both versions have mostly name the same ground. */
function isStable(partner: Int32Array, beforeOf: Int32Array): boolean {
  let shared = 0
  let agreeing = 0
  for (const [a, b] of partner.entries()) {
    if (b === NONE) continue
    shared += 1
    if (beforeOf[a] === b) agreeing += 1
  }
  return shared > 0 && agreeing >= STABLE_SHARE * shared
}
