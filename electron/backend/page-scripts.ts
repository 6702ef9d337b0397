import { PAGE_PORT, PAGE_READY } from '#core/contract/shell-api.ts'

/*
 * What the self-test asks of the real page, as the text of scripts: they run in the page's own world, with what a page can do and
 * no more. Each comes to plain data; whether that is well is decided in electron-probes.ts.
 */

const json = (value: unknown) => JSON.stringify(value)

/** Names that a page must not know: with one of them it would reach Node or Electron. */
const LEAKS = [
  'require',
  'process',
  'module',
  'exports',
  'Buffer',
  'global',
  'setImmediate',
  '__dirname',
  'electron',
  'ipcRenderer',
]

export interface PreloadAnswer {
  keys: string[]
  functions: boolean
  /** The page can neither replace nor extend what it was given. */
  locked: boolean
  leaks: string[]
}

export const PRELOAD_SCRIPT = `(() => {
  const api = window.greenprint
  const keys = Object.getOwnPropertyNames(api ?? {}).sort()
  const attempt = (work) => { try { return work() } catch { return false } }
  return {
    keys,
    functions: keys.every((key) => typeof api[key] === 'function'),
    locked: api !== undefined &&
      !attempt(() => { const mine = () => null; const own = api.reveal; api.reveal = mine; const taken = api.reveal === mine; if (taken) api.reveal = own; return taken }) &&
      !attempt(() => { api.extra = () => null; const taken = 'extra' in api; delete api.extra; return taken }) &&
      !attempt(() => { const own = window.greenprint; window.greenprint = null; const taken = window.greenprint === null; if (taken) window.greenprint = own; return taken }),
    leaks: ${json(LEAKS)}.filter((name) => typeof window[name] !== 'undefined'),
  }
})()`

/** Answers of permissions.query ('denied' …) and of asking outright ('denied', 'granted' or the name of an error). */
export interface PermissionAnswers {
  states: Record<string, string>
  asked: Record<string, string>
}

const PERMISSIONS = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read']

export const PERMISSIONS_SCRIPT = `(async () => {
  const word = (work) => Promise.race([
    Promise.resolve().then(work).catch((error) => error?.name ?? 'refused'),
    new Promise((resolve) => setTimeout(resolve, 3000, 'no answer')),
  ])
  const granted = (work) => word(() => work().then(() => 'granted'))
  const states = {}
  for (const name of ${json(PERMISSIONS)}) states[name] = await word(async () => (await navigator.permissions.query({ name })).state)
  const asked = {
    notifications: await word(() => Notification.requestPermission()),
    microphone: await granted(() => navigator.mediaDevices.getUserMedia({ audio: true })),
    clipboard: await granted(() => navigator.clipboard.readText()),
    geolocation: await word(() => new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(() => resolve('granted'), (error) => resolve(error.code === 1 ? 'denied' : 'unavailable')))),
  }
  return { states, asked }
})()`

export interface ProtocolAnswer {
  tried: number
  /** Paths that were answered with anything but 404 or the page itself. */
  found: string[]
  /** Statuses of the page, of a file that is none, and of POST to the page. */
  statuses: number[]
  headers: Record<string, string>[]
}

export const protocolScript = (origin: string, paths: readonly string[]): string => `(async () => {
  const at = (path) => ${json(origin)} + (path.startsWith('/') ? '' : '/') + path
  const page = await fetch(at('/'))
  const own = await page.text()
  const none = await fetch(at('/none'))
  const posted = await fetch(at('/'), { method: 'POST' })
  const paths = ${json(paths)}
  const found = []
  for (const path of paths) {
    const answer = await fetch(at(path)).catch(() => null) // not an address at all
    if (answer !== null && answer.status !== 404 && (await answer.text()) !== own) found.push(path)
  }
  return {
    tried: paths.length,
    found,
    statuses: [page.status, none.status, posted.status],
    headers: [page, none].map(({ headers }) => Object.fromEntries(headers)),
  }
})()`

/** Comes to what became of each try: 'refused', or 'answered' when something came back. */
export const requestScript = (url: string): string => `(async () => {
  const image = new Promise((resolve) => {
    const one = new Image()
    one.onload = () => resolve('answered')
    one.onerror = () => resolve('refused')
    one.src = ${json(`${url}page-image`)}
    setTimeout(resolve, 3000, 'refused')
  })
  const fetched = fetch(${json(`${url}page-fetch`)}).then(() => 'answered', () => 'refused')
  try { navigator.sendBeacon(${json(`${url}page-beacon`)}) } catch { /* refused */ }
  return Promise.all([image, fetched])
})()`

/** A call number that the screen itself never reaches. */
const CALL = 2 ** 50

/** Asks for a port as the screen does, and calls `app.info` over it. */
export const PORT_SCRIPT = `new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error('no answer within 20 s')), 20000)
  let latest
  window.addEventListener('message', ({ data, ports }) => {
    const port = ports?.[0]
    if (data !== ${json(PAGE_PORT)} || !port) return
    latest = port // the screen's own may still be on its way; it closes when ours is made
    port.addEventListener('close', () => setTimeout(() => port === latest && reject(new Error('the port closed')), 1000))
    port.addEventListener('message', ({ data: answer }) => {
      if (answer.id !== ${CALL}) return
      if (answer.t === 'result') resolve(answer.value)
      else reject(new Error(String(answer.code)))
    })
    port.start()
    port.postMessage({ t: 'call', id: ${CALL}, name: 'app.info', input: {} })
  })
  window.postMessage(${json(PAGE_READY)}, window.location.origin)
})`
