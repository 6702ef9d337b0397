import type { LayerColumns } from '../geo/columns.ts'
import type { Note } from '../model/plan.ts'
import { roleInfo } from '../model/roles.ts'
import { bilingual } from '../text.ts'
import { allChanges, type Version, type Work } from './change.ts'
import { sizesOf } from './common-ground.ts'
import { followFeatures } from './follow.ts'
import { hasColumn, identityOf, type Identity } from './identity.ts'
import { matchFeatures, type Matches, type Side } from './match.ts'
import type { FeatureRef, FollowedFeature, LayerComparison } from './result.ts'
import { shapeKeys } from './shape-key.ts'
import { assertSums, flowsOf, largest, sum, totalsOf } from './totals.ts'

const UNIT = { polygon: 'm2', line: 'm', point: 'count' } as const

/**
 * Compares two versions of a layer of one role and kind, in the same frame. Every feature of both is counted exactly once; the
 * sizes by kind add up to the layers' totals. At most `limit` changes of each kind are listed, the largest first.
 * Throws Error when the sums do not close: that is a bug, never bad data.
 */
export function compareLayer(older: Version, newer: Version, limit: number): LayerComparison {
  return compareAndFollow(older, newer, limit, []).comparison
}

/** The same, and beside it what became of some features of the older version, in the order asked for. */
export function compareAndFollow(
  older: Version,
  newer: Version,
  limit: number,
  follow: readonly FeatureRef[],
): { comparison: LayerComparison; followed: FollowedFeature[] } {
  const before = sideOf(older.layer)
  const after = sideOf(newer.layer)
  const identity = identityOf(before.layer, after.layer)
  const matches = matchFeatures(before, after, identity)
  const fields = comparedFields(before.layer, after.layer)
  const work: Work = { before, after, versions: { before: older, after: newer }, matches, common: nested(matches), fields }
  const { changes, unchanged } = allChanges(work)
  const { kind, role } = newer.layer
  const totals = totalsOf(work, changes, unchanged)
  const comparison: LayerComparison = {
    role,
    kind,
    unit: UNIT[kind],
    before: { count: before.layer.count, size: sum(before.sizes) },
    after: { count: after.layer.count, size: sum(after.sizes) },
    totals,
    flows: flowsOf(changes),
    id: identity === null ? null : { field: identity.field, stable: matches.idStable },
    comparedFields: fields,
    changes: largest(changes, limit, totals),
    notes: notesOf(before.layer, after.layer, identity, matches),
  }
  assertSums(comparison)
  return { comparison, followed: followFeatures(work, changes, unchanged, follow) }
}

const sideOf = (layer: LayerColumns): Side => ({ layer, sizes: sizesOf(layer), keys: shapeKeys(layer) })

function comparedFields(before: LayerColumns, after: LayerColumns): string[] {
  return Object.keys(roleInfo(after.role).fields).filter((field) => hasColumn(before, field) && hasColumn(after, field))
}

function nested({ common }: Matches): Map<number, Map<number, number>> {
  const byAfter = new Map<number, Map<number, number>>()
  for (const { after, before, size } of common) {
    const mine = byAfter.get(after)
    if (mine) mine.set(before, size)
    else byAfter.set(after, new Map([[before, size]]))
  }
  return byAfter
}

function notesOf(before: LayerColumns, after: LayerColumns, identity: Identity | null, matches: Matches): Note[] {
  const notes: Note[] = []
  const { fields, title } = roleInfo(after.role)
  const oneSided = Object.entries(fields).filter(([field]) => hasColumn(before, field) !== hasColumn(after, field))
  if (before.count > 0 && after.count > 0 && oneSided.length > 0)
    notes.push({
      severity: 'warning',
      code: 'compare.field-in-one',
      params: { fields: oneSided.map(([field]) => field) },
      text: bilingual(
        `${title.zh}：只有一版填写的属性未比较：${oneSided.map(([, { title: of }]) => of.zh).join('、')}`,
        `${title.en}: attributes that only one version has were not compared: ${oneSided.map(([, { title: of }]) => of.en).join(', ')}`,
      ),
    })
  if (identity !== null && !matches.idStable && before.count > 0 && after.count > 0)
    notes.push({
      severity: 'warning',
      code: 'compare.renumbered',
      params: { field: identity.field },
      text: bilingual(
        `${title.zh}：两版的编号不指同一地块（可能重新编号），已按图形匹配`,
        `${title.en}: ids of the two versions do not name the same ground (numbered anew?); features were matched by geometry`,
      ),
    })
  return notes
}
