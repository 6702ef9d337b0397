import { readFile } from 'node:fs/promises'
import { pageHeaders, type StaticFiles } from '#backend/static-files.ts'

/* The parts of Electron that the security rules touch, as narrow as they are used; conform.ts proves that Electron fits them. */

interface Preventable {
  preventDefault(): void
}

export interface SessionPort {
  setPermissionRequestHandler(handler: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void): void
  setPermissionCheckHandler(handler: () => boolean): void
  setDevicePermissionHandler(handler: () => boolean): void
  setDisplayMediaRequestHandler(handler: (request: unknown, answer: (streams: null) => void) => void): void
  setBluetoothPairingHandler(handler: (details: unknown, answer: (response: { confirmed: boolean }) => void) => void): void
  setUSBProtectedClassesHandler(handler: (details: { protectedClasses: string[] }) => string[]): void
  setSpellCheckerEnabled(on: boolean): void
  setProxy(config: { mode: 'direct' }): Promise<void>
  on(event: 'will-download', listener: (event: Preventable) => void): unknown
  webRequest: {
    onBeforeRequest(listener: (details: { url: string }, answer: (verdict: { cancel: boolean }) => void) => void): void
  }
}

export interface ContentsPort {
  readonly id: number
  setWindowOpenHandler(handler: (details: { url: string }) => { action: 'deny' }): void
  setWebRTCIPHandlingPolicy(policy: 'disable_non_proxied_udp'): void
  on(event: 'will-navigate' | 'will-redirect' | 'will-attach-webview', listener: (event: Preventable) => void): unknown
  on(event: 'will-frame-navigate', listener: (event: Preventable) => void): unknown
}

export interface SenderPort {
  sender: { id: number }
  senderFrame: { url: string; parent: unknown } | null
}

export const ORIGIN = 'app://greenprint'

/** Standard so that it has an origin, secure so that it counts as one; nothing that weakens the content policy. */
export const SCHEME = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
} as const

/** Chromium must not even try: no name resolves, no proxy is asked, no component is updated, no socket goes around the proxy. */
export const SWITCHES: readonly (readonly [name: string, value?: string])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['no-proxy-server'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['no-pings'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
]

const isOurPage = (url: string): boolean => {
  const parsed = URL.parse(url)
  return parsed?.protocol === 'app:' && parsed.host === 'greenprint' && parsed.username === '' && parsed.password === ''
}

/** What a page may load at all: its own files, and pictures it made itself. */
export const mayLoad = (url: string): boolean =>
  isOurPage(url) || url.startsWith(`blob:${ORIGIN}/`) || url.startsWith('data:image/') || url.startsWith('data:font/')

/** Denies every permission, device and request of a session. `also` lets the developer's tools load themselves. */
export async function lockSession(session: SessionPort, also: (url: string) => boolean): Promise<void> {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }))
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses)
  session.setSpellCheckerEnabled(false) // its dictionaries would be downloaded
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url) && !also(url) }))
  await session.setProxy({ mode: 'direct' }) // no search for a proxy on the network
}

/** Nothing navigates, opens windows or embeds: the screen is one page. What a page asks to have opened, `asked` hears of. */
export function lockContents(contents: ContentsPort, asked: (url: string, by: number) => void): void {
  const prevent = (event: Preventable) => event.preventDefault()
  contents.on('will-navigate', prevent)
  contents.on('will-frame-navigate', prevent)
  contents.on('will-redirect', prevent)
  contents.on('will-attach-webview', prevent)
  contents.setWindowOpenHandler(({ url }) => (asked(url, contents.id), { action: 'deny' }))
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}

/** Whether a message comes from the page of a window of ours: its main frame, at our address. */
export const isOurSender = ({ sender, senderFrame }: SenderPort, known: ReadonlySet<number>): boolean =>
  senderFrame !== null && senderFrame.parent === null && known.has(sender.id) && isOurPage(senderFrame.url)

/** Answers `app://greenprint/…` from the screen's files, with the same list and the same headers as the loopback host. */
export async function answerApp(files: StaticFiles, { url, method }: { url: string; method: string }): Promise<Response> {
  const headers = pageHeaders()
  const file = isOurPage(url) && method === 'GET' ? files(new URL(url).pathname) : undefined
  if (file === undefined) return new Response(null, { status: 404, headers })
  return new Response(new Uint8Array(await readFile(file.path)), { headers: { ...headers, 'Content-Type': file.type } })
}
