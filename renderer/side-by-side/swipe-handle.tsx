import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useWords } from '../i18n/use-words.ts'

const STEP = 2
const LEAP = 10

/** Where the divider goes at a key press, in percent; null where the key is not its own. */
export function swipeStep(key: string, percent: number): number | null {
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: percent - STEP,
    ArrowDown: percent - STEP,
    ArrowRight: percent + STEP,
    ArrowUp: percent + STEP,
    PageDown: percent - LEAP,
    PageUp: percent + LEAP,
    Home: 0,
    End: 100,
  }
  const next = moves[key]
  return next === undefined ? null : Math.max(0, Math.min(100, next))
}

interface SwipeHandleProps {
  /** Share of the older side, percent. */
  percent: number
  onMove: (percent: number) => void
}

/** The line between two maps that lie on each other: dragged, or moved with the arrow keys. */
export function SwipeHandle({ percent, onMove }: SwipeHandleProps) {
  const { t } = useWords()
  const dragging = useRef(false)
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect()
    if (!dragging.current || !box || box.width === 0) return
    onMove(Math.round(Math.max(0, Math.min(100, ((event.clientX - box.left) / box.width) * 100))))
  }
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = swipeStep(event.key, percent)
    if (next === null) return
    event.preventDefault()
    onMove(next)
  }
  return (
    <div
      className="swipe-handle"
      style={{ left: `${percent}%` }}
      role="slider"
      tabIndex={0}
      aria-label={t('sides.handle')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={t('sides.handleValue', { percent })}
      onKeyDown={press}
      onPointerDown={(event) => {
        dragging.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={drag}
      onPointerUp={() => {
        dragging.current = false
      }}
      onPointerCancel={() => {
        dragging.current = false
      }}
    >
      <span className="swipe-grip" aria-hidden />
    </div>
  )
}
