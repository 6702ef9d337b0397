import { AppError } from '#core/errors.ts'
import { PAIR, type WindowPanel } from '#core/windows/address.ts'
import type { PlanId } from '#core/model/ids.ts'
import { sessionName } from '../api/session.ts'
import { routeHash } from '../state/route.ts'

const KEPT = 'greenprint.pair'

/** The name of this desk and its second window; kept over reloads of this tab. */
export function ownPair(): string {
  const kept = sessionStorage.getItem(KEPT)
  if (kept !== null && PAIR.test(kept)) return kept
  const made = crypto.randomUUID()
  sessionStorage.setItem(KEPT, made)
  return made
}

/** The loopback host gives every window a one-time token of its own; a token in the address is taken out before anything else reads it. */
async function tokenForWindow(): Promise<string> {
  const headers = { Authorization: `Bearer ${sessionName()}`, 'Content-Type': 'application/octet-stream' }
  const response = await fetch('/window', { method: 'POST', headers })
  const { token } = response.ok ? ((await response.json()) as { token?: unknown }) : {}
  if (typeof token !== 'string') throw new AppError('request.refused', {})
  return token
}

/**
 * Opens a second window on a panel of a plan. In Electron the shell opens a window of its own where it sees the address, and the page gets none.
 * @throws AppError `windows.blocked` where the browser opens no pop-ups
 */
export async function openWindow(planId: PlanId, panel: WindowPanel): Promise<void> {
  const hash = routeHash({ page: 'window', planId, panel, pair: ownPair() })
  if (window.greenprint) {
    window.open(`${location.origin}/${hash}`)
    return
  }
  const token = await tokenForWindow()
  const place = `popup,left=${screen.width},top=0,width=${screen.availWidth},height=${screen.availHeight}`
  const opened = window.open(`${location.pathname}#t=${token}&at=${hash.slice(1)}`, `greenprint ${ownPair()}`, place)
  if (opened === null) throw new AppError('windows.blocked', {})
}
