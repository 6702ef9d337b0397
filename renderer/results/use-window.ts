import { useEffect, useState, type RefObject } from 'react'

/** Rows of a long table are all of one height, so that only those in sight need to exist. */
export const ROW_PX = 30
const AROUND = 12
/** The window moves by so many rows at once: a table is not rendered again for every row that comes into sight. */
const BY_ROWS = 4
const LONG = 120

/** Which rows of a long table are in sight, with the room that the others take. Short tables are whole. */
export function useWindow(scroller: RefObject<HTMLElement | null>, count: number) {
  const [span, setSpan] = useState({ first: 0, end: 60 })
  const isLong = count > LONG
  useEffect(() => {
    const element = scroller.current
    if (element === null || !isLong) return
    const look = () => {
      const first = Math.max(0, BY_ROWS * Math.floor((element.scrollTop / ROW_PX - AROUND) / BY_ROWS))
      const end = BY_ROWS * Math.ceil(((element.scrollTop + element.clientHeight) / ROW_PX + AROUND) / BY_ROWS)
      setSpan((now) => (now.first === first && now.end === end ? now : { first, end }))
    }
    element.addEventListener('scroll', look, { passive: true })
    // Also looks once at the start.
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      observer.disconnect()
    }
  }, [scroller, isLong])
  if (!isLong) return { first: 0, end: count, abovePx: 0, belowPx: 0, isLong }
  const first = Math.min(span.first, Math.max(0, count - 1))
  const end = Math.min(count, Math.max(span.end, first + 1))
  return { first, end, abovePx: first * ROW_PX, belowPx: (count - end) * ROW_PX, isLong }
}
