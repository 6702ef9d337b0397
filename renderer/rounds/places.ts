import type { Client } from '#core/contract/client.ts'
import type { FeatureGeometry } from '#core/contract/map-data.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import type { Finding } from '#core/review/finding.ts'
import type { Mark } from '#core/review/mark.ts'

/** A mark as a shape of the map; an area is closed. */
export function markShape({ kind, xyM }: Mark): FeatureGeometry {
  const isArea = kind === 'area' || kind === 'cloud'
  const xy = Float64Array.from(isArea ? [...xyM, ...xyM.slice(0, 2)] : xyM)
  const isPoint = kind === 'point' || kind === 'text'
  return {
    kind: isArea ? 'polygon' : isPoint ? 'point' : 'line',
    xyM: xy,
    ringOff: Uint32Array.of(0, xy.length / 2),
    featureOff: Uint32Array.of(0, 1),
    fid: Float64Array.of(0),
  }
}

/** Every place of a finding in its own plan's frame: the features that it names, and its mark. */
export async function placesOf(
  client: Client,
  planId: PlanId,
  layers: readonly { id: LayerId; role: string; kind: string }[],
  { evidence, mark }: Pick<Finding, 'evidence' | 'mark'>,
  signal: AbortSignal,
): Promise<FeatureGeometry[]> {
  const byRole = Map.groupBy(evidence, ({ layer }) => layer)
  const asked = [...byRole].flatMap(([role, features]) =>
    layers
      .filter((layer) => layer.role === role && layer.kind !== 'raster')
      .map(({ id: layerId }) =>
        client.call('map.features', { planId, layerId, fids: features.map(({ fid }) => fid) }, { signal }),
      ),
  )
  const shapes = await Promise.all(asked)
  return mark ? [...shapes, markShape(mark)] : shapes
}
