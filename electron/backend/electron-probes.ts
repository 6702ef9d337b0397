import { readFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AppInfo } from '#core/contract/procedures.ts'
import { FUSES } from '../../build/fuses.ts'
import type { ChildEntry } from './child.ts'
import { fuseFile, readFuseWires, type FuseState } from './fuse-wire.ts'
import { HOSTILE_PATHS } from './hostile-paths.ts'
import type { ProcessPort } from './link-main.ts'
import {
  PERMISSIONS_SCRIPT,
  PORT_SCRIPT,
  PRELOAD_SCRIPT,
  protocolScript,
  requestScript,
  type PermissionAnswers,
  type PreloadAnswer,
  type ProtocolAnswer,
} from './page-scripts.ts'
import { NotRunHere, type Probe } from './probe.ts'
import { ELECTRON_PROBES, type ElectronProbeId } from './self-test-report.ts'
import { pageHeaders } from './static-files.ts'

/** The part of the operating system that tells how a process is confined; tests have another. */
export interface System {
  platform: string
  /** What Linux says of a process. */
  status(pid: number): string
}

const here: System = { platform: process.platform, status: (pid) => readFileSync(`/proc/${pid}/status`, 'utf8') }

/** What the probes need of a running application. The shell fills it with Electron, tests with a fake. */
export interface ElectronPorts {
  /** Address of the screen, without a slash at its end. */
  origin: string
  /** Resolves when the screen has loaded. */
  loaded: Promise<unknown>
  page: {
    /** Runs a script in the page's own world and comes to its value. */
    executeJavaScript(code: string): Promise<unknown>
    getOSProcessId(): number
  }
  /** A request of the page's session from the main process: no content policy stands before the session's own rules. */
  request: (url: string) => Promise<unknown>
  metrics(): { pid: number; sandboxed?: boolean }[]
  fork: (entry: ChildEntry, execArgv: string[]) => Pick<ProcessPort<unknown>, 'pid' | 'on'>
  kill: (pid: number) => void
  /** The running program's own file. */
  binary: string
  system?: System
  /** Run from a checkout: Electron's binary is as its makers ship it. */
  developing: boolean
}

const assert = (holds: boolean, problem: string) => {
  if (!holds) throw new Error(problem)
}

/** The probes that need a real Electron: its binary, its page, its session and its utility processes. */
export function electronProbes(ports: ElectronPorts): Probe[] {
  const inPage = async <T>(script: string): Promise<T> => {
    await ports.loaded
    return (await ports.page.executeJavaScript(script)) as T
  }
  const checks: Record<ElectronProbeId, Probe['check']> = {
    page: async () => {
      await ports.loaded
      return ports.origin
    },
    fuses: async () => checkFuses(await readFuseWires(fuseFile(ports.binary)), ports.developing),
    sandbox: async () => {
      await ports.loaded
      return checkSandbox(ports.page.getOSProcessId(), ports.metrics(), ports.system ?? here)
    },
    preload: async () => checkPreload(await inPage(PRELOAD_SCRIPT)),
    port: async () => {
      const { name, host, version } = await inPage<AppInfo>(PORT_SCRIPT)
      assert(name === 'greenprint' && host === 'electron', `${name} answered as ${host}`)
      return `app.info: ${version}`
    },
    permissions: async () => checkPermissions(await inPage(PERMISSIONS_SCRIPT)),
    'app-protocol': async () => checkProtocol(await inPage(protocolScript(ports.origin, HOSTILE_PATHS))),
    'canary-request': () => sendCanaries(ports.request, inPage),
    'utility-kill': () => killTwice(ports),
  }
  return (Object.keys(checks) as ElectronProbeId[]).map((id) => ({ id, title: ELECTRON_PROBES[id], check: checks[id] }))
}

/** Whether every wire of the binary says what the package promises. */
function checkFuses(wires: readonly (readonly FuseState[])[], developing: boolean): string {
  assert(wires.length > 0, 'there is no fuse wire in the program')
  const names = Object.keys(FUSES) as (keyof typeof FUSES)[]
  const read = names.map((name, at) => ({ name, states: wires.map((wire) => wire[at] ?? 'unknown') }))
  const told = read.map(({ name, states }) => `${name} ${[...new Set(states)].join('/')}`).join(', ')
  if (developing) throw new NotRunHere(`not packaged, so the fuses are as Electron ships them: ${told}`)
  const wrong = read.filter(({ name, states }) => states.some((state) => state !== (FUSES[name] ? 'on' : 'off')))
  assert(wrong.length === 0, `not as promised: ${wrong.map(({ name, states }) => `${name} ${states.join('/')}`).join(', ')}`)
  return told
}

