import { useEffect, useRef, useState, type PointerEvent } from 'react'
import { dropPlace } from './tree-keys.ts'

/** What is being dragged, and the place that it would take among its neighbours now, counted from 0. */
export interface Drag {
  id: string
  to: number
  /** It would come to stand after the last of the others. */
  isLast: boolean
  /** What it would push down; null where it would be last. */
  before: string | null
}

/** Dragging things of a list by a handle to another place of the same list. Escape gives up. Keys and buttons do the same without dragging. */
export function useDragOrder(onDrop: (id: string, to: number) => void) {
  const [drag, setDrag] = useState<Drag | null>(null)
  const now = useRef<Drag | null>(null)
  /** What is held; given up by Escape while the button is still down. */
  const held = useRef<string | null>(null)
  const show = (next: Drag | null) => {
    now.current = next
    setDrag(next)
  }
  const isDragging = drag !== null
  useEffect(() => {
    if (!isDragging) return
    const give = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      held.current = null
      now.current = null
      setDrag(null)
    }
    window.addEventListener('keydown', give, true)
    return () => window.removeEventListener('keydown', give, true)
  }, [isDragging])
  /** What the handle of a thing listens to; the thing and its neighbours are `li` with `data-drag`. */
  const handle = (id: string) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.preventDefault()
      held.current = id
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (held.current !== id) return
      const list = event.currentTarget.closest('li')?.parentElement
      const others = [...(list?.querySelectorAll<HTMLElement>(':scope > li[data-drag]') ?? [])].filter(
        (item) => item.dataset['drag'] !== id,
      )
      const to = dropPlace(
        event.clientY,
        others.map((item) => item.getBoundingClientRect()),
      )
      show({ id, to, isLast: to === others.length, before: others[to]?.dataset['drag'] ?? null })
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      held.current = null
      event.currentTarget.releasePointerCapture(event.pointerId)
      const dropped = now.current
      show(null)
      if (dropped?.id === id) onDrop(id, dropped.to)
    },
    onPointerCancel: () => {
      held.current = null
      show(null)
    },
  })
  return { drag, handle }
}
