import type { Client } from '#core/contract/client.ts'
import type { FeatureGeometry } from '#core/contract/map-data.ts'
import { fromFrame, toFrame, type Frame } from '#core/geo/frame.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { FeatureChange, FeatureRef } from '#core/plan-diff/result.ts'
import type { OverlayShape } from '../map/map-props.ts'

/** An older plan's shapes in the newer plan's plane, where they are drawn. */
export function movedTo(shape: FeatureGeometry, from: Frame, to: Frame): FeatureGeometry {
  if (JSON.stringify(from) === JSON.stringify(to)) return shape
  const away = fromFrame(from)
  const into = toFrame(to)
  const xyM = new Float64Array(shape.xyM.length)
  for (let at = 0; at + 1 < xyM.length; at += 2) xyM.set(into(...away(shape.xyM[at] ?? 0, shape.xyM[at + 1] ?? 0)), at)
  return { ...shape, xyM }
}

interface Side {
  planId: PlanId
  frame: Frame
}

/** The outlines of changes: the newer ones, and the older ones where the ground is another. All in the newer plan's plane. */
export async function shapesOf(
  client: Client,
  changes: readonly FeatureChange[],
  older: Side,
  newer: Side,
  signal: AbortSignal,
): Promise<OverlayShape[]> {
  const fetched = async (side: Side, refs: readonly FeatureRef[], tone: OverlayShape['tone']): Promise<OverlayShape[]> => {
    const byLayer = Map.groupBy(refs, ({ layerId }) => layerId)
    const asked = [...byLayer].map(([layerId, of]) =>
      client.call('map.features', { planId: side.planId, layerId, fids: of.map(({ fid }) => fid) }, { signal }),
    )
    return (await Promise.all(asked)).map((shape) => ({ shape: movedTo(shape, side.frame, newer.frame), tone }))
  }
  const moved = changes.filter(({ kind, overlap }) => kind === 'removed' || (overlap !== null && overlap < 1))
  const refs = (of: readonly FeatureChange[], side: 'before' | 'after') => of.flatMap((change) => change[side] ?? [])
  const [before, after] = await Promise.all([
    fetched(older, refs(moved, 'before'), 'older'),
    fetched(newer, refs(changes, 'after'), 'newer'),
  ])
  return [...before, ...after]
}
