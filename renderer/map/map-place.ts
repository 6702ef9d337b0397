import { create } from 'zustand'
import type { Sight } from './view-trail.ts'

/** Where the map of the desk looks and points, for what tells it elsewhere on the screen. */
interface MapPlace {
  /** Frame metres; null while the pointer is not on the map. */
  pointer: readonly [number, number] | null
  /** The middle and metres per pixel; null while there is no map. */
  sight: Sight | null
  /** minX, minY, maxX, maxY of what is seen, frame metres. */
  view: readonly [number, number, number, number] | null
  /** Where to go as soon as there is a map; null while nobody waits. */
  wanted: Sight | null
  /** Takes the map to a sight; null while there is no map. */
  go: ((sight: Sight) => void) | null
}

export const useMapPlace = create<MapPlace>()(() => ({ pointer: null, sight: null, view: null, wanted: null, go: null }))
