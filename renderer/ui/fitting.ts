import { useLayoutEffect, useState, type RefObject } from 'react'

/** What a bar has to place, all in CSS pixels. */
export interface BarWidths {
  room: number
  /** Everything that always stands in the bar, with the gaps between. */
  fixed: number
  /** The button behind which the rest waits, with its gap. */
  more: number
  /** What may wait, each with its gap, the most wanted first. */
  wanted: readonly number[]
}

/** How many of what may wait have room. All of them need no further button; fewer do, so it is counted in. */
export function howManyFit({ room, fixed, more, wanted }: BarWidths): number {
  const sums = wanted.reduce<number[]>((all, width) => [...all, (all.at(-1) ?? fixed) + width], [])
  if ((sums.at(-1) ?? 0) <= room) return wanted.length
  return sums.filter((sum) => sum + more <= room).length
}

const gapOf = (bar: HTMLElement) => parseFloat(getComputedStyle(bar).columnGap) || 0
const isFixed = (child: HTMLElement) => child.dataset['rank'] === undefined && child.dataset['more'] === undefined

function measure(bar: HTMLElement): BarWidths {
  const children = [...bar.children].filter((child) => child instanceof HTMLElement)
  const gap = gapOf(bar)
  // Fractions count: seven buttons that are each rounded down would not fit after all.
  const width = (child: HTMLElement) => child.getBoundingClientRect().width + gap
  const sum = (some: readonly HTMLElement[]) => some.reduce((all, child) => all + width(child), 0)
  return {
    room: bar.getBoundingClientRect().width,
    fixed: sum(children.filter(isFixed)) - gap,
    more: sum(children.filter((child) => child.dataset['more'] !== undefined)),
    wanted: children
      .filter((child) => child.dataset['rank'] !== undefined)
      .toSorted((a, b) => Number(a.dataset['rank']) - Number(b.dataset['rank']))
      .map(width),
  }
}

/**
 * How many of a bar's children with `data-rank` have room, lowest rank first. Those without room keep their place in the page, unseen, so
 * that a longer language or larger text is measured anew; what the bar needs at least is told to its style sheet as `--bar-least`.
 */
export function useFitting(bar: RefObject<HTMLElement | null>): number {
  const [fit, setFit] = useState(0)
  useLayoutEffect(() => {
    const element = bar.current
    if (element === null) return undefined
    const look = () => {
      const widths = measure(element)
      element.style.setProperty('--bar-least', `${Math.ceil(widths.fixed + widths.more)}px`)
      setFit(howManyFit(widths))
    }
    const observer = new ResizeObserver(look)
    for (const one of [element, ...element.children]) observer.observe(one)
    look()
    return () => observer.disconnect()
  }, [bar])
  return fit
}
