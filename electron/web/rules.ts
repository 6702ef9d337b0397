/** What the rules look at. Header values are lists, for a header sent twice is itself a reason to refuse. */
export interface Asked {
  method: string
  /** The request target as sent, still encoded. */
  target: string
  host: readonly string[]
  origin: readonly string[]
  fetchSite: readonly string[]
  fetchMode: readonly string[]
  contentType: readonly string[]
}

export type Route =
  | { kind: 'static'; path: string }
  | { kind: 'upload' }
  | { kind: 'window' }
  | { kind: 'download'; token: string }
  | { kind: 'socket' }

export type Verdict = { allowed: true; route: Route; needsSession: boolean } | { allowed: false; status: number }

const refuse = (status: number): Verdict => ({ allowed: false, status })

/**
 * Who may ask what of the loopback host. Every program and every page of this machine can reach 127.0.0.1, so:
 * the Host must be ours (DNS rebinding), an Origin must be ours and must be there for everything but plain reading (foreign
 * pages), Sec-Fetch-Site where the browser sends it must not name another site, and what touches data needs a session besides.
 */
export function judge(asked: Asked, port: number, upgrade: boolean): Verdict {
  const self = `127.0.0.1:${port}`
  if (asked.host.length !== 1 || asked.host[0] !== self) return refuse(421)
  if (asked.origin.length > 1 || (asked.origin.length === 1 && asked.origin[0] !== `http://${self}`)) return refuse(403)
  const reading = asked.method === 'GET' || asked.method === 'HEAD'
  if (asked.origin.length === 0 && (!reading || upgrade)) return refuse(403)
  if (!siteIsOurs(asked, reading && !upgrade)) return refuse(403)

  const route = routeOf(asked.target)
  if (upgrade) return route.kind === 'socket' && asked.method === 'GET' ? allow(route, false) : refuse(404)
  if (route.kind === 'upload' || route.kind === 'window') {
    if (asked.method !== 'POST') return refuse(405)
    // No form and no simple cross-site request can send this type.
    return asked.contentType.join() === 'application/octet-stream' ? allow(route, true) : refuse(415)
  }
  if (route.kind === 'download') return asked.method === 'GET' ? allow(route, true) : refuse(405)
  if (route.kind === 'socket') return refuse(426)
  return reading ? allow(route, false) : refuse(405)
}

const allow = (route: Route, needsSession: boolean): Verdict => ({ allowed: true, route, needsSession })

/** Old browsers send no Sec-Fetch-Site; those that do say `none` only when a person opened the page. */
function siteIsOurs({ fetchSite, fetchMode }: Asked, mayNavigate: boolean): boolean {
  if (fetchSite.length === 0) return true
  if (fetchSite.length > 1) return false
  return fetchSite[0] === 'same-origin' || (fetchSite[0] === 'none' && mayNavigate && fetchMode.join() === 'navigate')
}

const DOWNLOAD = /^\/download\/([0-9a-f]{32})$/

function routeOf(target: string): Route {
  const path = target.split('?', 1)[0] ?? ''
  if (path === '/upload') return { kind: 'upload' }
  if (path === '/window') return { kind: 'window' }
  if (path === '/rpc') return { kind: 'socket' }
  const download = DOWNLOAD.exec(path)?.[1]
  return download === undefined ? { kind: 'static', path } : { kind: 'download', token: download }
}
