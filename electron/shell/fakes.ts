import { EventEmitter } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { answerMain, type ParentPortLike } from '#backend/link-backend.ts'
import type { ProcessPort } from '#backend/link-main.ts'
import type { Backend, BackendOptions } from '#backend/backend.ts'
import { staticFiles } from '#backend/static-files.ts'
import type { EmitterPortLike, MessagePortLike } from '#core/contract/message-port.ts'
import { CHANNELS } from '#core/contract/shell-api.ts'
import type { System } from '#backend/electron-probes.ts'
import type { Probe } from '#backend/probe.ts'
import { probingBackend } from '#backend/self-test-backend.ts'
import { fakePage, type PageFaults } from './fake-page.ts'
import { fakeWindow } from './fake-window.ts'
import type { ContentsPort, SessionPort } from './security.ts'
import type { PageEvent, ShellPorts } from './shell.ts'

/*
 * Electron as it may behave on its worst day, typed by the ports that conform.ts holds against the real electron.d.ts:
 * deliveries on different channels come in any order (by seed; each channel keeps its own), values are really structured-cloned,
 * used-up ports and destroyed pages throw.
 */

/** Runs deliveries later; those of one channel in order, channels among each other shuffled by seed. */
export function shuffledDelivery(seed: number) {
  const queues = new Map<object, (() => void)[]>()
  let state = seed >>> 0 || 1
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const step = () => {
    const channels = [...queues.keys()]
    const channel = channels[random(channels.length)]
    const queue = channel === undefined ? undefined : queues.get(channel)
    const deliver = queue?.shift()
    if (channel !== undefined && queue?.length === 0) queues.delete(channel)
    deliver?.()
  }
  return (channel: object, deliver: () => void) => {
    const queue = queues.get(channel) ?? []
    queues.set(channel, queue)
    queue.push(deliver)
    setImmediate(step)
  }
}

/** `handOver` is what a transfer does: the giver's handle is used up, the receiver gets a new one. */
export type FakePort = EmitterPortLike & MessagePortLike & { handOver(): FakePort }

interface End {
  port: FakePort
  receive(data: unknown): void
  shut(): void
}

type Delivery = ReturnType<typeof shuffledDelivery>
type AnyListener = (...given: unknown[]) => void

/** Two joined message ports, usable in Electron's manner and in the browser's. */
export function portPair(later: Delivery): { port1: FakePort; port2: FakePort } {
  const one: End = end(() => two)
  const two: End = end(() => one)
  return { port1: one.port, port2: two.port }

  function end(other: () => End): End {
    const events = new EventEmitter()
    const early: unknown[] = []
    const channel = {}
    let started = false
    let open = true
    const drain = () => {
      for (const data of started ? early.splice(0) : []) events.emit('message', { data })
    }
    const receive = (data: unknown) => {
      early.push(data)
      drain()
    }
    const shut = () => {
      if (!open) return
      open = false
      events.emit('close')
    }
    const on = (type: string, listener: (event: never) => void) => void events.on(type, listener as AnyListener)
    const handle = (): FakePort => {
      let given = false
      const check = () => {
        if (given) throw new Error('This port was given away')
      }
      return {
        handOver() {
          check()
          given = true
          return handle()
        },
        postMessage(message) {
          check()
          const copy: unknown = structuredClone(message)
          if (open) later(channel, () => other().receive(copy))
        },
        on,
        addEventListener: on,
        start() {
          check()
          later(channel, () => {
            started = true
            drain()
          })
        },
        close() {
          check()
          if (!open) return
          open = false
          later(channel, () => other().shut())
        },
      }
    }
    return { port: handle(), receive, shut }
  }
}

/** A process and its parent port, joined in memory. */
export function fakeProcess(later: Delivery, pid: number) {
  const events = new EventEmitter()
  const inside = new EventEmitter()
  const [inbound, outbound] = [{}, {}]
  const held: FakePort[] = []
  let alive = true
  let known: number | undefined
  const exit = (code: number) => {
    if (!alive) return
    alive = false
    for (const port of held) port.close() // as the system does with everything a process held
    later(outbound, () => events.emit('exit', code))
  }
  const port: ProcessPort<FakePort> = {
    get pid() {
      return known
    },
    postMessage(message, transfer = []) {
      const data: unknown = structuredClone(message)
      const ports = transfer.map((given) => given.handOver())
      held.push(...ports)
      later(inbound, () => alive && inside.emit('message', { data, ports }))
    },
    on: (event: string, listener: (given: never) => void) => void events.on(event, listener as AnyListener),
  }
  const parent: ParentPortLike = {
    postMessage(message) {
      const copy: unknown = structuredClone(message)
      later(outbound, () => events.emit('message', copy))
    },
    on: (event: string, listener: (given: never) => void) => void inside.on(event, listener as AnyListener),
  }
  later(outbound, () => {
    known = pid
    events.emit('spawn')
  })
  return { port, parent, exit, pid }
}

