import { useEffect, useMemo, useState } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { ContestedFeature } from '#core/review/contention.ts'
import { useClient } from '../api/use-api.tsx'
import { contentionMap, type ContentionMap, type FetchedLayer } from './contention-parts.ts'

const NOTHING: readonly FetchedLayer[] = []

/** The shapes of contested features, asked once per list; nothing until they came. */
export function useContention(planId: PlanId, setup: MapSetup, features: readonly ContestedFeature[]) {
  const client = useClient()
  const [answer, setAnswer] = useState<{ to: readonly ContestedFeature[]; layers: FetchedLayer[] } | null>(null)
  const [failed, setFailed] = useState<readonly ContestedFeature[] | null>(null)
  useEffect(() => {
    if (features.length === 0) return
    const asked = new AbortController()
    const byRole = Map.groupBy(features, ({ layer }) => layer)
    const fetched = setup.layers.flatMap((layer) => {
      const fids = (byRole.get(layer.role) ?? []).map(({ fid }) => fid)
      if (fids.length === 0 || layer.kind === 'raster') return []
      const wish = client.call('map.features', { planId, layerId: layer.id, fids }, { signal: asked.signal })
      return [wish.then((shape): FetchedLayer => ({ layer, shape }))]
    })
    Promise.all(fetched).then(
      (layers) => asked.signal.aborted || setAnswer({ to: features, layers }),
      () => asked.signal.aborted || setFailed(features),
    )
    return () => asked.abort()
  }, [client, planId, setup, features])
  const layers = answer?.to === features ? answer.layers : NOTHING
  const drawn: ContentionMap = useMemo(() => contentionMap(features, layers), [features, layers])
  return { drawn, layers, failed: failed === features }
}
