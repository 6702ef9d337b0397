import type OlMap from 'ol/Map'
import type { Frame } from '#core/geo/frame.ts'
import type { CrossLayer } from './cross-layer.ts'
import type { LinkedMap, MapLink } from './map-link.ts'

const asPlace = (coordinate: readonly number[]): [number, number] => [coordinate[0] ?? 0, coordinate[1] ?? 0]

/** Keeps a map where the others of a link are, from now until the returned function is called. */
export function linkView(map: OlMap, frame: Frame, cross: CrossLayer, link: MapLink): () => void {
  const view = map.getView()
  const linked: LinkedMap = {
    frame,
    sight: () => ({ centre: asPlace(view.getCenter() ?? []), metresPerPixel: view.getResolution() ?? 1 }),
    look: ({ centre, metresPerPixel }) => {
      view.cancelAnimations()
      view.setCenter(centre)
      view.setResolution(metresPerPixel)
    },
    cross: (at) => cross.show(at),
  }
  const moved = () => link.moved(linked)
  const pointed = (event: { dragging: boolean; coordinate: readonly number[] }) =>
    link.pointed(linked, event.dragging ? null : asPlace(event.coordinate))
  const left = () => link.pointed(linked, null)
  view.on(['change:center', 'change:resolution'], moved)
  map.on('pointermove', pointed)
  map.getViewport()?.addEventListener('pointerleave', left)
  link.join(linked)
  return () => {
    link.leave(linked)
    view.un(['change:center', 'change:resolution'], moved)
    map.un('pointermove', pointed)
    map.getViewport()?.removeEventListener('pointerleave', left)
  }
}
