import { useEffect, useState } from 'react'
import type { CarriedFinding } from '#core/contract/round-procedures.ts'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useClient } from '../api/use-api.tsx'
import { movedTo } from '../compare/shapes.ts'
import type { OverlayShape } from '../map/map-props.ts'
import { placesOf } from './places.ts'

interface Side {
  planId: PlanId
  setup: MapSetup
}

const NONE: { older: OverlayShape[]; newer: OverlayShape[] } = { older: [], newer: [] }

/** The two places of a carried finding, drawn on both maps: where it was, and where it is. */
export function usePlaces(older: Side, newer: Side, wanted: CarriedFinding | null) {
  const client = useClient()
  const [answer, setAnswer] = useState<{ to: CarriedFinding; shapes: typeof NONE } | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    if (wanted === null) return
    const asked = new AbortController()
    const { finding, earlier } = wanted
    Promise.all([
      earlier ? placesOf(client, older.planId, older.setup.layers, earlier, asked.signal) : Promise.resolve([]),
      placesOf(client, newer.planId, newer.setup.layers, finding, asked.signal),
    ]).then(
      ([was, is]) => {
        if (asked.signal.aborted) return
        const [from, to] = [older.setup.frame, newer.setup.frame]
        const onNewer: OverlayShape[] = [
          ...was.map((shape) => ({ shape: movedTo(shape, from, to), tone: 'older' as const })),
          ...is.map((shape) => ({ shape, tone: 'newer' as const })),
        ]
        const onOlder = onNewer.map(({ shape, tone }) => ({ shape: movedTo(shape, to, from), tone }))
        setFailed(false)
        setAnswer({ to: wanted, shapes: { older: onOlder, newer: onNewer } })
      },
      () => asked.signal.aborted || setFailed(true),
    )
    return () => asked.abort()
  }, [client, older, newer, wanted])
  return { ...(answer !== null && answer.to === wanted ? answer.shapes : NONE), failed }
}
