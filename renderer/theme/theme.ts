import type { Settings } from '#core/contract/procedures.ts'

const REMEMBERED = 'greenprint.theme'
const dark = () => window.matchMedia('(prefers-color-scheme: dark)')

let chosen: Settings['theme'] = 'system'

const apply = () => {
  const isDark = chosen === 'dark' || (chosen === 'system' && dark().matches)
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
}

/** Shows the theme; remembered on this machine so that the next start does not flash. */
export function applyTheme(theme: Settings['theme']): void {
  chosen = theme
  localStorage.setItem(REMEMBERED, theme)
  apply()
}

/** Before the backend has answered: last time's theme, and from then on every change of the system's. */
export function startTheme(): void {
  const remembered = localStorage.getItem(REMEMBERED)
  if (remembered === 'light' || remembered === 'dark') chosen = remembered
  dark().addEventListener('change', apply)
  apply()
}
