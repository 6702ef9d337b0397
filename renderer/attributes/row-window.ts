import { useEffect, useState, type RefObject } from 'react'

export const ROW_PX = 28
/** Browsers lay out no element higher than about 33 million pixels; above this, a pixel of scrolling stands for several. */
export const MOST_PX = 24_000_000
const AROUND = 8

export interface RowSpan {
  first: number
  end: number
  /** Room above and below the rows that exist. */
  abovePx: number
  belowPx: number
}

/** How much farther the rows go than the scroll bar does, at least 1. */
export const stretchOf = (count: number): number => Math.max(1, (count * ROW_PX) / MOST_PX)

/** Which rows of a table of any length are in sight at a scroll position. */
export function rowsInSight(count: number, scrollTop: number, heightPx: number): RowSpan {
  const whole = Math.min(count * ROW_PX, MOST_PX)
  const inSight = Math.ceil(heightPx / ROW_PX)
  const reach = Math.max(1, whole - heightPx)
  // At the end of the bar the last row stands at the bottom, however stretched.
  const top = Math.min(1, Math.max(0, scrollTop / reach)) * Math.max(0, count - inSight + 1)
  const exact = stretchOf(count) === 1 ? scrollTop / ROW_PX : top
  const first = Math.min(Math.max(0, count - 1), Math.max(0, Math.floor(exact) - AROUND))
  const end = Math.min(count, Math.floor(exact) + inSight + AROUND)
  const abovePx = stretchOf(count) === 1 ? first * ROW_PX : Math.max(0, Math.min(whole, scrollTop) - (exact - first) * ROW_PX)
  return { first, end, abovePx, belowPx: Math.max(0, whole - abovePx - (end - first) * ROW_PX) }
}

/** Where to scroll so that a row stands below the head with two others above it. */
export function scrollTopFor(count: number, row: number, heightPx: number): number {
  if (stretchOf(count) === 1) return Math.max(0, (row - 2) * ROW_PX)
  const inSight = Math.ceil(heightPx / ROW_PX)
  return (Math.max(0, row - 2) / Math.max(1, count - inSight + 1)) * (MOST_PX - heightPx)
}

/** The rows in sight of a scrolling element, and the way to bring one into sight. */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, count: number, headPx: number) {
  const [place, setPlace] = useState({ top: 0, height: 400 })
  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const look = () =>
      setPlace((now) => {
        const next = { top: element.scrollTop, height: element.clientHeight - headPx }
        return now.top === next.top && now.height === next.height ? now : next
      })
    element.addEventListener('scroll', look, { passive: true })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      observer.disconnect()
    }
  }, [scroller, headPx])
  const bringIntoSight = (row: number) => {
    const element = scroller.current
    if (element === null) return
    const heightPx = element.clientHeight - headPx
    const span = rowsInSight(count, element.scrollTop, heightPx)
    const [firstSeen, endSeen] = [span.first + AROUND, span.end - AROUND - 1]
    const isAtTop = element.scrollTop < ROW_PX
    if (row >= (isAtTop ? 0 : firstSeen + 1) && row < endSeen) return
    element.scrollTo({ top: scrollTopFor(count, row, heightPx) })
  }
  return { ...rowsInSight(count, place.top, place.height), bringIntoSight }
}