export interface FakeOptions {
  seed: number
  create: (options: BackendOptions) => Promise<Backend>
  developing?: boolean
  lockTaken?: boolean
  selfTest?: FakeSelfTest
}

/** The application started with --self-test, in an Electron with these faults. */
export interface FakeSelfTest {
  faults?: PageFaults
  /** What the utility process probes. */
  probes?: Probe[]
  /** The utility process dies while it probes. */
  dies?: boolean
  /** The screen does not load. */
  blank?: boolean
  /** Children end by themselves. */
  frail?: boolean
  /** Characters of the fuse wire; null: a program without one. */
  wire?: string | null
  system?: System
}

/** The whole of Electron that the shell sees. `did` is what the shell did, in order. */
export function fakeElectron({ seed, create, developing = false, lockTaken = false, selfTest }: FakeOptions) {
  const later = shuffledDelivery(seed)
  const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-shell-'))
  mkdirSync(path.join(dir, 'renderer'))
  writeFileSync(path.join(dir, 'renderer/index.html'), '<!doctype html>')
  writeFileSync(path.join(dir, 'secret.json'), '{"secret":true}')
  const did: unknown[][] = []
  const app = new EventEmitter()
  const window = new EventEmitter()
  const windows: EventEmitter[] = []
  const displays = [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }]
  const handlers = new Map<string, (event: PageEvent<FakePort>, given: unknown) => unknown>()
  const listeners = new Map<string, (event: PageEvent<FakePort>) => void>()
  const schemes = new Map<string, (request: { url: string; method: string }) => Promise<Response>>()
  const processes: { name: string; execArgv: string[]; process: ReturnType<typeof fakeProcess> }[] = []
  const answers = {
    open: { canceled: false, filePaths: ['/plans/a.gpkg'] },
    save: { canceled: false, filePath: '/out/memo.pdf' },
  }
  const defaultSession = fakeSession()

  const shell: ShellPorts<FakePort> = {
    app: {
      requestSingleInstanceLock: () => !lockTaken,
      whenReady: () => new Promise((resolve) => later(app, resolve)),
      quit: () => void did.push(['quit']),
      exit: (code) => void did.push(['exit', code]),
      on: (event: string, listener: (...given: never[]) => void) => void app.on(event, listener as AnyListener),
    },
    ipc: {
      on: (channel, listener) => void listeners.set(channel, listener),
      handle: (channel, answer) => void handlers.set(channel, answer),
    },
    dialog: {
      showOpenDialog: (options) => (
        did.push(['open dialog', options]),
        new Promise((resolve) => later(window, () => resolve(answers.open)))
      ),
      showSaveDialog: (options) => (
        did.push(['save dialog', options]),
        new Promise((resolve) => later(window, () => resolve(answers.save)))
      ),
      showErrorBox: (title, content) => void did.push(['error box', title, content]),
    },
    protocol: { handle: (scheme, answer) => void schemes.set(scheme, answer) },
    defaultSession: () => defaultSession.session,
    noMenu: () => void did.push(['no menu']),
    reveal: (file) => void did.push(['reveal', file]),
    openWindow(options) {
      did.push(['window', options])
      const own = windows.length === 0 ? window : new EventEmitter()
      return {
        ...fakeWindow(did, own, () => ({ x: 60, y: 40, width: 1440, height: 900 })),
        webContents: {
          id: windows.push(own),
          ...fakePage({ faults: selfTest?.faults ?? {}, request: (url, method) => request(url, method), ready: portOfPage }),
        },
        loadURL: (url) => (
          did.push(['load', url]),
          selfTest?.blank === true ? Promise.reject(new Error('ERR_FAILED')) : Promise.resolve()
        ),
      }
    },
    displays: () => displays,
    channel: () => portPair(later),
    fork(name, execArgv) {
      const process = fakeProcess(later, 1000 + processes.length)
      processes.push({ name, execArgv, process })
      if (name === 'backend-process') answerMain(process.parent, create, () => process.exit(0))
      if (name === 'self-test-process') {
        const probe =
          selfTest?.dies === true ? [{ ...QUICK, check: () => (process.exit(139), '') }] : (selfTest?.probes ?? [QUICK])
        answerMain(
          process.parent,
          probingBackend(() => probe),
          () => process.exit(0),
        )
      }
      if (name === 'import-process' && selfTest?.frail === true) process.exit(1)
      return process.port
    },
    kill(pid) {
      did.push(['kill', pid])
      processes.find(({ process }) => process.pid === pid)?.process.exit(137)
    },
    screen: () => staticFiles(path.join(dir, 'renderer')),
    preload: '/app/out/preload/preload.cjs',
    catalogueDir: path.join(dir, 'catalogue'),
    resourcesDir: path.join(dir, 'resources'),
    developing,
    ...(selfTest && {
      selfTest: {
        request: (url) =>
          new Promise((resolve, reject) => {
            const ask = defaultSession.set['beforeRequest'] as Parameters<SessionPort['webRequest']['onBeforeRequest']>[0]
            ask({ url }, ({ cancel }) => (cancel ? reject(new Error('net::ERR_BLOCKED_BY_CLIENT')) : resolve(fetch(url))))
          }),
        metrics: () => [{ pid: 4242, sandboxed: selfTest.faults?.leak === undefined }],
        binary: fakeBinary(dir, selfTest.wire),
        system: selfTest.system ?? { platform: 'linux', status: () => 'Name:\telectron\nSeccomp:\t2\n' },
        print: (text) => Promise.resolve(void did.push(['print', text])),
      },
    }),
  }

  /** A page that asks; by default our own window’s main frame. */
  const page = (changes: { id?: number; url?: string; parent?: unknown; noFrame?: boolean; destroyed?: boolean } = {}) => {
    const { id = 1, url = 'app://greenprint/', parent = null, noFrame = false, destroyed = false } = changes
    const given: FakePort[] = []
    const event: PageEvent<FakePort> = {
      sender: {
        id,
        isDestroyed: () => destroyed,
        postMessage(channel, _message, transfer = []) {
          if (destroyed) throw new TypeError('Object has been destroyed')
          if (channel === CHANNELS.port) given.push(...transfer.map((port) => port.handOver()))
        },
      },
      senderFrame: noFrame ? null : { url, parent },
    }
    return {
      given,
      ready: () => listeners.get(CHANNELS.ready)?.(event),
      invoke: (channel: string, value?: unknown) => Promise.resolve(handlers.get(channel)?.(event, value)),
    }
  }
  const portOfPage = () => {
    const asking = page()
    asking.ready()
    return asking.given[0]
  }
  const request = (url: string, method = 'GET') =>
    schemes.get('app')?.({ url, method }) ?? Promise.reject(new Error('no such scheme'))
  const close = () => rmSync(dir, { recursive: true, force: true })
  return {
    shell,
    did,
    app,
    window,
    windows,
    displays,
    dir,
    processes,
    answers,
    defaultSession,
    page,
    request,
    close,
    channels: () => [...listeners.keys(), ...handlers.keys()],
  }
}

