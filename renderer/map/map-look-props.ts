import type { MapSystem } from '#core/map/coordinates.ts'
import type { MapLook } from '#core/map/look.ts'

/** How a person chose to see the map; only the map of the desk has it. */
export interface MapLookProps {
  look: MapLook
  /** Of coordinates and the graticule; null until it is known. */
  system: MapSystem | null
}
