import { useEffect, useState } from 'react'
import type { Frame } from '#core/geo/frame.ts'
import { MapLink, type LinkedMap, type Sight } from '../map/map-link.ts'

/** The map of the desk, for those who ask where it looks. */
export const deskLink = new MapLink()

/** Where the map of the desk looks, for as long as somebody asks; null while there is none. */
export function useSeen(frame: Frame): Sight | null {
  const [seen, setSeen] = useState<Sight | null>(null)
  useEffect(() => {
    // Joins after the map, so it is told at once and never leads.
    const listener: LinkedMap = {
      frame,
      sight: () => {
        throw new Error('who only listens does not move')
      },
      look: setSeen,
      cross: () => undefined,
    }
    deskLink.join(listener)
    return () => deskLink.leave(listener)
  }, [frame])
  return seen
}
