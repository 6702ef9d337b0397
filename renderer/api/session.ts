/** The loopback host's one-time token for the next hello lives in this tab's session storage, so that a reload works. */
const NEXT = 'greenprint.next'

let session = ''

/**
 * Takes the loopback host's token out of the address before anything else reads it: it must not stay in the history.
 * It is good for one hello; the host then hands out the next one.
 */
export function takeSessionToken(): void {
  const found = /^#(?:t|token)=([\w.~-]+)(?:&at=(\/[\w/-]*))?$/.exec(location.hash)
  if (!found?.[1]) return
  sessionStorage.setItem(NEXT, found[1])
  history.replaceState(null, '', `${location.pathname}${location.search}#${found[2] ?? '/'}`)
}

/** The token to say hello with; used once. Empty when this page was not opened by the host's own link. */
export function helloToken(): string {
  const token = sessionStorage.getItem(NEXT) ?? ''
  sessionStorage.removeItem(NEXT)
  return token
}

/** Keeps what the welcome said: the session's name for uploads and downloads, and the token of the next hello. */
export function keepSession(welcome: { session: string; next: string }): void {
  session = welcome.session
  sessionStorage.setItem(NEXT, welcome.next)
}

/** For the Authorization header of uploads and downloads; empty outside the loopback host. */
export const sessionName = (): string => session
