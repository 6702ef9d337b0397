import type { Work } from './change.ts'
import {
  CHANGE_KINDS,
  type ChangeKind,
  type ClassFlow,
  type FeatureChange,
  type KindTotal,
  type LayerComparison,
} from './result.ts'

export function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}

/** How many features and how much ground each kind of change concerns; `listed` is filled in by `largest`. */
export function totalsOf(
  { before, after }: Work,
  changes: readonly FeatureChange[],
  unchanged: readonly { a: number; b: number }[],
): Record<ChangeKind, KindTotal> {
  const totals = Object.fromEntries(
    CHANGE_KINDS.map((kind): [ChangeKind, KindTotal] => [kind, { count: 0, sizeBefore: 0, sizeAfter: 0, listed: 0 }]),
  ) as Record<ChangeKind, KindTotal>
  const count = (kind: ChangeKind, sizeBefore: number, sizeAfter: number): void => {
    const total = totals[kind]
    total.count += 1
    total.sizeBefore += sizeBefore
    total.sizeAfter += sizeAfter
  }
  for (const { kind, sizeBefore, sizeAfter } of changes) count(kind, sizeBefore ?? 0, sizeAfter ?? 0)
  for (const { a, b } of unchanged) count('unchanged', before.sizes[b] ?? 0, after.sizes[a] ?? 0)
  return totals
}

/** The re-coded features by old and new class, the largest flow first. */
export function flowsOf(changes: readonly FeatureChange[]): ClassFlow[] {
  const flows = new Map<string, ClassFlow>()
  for (const { kind, classBefore: from, classAfter: to, sizeAfter } of changes) {
    if (kind !== 'recoded') continue
    const key = JSON.stringify([from, to])
    const flow = flows.get(key) ?? { from, to, count: 0, size: 0 }
    flow.count += 1
    flow.size += sizeAfter ?? 0
    flows.set(key, flow)
  }
  return [...flows.values()].toSorted((one, other) => other.size - one.size)
}

const weight = ({ sizeBefore, sizeAfter }: FeatureChange): number => Math.max(sizeBefore ?? 0, sizeAfter ?? 0)

/** At most `limit` changes of each kind, the largest first; writes into the totals how many of each were kept. */
export function largest(
  changes: readonly FeatureChange[],
  limit: number,
  totals: Record<ChangeKind, KindTotal>,
): FeatureChange[] {
  const byKind = Map.groupBy(changes, ({ kind }) => kind)
  return CHANGE_KINDS.flatMap((kind) => {
    if (kind === 'unchanged') return []
    const kept = (byKind.get(kind) ?? []).toSorted((one, other) => weight(other) - weight(one)).slice(0, limit)
    totals[kind].listed = kept.length
    return kept
  })
}

/** Rounding of long sums; any feature that is lost or counted twice is far above it. */
const CLOSURE = 1e-9

/** Every feature of both versions is counted once, and the sizes by kind are the layers' totals. @throws Error when not */
export function assertSums({ role, totals, before, after }: LayerComparison): void {
  const all = Object.values(totals)
  const counted = {
    before: all.reduce((count, total) => count + total.count, 0) - totals.added.count,
    after: all.reduce((count, total) => count + total.count, 0) - totals.removed.count,
  }
  const near = (size: number, of: number): boolean => Math.abs(size - of) <= CLOSURE * Math.max(1, Math.abs(of))
  const closes =
    counted.before === before.count &&
    counted.after === after.count &&
    near(sum(all.map(({ sizeBefore }) => sizeBefore)), before.size) &&
    near(sum(all.map(({ sizeAfter }) => sizeAfter)), after.size)
  if (!closes) throw new Error(`the comparison of ${role} does not add up: ${JSON.stringify({ totals, before, after })}`)
}
