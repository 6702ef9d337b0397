import { createContext, runInContext } from 'node:vm'
import type { MessagePortLike } from '#core/contract/message-port.ts'
import { PAGE_PORT, PAGE_READY } from '#core/contract/shell-api.ts'

/** Ways in which a page may be less confined than it should be. */
export interface PageFaults {
  /** A name that reaches Node, as without isolation. */
  leak?: string
  /** The page may change what it is given. */
  unlocked?: boolean
  /** One function too many. */
  extraKey?: string
  /** What the page's permissions say. */
  permission?: string
  /** Requests leave the page. */
  online?: boolean
  /** The preload hands out no port. */
  silent?: boolean
}

interface Surroundings {
  faults: PageFaults
  /** Asks the application's own scheme. */
  request: (url: string, method: string) => Promise<Response>
  /** Says that the page is ready, and comes to the port that it is given. */
  ready: () => MessagePortLike | undefined
}

/** A page to run real scripts in: a world of its own with the few things of a browser that the self-test asks. */
export function fakePage({ faults, request, ready }: Surroundings) {
  const listeners: ((event: { data: unknown; ports: unknown[] }) => void)[] = []
  const refused = (name: string) => () => Promise.reject(Object.assign(new Error(name), { name }))
  const allowed = faults.permission ?? 'denied'
  const ask = () => (allowed === 'granted' ? Promise.resolve({}) : refused('NotAllowedError')())
  const outside = async (url: string) => (faults.online === true ? await fetch(url) : refused('TypeError')())
  const functions = ['pickFiles', 'pickSavePath', 'reveal', ...(faults.extraKey === undefined ? [] : [faults.extraKey])]
  const api = Object.fromEntries(functions.map((name) => [name, () => null]))
  const world = createContext({
    URL,
    location: { origin: 'app://greenprint' },
    setTimeout: (later: () => void, ms: number, ...given: []) => void setTimeout(later, ms, ...given).unref(),
    fetch: (url: string, { method = 'GET' } = {}) => (url.startsWith('app:') ? request(url, method) : outside(url)),
    addEventListener: (_: string, listener: (typeof listeners)[number]) => void listeners.push(listener),
    postMessage(data: unknown) {
      const port = data === PAGE_READY && faults.silent !== true ? ready() : undefined
      if (port !== undefined) for (const listener of listeners) listener({ data: PAGE_PORT, ports: [port] })
    },
    Image: class {
      onerror = () => undefined
      onload = () => undefined
      set src(url: string) {
        void outside(url).then(
          () => this.onload(),
          () => this.onerror(),
        )
      }
    },
    Notification: { requestPermission: () => Promise.resolve(allowed) },
    navigator: {
      permissions: { query: () => Promise.resolve({ state: allowed }) },
      mediaDevices: { getUserMedia: ask },
      clipboard: { readText: ask },
      geolocation: {
        getCurrentPosition: (found: () => void, failed: (error: { code: number }) => void) =>
          allowed === 'granted' ? found() : failed({ code: 1 }),
      },
      sendBeacon: (url: string) => void outside(url).catch(() => undefined),
    },
  })
  const run = (code: string): unknown => runInContext(code, world)
  run('globalThis.window = globalThis')
  if (faults.leak !== undefined) run(`globalThis[${JSON.stringify(faults.leak)}] = () => null`)
  const give = run('(api, locked) => { Object.defineProperty(globalThis, "greenprint", { value: api, writable: !locked }) }')
  const locked = faults.unlocked !== true
  ;(give as (given: object, locked: boolean) => void)(locked ? Object.freeze(api) : api, locked)
  return {
    /** As Electron does: what a script comes to is cloned on its way out. */
    executeJavaScript: async (code: string): Promise<unknown> => structuredClone(await run(code)),
    getOSProcessId: () => 4242,
  }
}
