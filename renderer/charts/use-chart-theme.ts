import { useSyncExternalStore } from 'react'
import type { ChartTheme } from '#core/charts/chart.ts'

/** At text of usual size; charts grow with the text, as far as their words still fit. */
const FONT_PX = 12
const LARGEST = 1.5

const read = (): ChartTheme => {
  const style = getComputedStyle(document.documentElement)
  const root = document.documentElement.dataset
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    ink: token('--text'),
    soft: token('--text-quiet'),
    line: token('--line'),
    paper: token('--surface'),
    accent: token('--accent'),
    info: token('--info'),
    warning: token('--warning'),
    danger: token('--danger'),
    font: token('--font-ui'),
    fontPx: FONT_PX * Math.min(LARGEST, Number(root['text'] ?? 100) / 100),
    // Where the system takes colours away, patterns are all that is left.
    patterns: root['theme'] === 'contrast' || matchMedia('(forced-colors: active), (prefers-contrast: more)').matches,
  }
}

let known: { looks: string; tokens: ChartTheme } | null = null

/** The tokens of now; the same object until the theme changes. */
function current(): ChartTheme {
  const { theme, text } = document.documentElement.dataset
  const looks = `${theme} ${text}`
  if (known?.looks !== looks) known = { looks, tokens: read() }
  return known.tokens
}

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-text'] })
  return () => observer.disconnect()
}

/** The interface's own colours and type, for charts; follows the theme live. */
export const useChartTheme = (): ChartTheme => useSyncExternalStore(subscribe, current)
