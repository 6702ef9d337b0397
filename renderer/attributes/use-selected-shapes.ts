import { useEffect, useState } from 'react'
import { featureCount, featuresOf } from '#core/attributes/feature-set.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useClient } from '../api/use-api.tsx'
import type { MapSelection } from '../map/map-ask.ts'
import { useAttributes, type Selection } from './attribute-store.ts'

/** So many are drawn from their own shapes, sharp at every scale; more come with the map's tiles. */
const AS_SHAPES = 1000

const NONE: MapSelection = { shapes: [], sets: new Map(), extent: null }

/** Layers whose selection is drawn from tiles, and those that are drawn from shapes. */
export function byNumber(selection: Selection): { sets: Selection; few: Selection } {
  const isFew = ([, features]: [unknown, Parameters<typeof featureCount>[0]]) => featureCount(features) <= AS_SHAPES
  return { few: new Map([...selection].filter(isFew)), sets: new Map([...selection].filter((own) => !isFew(own))) }
}

type Box = NonNullable<MapSelection['extent']>
const around = (one: Box | null, other: Box | null): Box | null =>
  one && other
    ? [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[2], other[2]), Math.max(one[3], other[3])]
    : (one ?? other)

/** What is selected, for the map, with the wish to move there. */
export function useSelectedShapes(planId: PlanId): { selected: MapSelection; zoom: number; error: unknown } {
  const client = useClient()
  const selection = useAttributes((state) => (state.planId === planId ? state.selection : null))
  const zoom = useAttributes((state) => state.zoom)
  const [answer, setAnswer] = useState<{ zoom: number; selected: MapSelection; error: unknown }>({
    zoom: 0,
    selected: NONE,
    error: null,
  })
  useEffect(() => {
    let isWanted = true
    const { few, sets } = byNumber(selection ?? new Map())
    const shapes = Promise.all(
      [...few].map(([layerId, features]) => client.call('map.features', { planId, layerId, fids: featuresOf(features) })),
    )
    const extents = Promise.all(
      [...(selection ?? [])].map(([layerId, features]) => client.call('map.extentOf', { planId, layerId, features })),
    )
    Promise.all([shapes, extents]).then(
      ([drawn, boxes]) => {
        const extent = boxes.reduce<Box | null>(around, null)
        if (isWanted) setAnswer({ selected: { shapes: drawn, sets, extent }, zoom, error: null })
      },
      (error: unknown) => isWanted && setAnswer({ selected: NONE, zoom, error }),
    )
    return () => {
      isWanted = false
    }
  }, [client, planId, selection, zoom])
  return answer
}