/** What the system says of the page's process: Linux by its system call filter, the others through Electron. */
function checkSandbox(pid: number, metrics: ReturnType<ElectronPorts['metrics']>, system: System): string {
  if (system.platform !== 'linux') {
    assert(metrics.find((one) => one.pid === pid)?.sandboxed === true, 'the system does not confine the page’s process')
    return 'sandboxed'
  }
  const [, filter] = /^Seccomp:\s*(\d)/m.exec(system.status(pid)) ?? []
  assert(filter === '2', `the page’s process has no system call filter (Seccomp ${filter ?? 'unknown'})`)
  return 'Seccomp 2'
}

const PAGE_KEYS = 'pickFiles pickSavePath reveal'

/** The bridge that makes these keys refuses to work without context isolation: that they are there shows it is on. */
function checkPreload({ keys, functions, locked, leaks }: PreloadAnswer): string {
  assert(keys.join(' ') === PAGE_KEYS && functions, `the page is given ${keys.join(' ') || 'nothing'}`)
  assert(locked, 'the page can change what it is given')
  assert(leaks.length === 0, `the page knows ${leaks.join(', ')}`)
  return `${keys.join(', ')}; context isolated`
}

function checkPermissions({ states, asked }: PermissionAnswers): string {
  const told = Object.entries({
    ...states,
    ...Object.fromEntries(Object.entries(asked).map(([name, is]) => [`ask ${name}`, is])),
  })
  const given = told.filter(([, is]) => ['granted', 'prompt', 'default'].includes(is)).map(([name, is]) => `${name} ${is}`)
  assert(given.length === 0, given.join(', '))
  const denied = told.filter(([, is]) => is === 'denied').length
  assert(denied >= 3, `only ${denied} were denied by name: ${told.map((one) => one.join(' ')).join(', ')}`)
  return told.map((one) => one.join(' ')).join(', ')
}

function checkProtocol({ tried, found, statuses, headers }: ProtocolAnswer): string {
  assert(tried === HOSTILE_PATHS.length && found.length === 0, `${found.length} hostile paths found something: ${found[0] ?? ''}`)
  assert(statuses.join(' ') === '200 404 404', `answered ${statuses.join(' ')}`)
  for (const [name, value] of Object.entries(pageHeaders())) {
    const differing = headers.filter((one) => one[name.toLowerCase()] !== value).length
    assert(headers.length === 2 && differing === 0, `${name} is missing or differs`)
  }
  return `${tried} hostile paths find nothing; strict policy on every answer`
}

/** How long something that must not happen is waited for. */
const SETTLE_MS = 150

/** A listener on this machine stands for the world: it must hear the control, and nothing of what the application tries. */
async function sendCanaries(request: ElectronPorts['request'], inPage: <T>(script: string) => Promise<T>): Promise<string> {
  const heard: string[] = []
  const world = http.createServer(({ url }, response) => {
    heard.push(url ?? '')
    response.end('heard')
  })
  await new Promise<void>((resolve) => world.listen(0, '127.0.0.1', resolve))
  try {
    const url = `http://127.0.0.1:${(world.address() as AddressInfo).port}/`
    await new Promise((resolve, reject) =>
      http.get(`${url}control`, (answer) => answer.resume().on('end', resolve)).on('error', reject),
    )
    const refusals = await Promise.all([request(`${url}session`), request('https://canary.invalid/')].map(refusalOf))
    const tries = await inPage<string[]>(requestScript(url))
    assert(
      tries.every((one) => one === 'refused'),
      'the page got an answer from outside',
    )
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
    assert(heard.join(' ') === '/control', `requests got through: ${heard.slice(1).join(' ')}`)
    return refusals.join('; ')
  } finally {
    world.closeAllConnections()
    world.close()
  }
}

const refusalOf = async (attempt: Promise<unknown>): Promise<string> => {
  const refusal = await attempt.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  if (refusal === null) throw new Error('a request from the session was answered')
  return refusal
}

/** Starts a utility process, ends it by signal, and does both again: nothing of the first may stand in the second's way. */
async function killTwice({ fork, kill }: ElectronPorts): Promise<string> {
  const codes: number[] = []
  for (const heapMb of [64, 128]) {
    const child = fork('import-process', [`--max-old-space-size=${heapMb}`])
    const ended = new Promise<number>((resolve) => void child.on('exit', resolve))
    await Promise.race([new Promise<void>((resolve) => void child.on('spawn', resolve)), ended])
    const early = await Promise.race([ended, new Promise<null>((resolve) => setTimeout(resolve, SETTLE_MS, null))])
    assert(early === null && child.pid !== undefined, `it ended by itself (${early})`)
    kill(child.pid as number)
    codes.push(await ended)
  }
  return `killed and started again (exit codes ${codes.join(', ')})`
}
