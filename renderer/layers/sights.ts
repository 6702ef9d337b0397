import type { MapBookmark } from '#core/map/look.ts'
import { useMapPlace } from '../map/map-place.ts'
import type { Sight } from '../map/view-trail.ts'

/** A place of the map under a name. */
export const bookmarkOf = (name: string, { centre: [x, y], metresPerPixel }: Sight): MapBookmark => ({
  name,
  centre: [x, y],
  metresPerPx: metresPerPixel,
})

/** Takes the map of the desk to a bookmark: at once, or as soon as there is one. */
export function goToBookmark({ centre, metresPerPx }: MapBookmark): void {
  const sight: Sight = { centre, metresPerPixel: metresPerPx }
  const { go } = useMapPlace.getState()
  if (go === null) useMapPlace.setState({ wanted: sight })
  else go(sight)
}
