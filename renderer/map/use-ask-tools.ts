import { useEffect, useRef, type RefObject } from 'react'
import type { Client } from '#core/contract/client.ts'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { PlanId } from '#core/model/ids.ts'
import { AskTools } from './ask-tools.ts'
import type { MapAsk } from './map-ask.ts'
import type { PlanOlMap } from './plan-ol-map.ts'

/** Keeps what is selected and measured on the map. `made` changes when there is a new map. */
export function useAskTools(
  map: RefObject<PlanOlMap | null>,
  ask: MapAsk | undefined,
  made: readonly [Client, PlanId, MapSetup],
): void {
  const tools = useRef<AskTools | null>(null)
  const isAsking = ask !== undefined
  const zoomed = useRef(ask?.zoom ?? 0)
  // oxlint-disable react/exhaustive-deps -- `made` stands for the map that the reference holds
  useEffect(() => {
    if (!isAsking) return
    const [client, planId, setup] = made
    tools.current = map.current?.attach((own) => new AskTools(own, { client, planId, setup })) ?? null
    return () => {
      tools.current?.remove()
      tools.current = null
    }
  }, [map, isAsking, ...made])
  useEffect(() => {
    if (ask === undefined) return
    tools.current?.show(ask)
    if (ask.zoom === zoomed.current) return
    zoomed.current = ask.zoom
    const { extent } = ask.selected
    if (extent) map.current?.showPart(withSurroundings(extent))
  }, [map, ask, ...made])
  // oxlint-enable react/exhaustive-deps
}

const LEAST_ROOM_M = 60

/** Half as much around on every side: a parcel without its neighbours tells little. */
function withSurroundings([minX = 0, minY = 0, maxX = 0, maxY = 0]: readonly number[]): [number, number, number, number] {
  const room = Math.max(LEAST_ROOM_M, Math.max(maxX - minX, maxY - minY) / 2)
  return [minX - room, minY - room, maxX + room, maxY + room]
}
