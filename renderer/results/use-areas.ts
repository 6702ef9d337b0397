import { useEffect, useState } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import { MAP_CLASSES } from '#core/map/map-classes.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useClient } from '../api/use-api.tsx'
import type { ColouredShape } from '../map/map-props.ts'
import type { Coloured } from './map-classes.ts'

const NOTHING: readonly ColouredShape[] = []

/** The shapes of coloured features, asked from the backend once per choice; empty until they came. */
export function useAreas(planId: PlanId, setup: MapSetup | null, coloured: Coloured | null) {
  const client = useClient()
  const [answer, setAnswer] = useState<{ to: Coloured; areas: readonly ColouredShape[] } | null>(null)
  const [failed, setFailed] = useState<Coloured | null>(null)
  useEffect(() => {
    if (coloured === null || setup === null) return
    const asked = new AbortController()
    const wishes = [...coloured.places].flatMap(([role, classes]) =>
      setup.layers.filter((layer) => layer.role === role && layer.kind === 'polygon').map(({ id }) => ({ layerId: id, classes })),
    )
    const fetched = wishes.map(async ({ layerId, classes }): Promise<ColouredShape> => {
      const shape = await client.call('map.features', { planId, layerId, fids: [...classes.keys()] }, { signal: asked.signal })
      return { shape, looks: Array.from(shape.fid, (fid) => lookOf(coloured, classes.get(fid) ?? null)) }
    })
    Promise.all(fetched).then(
      (areas) => asked.signal.aborted || setAnswer({ to: coloured, areas }),
      () => asked.signal.aborted || setFailed(coloured),
    )
    return () => asked.abort()
  }, [client, planId, setup, coloured])
  return {
    areas: coloured !== null && answer?.to === coloured ? answer.areas : NOTHING,
    failed: coloured !== null && failed === coloured,
  }
}

/** The colour of a class; hatched where nothing is known. */
function lookOf({ classes }: Coloured, index: number | null): ColouredShape['looks'][number] {
  const found = index === null ? undefined : classes.classes[index]
  const { fill, hatchColour } = MAP_CLASSES.noData
  return found ? { fill: found.colour, hatchColour: null } : { fill, hatchColour }
}
