import { useEffect } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { PlanId } from '#core/model/ids.ts'
import { deskLink } from '../print/use-seen.ts'
import { remoteMap } from './remote-map.ts'
import { onWindowMessage, sayToWindow } from './use-windows.ts'
import { useWindows } from './windows-store.ts'

/** Keeps the map of the desk and that of the other window at one place, while both are there and the switch is on. */
export function useFollowing(planId: PlanId, frame: MapSetup['frame'] | undefined, isBoth: boolean): void {
  const isFollowing = useWindows((state) => state.isFollowing)
  useEffect(() => {
    if (!isFollowing || !isBoth || frame === undefined) return
    const remote = remoteMap(deskLink, planId, frame, sayToWindow)
    const stop = onWindowMessage((message) => remote.hear(message))
    return () => {
      stop()
      remote.leave()
    }
  }, [planId, frame, isFollowing, isBoth])
}
