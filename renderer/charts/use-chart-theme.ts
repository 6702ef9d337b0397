import { useSyncExternalStore } from 'react'
import type { ChartTheme } from '#core/charts/chart.ts'

const FONT_PX = 12

const read = (): ChartTheme => {
  const style = getComputedStyle(document.documentElement)
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
    fontPx: FONT_PX,
    // Where the system takes colours away, patterns are all that is left.
    patterns: matchMedia('(forced-colors: active), (prefers-contrast: more)').matches,
  }
}

let known: { theme: string | undefined; tokens: ChartTheme } | null = null

/** The tokens of now; the same object until the theme changes. */
function current(): ChartTheme {
  const theme = document.documentElement.dataset['theme']
  if (known?.theme !== theme || known === null) known = { theme, tokens: read() }
  return known.tokens
}

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

/** The interface's own colours and type, for charts; follows the theme live. */
export const useChartTheme = (): ChartTheme => useSyncExternalStore(subscribe, current)
