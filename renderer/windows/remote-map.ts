import type { MapSetup } from '#core/contract/map-data.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { LinkedMap, MapLink, Sight } from '../map/map-link.ts'
import { useMapPlace } from '../map/map-place.ts'
import type { WindowMessage } from './messages.ts'
import type { Said } from './window-link.ts'

/** The map of the other window as one more map of this desk's link: it goes where ours goes, and ours where it goes. */
export function remoteMap(link: MapLink, planId: PlanId, frame: MapSetup['frame'], say: (said: Said) => void) {
  let sight: Sight | null = null
  let isJoined = false
  const map: LinkedMap = {
    frame,
    sight: () => sight ?? ownSight(),
    look: (to) => {
      sight = to
      say({ kind: 'sight', planId, ...to })
    },
    cross: (at) => say({ kind: 'cross', planId, at }),
  }
  /** Only after the map that is here, so that nobody is led to a place that is not known yet. */
  const join = () => {
    if (isJoined || useMapPlace.getState().sight === null) return
    isJoined = true
    link.join(map)
  }
  const stop = useMapPlace.subscribe(join)
  join()
  return {
    hear(message: WindowMessage): void {
      if (!('planId' in message) || message.planId !== planId || !isJoined) return
      if (message.kind === 'cross') link.pointed(map, message.at)
      if (message.kind !== 'sight') return
      sight = { centre: message.centre, metresPerPixel: message.metresPerPixel }
      link.moved(map)
    },
    leave(): void {
      stop()
      if (!isJoined) return
      link.pointed(map, null)
      link.leave(map)
    },
  }
}

function ownSight(): Sight {
  const { sight } = useMapPlace.getState()
  if (sight === null) throw new Error('a map that is not there has no sight')
  return { centre: [...sight.centre], metresPerPixel: sight.metresPerPixel }
}
