import { renderToString } from 'react-dom/server'
import type { ReactNode } from 'react'
import { vi } from 'vitest'
import { startI18n } from '../../i18n/i18n.ts'
import { ApiProvider } from '../use-api.tsx'
import { fakeClient } from './fake-client.ts'

/** For panel tests: nothing happens on a press. */
export const nothing = () => undefined

/** A panel as it is first drawn, over the screen without a backend. */
export const markup = (panel: ReactNode): string => renderToString(<ApiProvider client={fakeClient()}>{panel}</ApiProvider>)

/** What a person reads of some markup. */
export const textOf = (html: string): string =>
  html
    .replace(/<!-- -->/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

/** What a person reads on a panel. */
export const words = (panel: ReactNode): string => textOf(markup(panel))

/** Starts the screen's words without a browser; `kept` is what the browser would remember. */
export async function startWords(kept = new Map<string, string>()): Promise<void> {
  const remember = () =>
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    })
  remember()
  vi.stubGlobal('document', { documentElement: { dataset: {} } })
  await startI18n('zh')
  vi.unstubAllGlobals()
  remember()
}
