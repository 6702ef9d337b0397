import { useEffect } from 'react'
import type { Client } from '#core/contract/client.ts'
import type { WindowPanel } from '#core/windows/address.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useClient } from '../api/use-api.tsx'
import type { WindowMessage } from './messages.ts'
import { openWindow, ownPair } from './open-window.ts'
import { sharedParts } from './shared-stores.ts'
import { linkWindows, type Said, type WindowLink } from './window-link.ts'
import { useWindows } from './windows-store.ts'
import { useUi } from '../state/ui-store.ts'

/** A second window that is loaded anew is gone for a moment; only after that is its panel brought back. */
const GRACE_MS = 2500

const lockOf = (pair: string) => `greenprint window ${pair}`

let link: WindowLink | null = null
const listeners = new Set<(message: WindowMessage) => void>()

/** Hears what is said between maps, until the returned function is called. */
export function onWindowMessage(heard: (message: WindowMessage) => void): () => void {
  listeners.add(heard)
  return () => void listeners.delete(heard)
}

export const sayToWindow = (said: Said): void => link?.say(said)

/** Sends a panel to the second window, or brings that window forward where it is open already. */
export function sendToWindow(planId: PlanId, panel: WindowPanel): void {
  useWindows.setState({ error: null })
  if (useWindows.getState().away === panel) return sayToWindow({ kind: 'focus' })
  openWindow(planId, panel).catch((error: unknown) => useWindows.setState({ error }))
}

/** Takes the panel back; the second window closes. */
export function bringBack(): void {
  sayToWindow({ kind: 'close' })
  useWindows.setState({ away: null, isHereToo: false })
}

/** The first window: knows whether a second is there, by what it says and by a lock that only a living window holds. */
function beFirst(pair: string, begin: (heard: (message: WindowMessage) => void) => WindowLink): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const watch = new AbortController()
  const gone = (afterMs: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => useWindows.setState({ away: null, isHereToo: false }), afterMs)
  }
  let isWatching = false
  const waitForEnd = () => {
    if (isWatching) return
    isWatching = true
    navigator.locks
      .request(lockOf(pair), { signal: watch.signal }, () => {
        isWatching = false
        gone(GRACE_MS)
      })
      .catch((error: unknown) => {
        if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
      })
  }
  const own = begin((message) => {
    if (message.kind === 'here') {
      clearTimeout(timer)
      useWindows.setState({ away: message.panel, error: null })
      const { route } = useUi.getState()
      if (message.isNew && 'planId' in route) own.say({ kind: 'plan', planId: route.planId })
      waitForEnd()
    }
    if (message.kind === 'bye') gone(GRACE_MS)
  })
  const stop = useUi.subscribe(({ route }, before) => {
    if (route !== before.route && 'planId' in route) own.say({ kind: 'plan', planId: route.planId })
  })
  return () => {
    watch.abort()
    clearTimeout(timer)
    stop()
  }
}

/** The second window: follows the first one's plan, and goes when it is told to. */
function beSecond(pair: string, begin: (heard: (message: WindowMessage) => void) => WindowLink): () => void {
  const end = new AbortController()
  let own: WindowLink | null = null
  navigator.locks
    .request(lockOf(pair), { signal: end.signal }, () => {
      // The lock is this window's life; said only when it is held, so that the other can wait for its end.
      own = begin((message) => {
        const { route, go } = useUi.getState()
        if (message.kind === 'plan' && route.page === 'window' && route.planId !== message.planId)
          go({ ...route, planId: message.planId as PlanId })
        if (message.kind === 'focus') window.focus()
        if (message.kind !== 'close') return
        useWindows.setState({ isReturned: true })
        window.close()
      })
      return new Promise<void>((resolve) => end.signal.addEventListener('abort', () => resolve()))
    })
    .catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
    })
  const leave = () => own?.say({ kind: 'bye' })
  window.addEventListener('pagehide', leave)
  return () => {
    leave()
    window.removeEventListener('pagehide', leave)
    end.abort()
  }
}

const begin =
  (client: Client, pair: string, panel: WindowPanel | null) =>
  (settle: (message: WindowMessage) => void): WindowLink => {
    const log = (line: string) => {
      client.call('app.logError', { message: line.slice(0, 2000), where: 'windows' }).catch(() => undefined)
    }
    const heard = (message: WindowMessage) => {
      settle(message)
      for (const listener of listeners) listener(message)
    }
    const channel = new BroadcastChannel('greenprint windows')
    link = linkWindows({ channel, pair, panel, parts: sharedParts(), heard, log })
    return link
  }

/** Joins this window with its other one, for as long as the page lives. */
export function useWindowLink(): void {
  const client = useClient()
  const panel = useUi(({ route }) => (route.page === 'window' ? route.panel : null))
  const pair = useUi(({ route }) => (route.page === 'window' ? route.pair : null))
  useEffect(() => {
    const name = pair ?? ownPair()
    const leave = panel === null ? beFirst(name, begin(client, name, null)) : beSecond(name, begin(client, name, panel))
    return () => {
      leave()
      link?.close()
      link = null
    }
  }, [client, panel, pair])
}