const QUICK: Probe = { id: 'quick', title: { zh: '快', en: 'Quick' }, check: () => 'done' }

/** A program whose fuse wire lies across the end of the part that is read first. */
function fakeBinary(dir: string, wire: string | null = '010011001'): string {
  const file = path.join(dir, 'electron')
  const sentinel = `dL7pKGdnNz796PbbjQWNKmHX${'BZaB9tsX'}`
  const header = String.fromCharCode(1, (wire ?? '').length)
  writeFileSync(file, Buffer.alloc(4 * 2 ** 20 - 20))
  if (wire !== null) writeFileSync(file, Buffer.from(`${sentinel}${header}${wire}\u0000rest`, 'latin1'), { flag: 'a' })
  return file
}

/** A session that grants everything until it is told otherwise. */
export function fakeSession() {
  const set: Record<string, unknown> = {}
  const remember = (name: string) => (value: unknown) => void (set[name] = value)
  const session: SessionPort = {
    setPermissionRequestHandler: remember('permissionRequest'),
    setPermissionCheckHandler: remember('permissionCheck'),
    setDevicePermissionHandler: remember('devicePermission'),
    setDisplayMediaRequestHandler: remember('displayMedia'),
    setBluetoothPairingHandler: remember('bluetoothPairing'),
    setUSBProtectedClassesHandler: remember('usbClasses'),
    setSpellCheckerEnabled: remember('spellChecker'),
    setProxy: (config) => Promise.resolve(remember('proxy')(config)),
    on: (event, listener) => remember(event)(listener),
    webRequest: { onBeforeRequest: remember('beforeRequest') },
  }
  return { session, set }
}

/** Web contents that may do anything until they are told otherwise. */
export function fakeContents(id = 1) {
  const set: Record<string, unknown> = {}
  const contents: ContentsPort = {
    id,
    setWindowOpenHandler: (handler) => void (set['windowOpen'] = handler),
    setWebRTCIPHandlingPolicy: (policy) => void (set['webRtc'] = policy),
    on: (event: string, listener: unknown) => void (set[event] = listener),
  }
  return { contents, set }
}
