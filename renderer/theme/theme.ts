import type { Settings } from '#core/contract/procedures.ts'

const REMEMBERED = 'greenprint.theme'
const dark = () => window.matchMedia('(prefers-color-scheme: dark)')
const moreContrast = () => window.matchMedia('(prefers-contrast: more)')

let chosen: Settings['theme'] = 'system'

/** The system's own wish: more contrast goes before dark. */
const ofSystem = () => (moreContrast().matches ? 'contrast' : dark().matches ? 'dark' : 'light')

const apply = () => {
  document.documentElement.dataset['theme'] = chosen === 'system' ? ofSystem() : chosen
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
  if (remembered === 'light' || remembered === 'dark' || remembered === 'contrast') chosen = remembered
  dark().addEventListener('change', apply)
  moreContrast().addEventListener('change', apply)
  apply()
}
