import type { LayerColumns } from '../geo/columns.ts'
import type { Work } from './change.ts'
import type { FeatureChange, FeatureRef, FollowedFeature } from './result.ts'

const keyOf = ({ layerId, fid }: FeatureRef): string => `${layerId}/${fid}`

/** What became of each of these older features. Those that the older version does not have are left out. */
export function followFeatures(
  work: Work,
  changes: readonly FeatureChange[],
  unchanged: readonly { a: number; b: number }[],
  refs: readonly FeatureRef[],
): FollowedFeature[] {
  if (refs.length === 0) return []
  const { before, after, versions } = work
  const indexes = indexesOf(before.layer, versions.before.refOf)
  const changed = new Map(changes.flatMap((change) => (change.before ? [[keyOf(change.before), change] as const] : [])))
  const kept = new Map(unchanged.map(({ a, b }) => [b, a]))
  const newer = indexesOf(after.layer, versions.after.refOf)
  const groundOf = newerOnGround(work)
  return refs.flatMap((ref): FollowedFeature[] => {
    const b = indexes.get(keyOf(ref))
    if (b === undefined) return []
    const change = changed.get(keyOf(ref))
    const a = change?.after ? newer.get(keyOf(change.after)) : kept.get(b)
    const isGone = a === undefined
    return [
      {
        before: ref,
        kind: change === undefined ? 'unchanged' : change.kind === 'added' ? 'removed' : change.kind,
        after: isGone ? null : versions.after.refOf(a),
        overlap: isGone ? null : (change?.overlap ?? 1),
        movedM: isGone ? null : distanceM(middle(before.layer, b), middle(after.layer, a)),
        onItsGround: groundOf(b),
      },
    ]
  })
}

const indexesOf = ({ count }: LayerColumns, refOf: (feature: number) => FeatureRef): Map<string, number> =>
  new Map(Array.from({ length: count }, (_, feature) => [keyOf(refOf(feature)), feature]))

/** For an older feature the newer ones that lie on it, most first; features that stayed the same lie on nothing else. */
function newerOnGround({ common, before, versions }: Work): (b: number) => FollowedFeature['onItsGround'] {
  const byBefore = new Map<number, { a: number; size: number }[]>()
  for (const [a, mine] of common)
    for (const [b, size] of mine) {
      const list = byBefore.get(b)
      if (list) list.push({ a, size })
      else byBefore.set(b, [{ a, size }])
    }
  return (b) =>
    (byBefore.get(b) ?? [])
      .toSorted((x, y) => y.size - x.size || x.a - y.a)
      .map(({ a, size }) => ({
        after: versions.after.refOf(a),
        share: Math.min(1, size / Math.max(before.sizes[b] ?? 0, Number.MIN_VALUE)),
      }))
}

type Point = [x: number, y: number]

/** Middle of a feature's bounding box, mm. */
function middle({ partBox, featureOff }: LayerColumns, feature: number): Point {
  const box = [Infinity, Infinity, -Infinity, -Infinity]
  for (let part = featureOff[feature] ?? 0; part < (featureOff[feature + 1] ?? 0); part += 1) {
    box[0] = Math.min(box[0] ?? 0, partBox[4 * part] ?? 0)
    box[1] = Math.min(box[1] ?? 0, partBox[4 * part + 1] ?? 0)
    box[2] = Math.max(box[2] ?? 0, partBox[4 * part + 2] ?? 0)
    box[3] = Math.max(box[3] ?? 0, partBox[4 * part + 3] ?? 0)
  }
  return [((box[0] ?? 0) + (box[2] ?? 0)) / 2, ((box[1] ?? 0) + (box[3] ?? 0)) / 2]
}

const distanceM = ([x0, y0]: Point, [x1, y1]: Point): number => Math.hypot(x1 - x0, y1 - y0) / 1000
