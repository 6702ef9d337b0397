import { useCallback, useEffect, useRef, type RefObject } from 'react'
import type { PlanOlMap } from './plan-ol-map.ts'
import { ViewTrail, type Sight } from './view-trail.ts'

/** Remembers where a map looked; the returned function goes to the view before or after. Alt with an arrow does so on the map. */
export function useViewTrail(map: RefObject<PlanOlMap | null>, made: readonly unknown[]): (by: 1 | -1) => void {
  const look = useRef<(by: 1 | -1) => void>(() => undefined)
  // oxlint-disable react/exhaustive-deps -- `made` stands for the map that the reference holds
  useEffect(
    () =>
      map.current?.attach((own) => {
        const trail = new ViewTrail()
        const view = own.getView()
        const target = own.getTargetElement()
        const moved = () => {
          const [x = 0, y = 0] = view.getCenter() ?? []
          trail.came({ centre: [x, y], metresPerPixel: view.getResolution() ?? 1 })
        }
        look.current = (by) => {
          const sight: Sight | null = trail.step(by)
          if (sight === null) return
          view.cancelAnimations()
          view.setCenter([...sight.centre])
          view.setResolution(sight.metresPerPixel)
        }
        const press = (event: KeyboardEvent) => {
          if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return
          event.preventDefault()
          event.stopImmediatePropagation()
          look.current(event.key === 'ArrowLeft' ? -1 : 1)
        }
        own.on('moveend', moved)
        target?.addEventListener('keydown', press, true)
        return () => {
          own.un('moveend', moved)
          target?.removeEventListener('keydown', press, true)
        }
      }),
    [map, ...made],
  )
  // oxlint-enable react/exhaustive-deps
  return useCallback((by) => look.current(by), [])
}
