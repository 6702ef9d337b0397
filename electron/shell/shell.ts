import type { BrowserWindowConstructorOptions } from 'electron'
import path from 'node:path'
import { heapFlags, type ChildEntry } from '#backend/child.ts'
import { linkBackend, type ProcessPort } from '#backend/link-main.ts'
import { desktopSelfTest, type DesktopPorts } from '#backend/desktop-self-test.ts'
import { secondWindow, type SecondWindow, type SecondWindowHouse, type SecondWindowPort } from '#backend/second-window.ts'
import type { StaticFiles } from '#backend/static-files.ts'
import type { EmitterPortLike } from '#core/contract/message-port.ts'
import { CHANNELS } from '#core/contract/shell-api.ts'
import { describeError } from '#core/errors.ts'
import {
  answerApp,
  isOurSender,
  lockContents,
  lockSession,
  ORIGIN,
  type ContentsPort,
  type SenderPort,
  type SessionPort,
} from './security.ts'
import { dialogFor, windowOptions } from './window.ts'

export interface WindowPort extends SecondWindowPort {
  readonly webContents: { readonly id: number } & DesktopPorts<unknown>['page']
  isMinimized(): boolean
  restore(): void
}

/** A message from a page. `sender` may be gone by the time it is answered. */
export interface PageEvent<Transferable> extends SenderPort {
  sender: { id: number; isDestroyed(): boolean; postMessage(channel: string, message: unknown, transfer?: Transferable[]): void }
}

export interface ShellPorts<Transferable> {
  app: {
    requestSingleInstanceLock(): boolean
    whenReady(): Promise<void>
    quit(): void
    exit(code?: number): void
    on(event: 'session-created', listener: (session: SessionPort) => void): unknown
    on(event: 'web-contents-created', listener: (event: unknown, contents: ContentsPort) => void): unknown
    on(event: 'second-instance' | 'window-all-closed', listener: () => void): unknown
    on(event: 'will-quit', listener: (event: { preventDefault(): void }) => void): unknown
  }
  ipc: {
    on(channel: string, listener: (event: PageEvent<Transferable>) => void): unknown
    handle(channel: string, answer: (event: PageEvent<Transferable>, given: unknown) => unknown): void
  }
  dialog: {
    showOpenDialog(options: ReturnType<typeof dialogFor>): Promise<{ canceled: boolean; filePaths: string[] }>
    showSaveDialog(options: { defaultPath: string }): Promise<{ canceled: boolean; filePath: string }>
    showErrorBox(title: string, content: string): void
  }
  protocol: { handle(scheme: string, answer: (request: { url: string; method: string }) => Promise<Response>): void }
  defaultSession(): SessionPort
  noMenu(): void
  reveal(file: string): void
  openWindow(options: BrowserWindowConstructorOptions): WindowPort
  displays: SecondWindowHouse['displays']
  channel(): { port1: Transferable; port2: Transferable }
  fork(name: 'backend-process' | 'self-test-process' | ChildEntry, execArgv: string[]): ProcessPort<Transferable>
  kill(pid: number): void
  screen(): StaticFiles
  preload: string
  catalogueDir: string
  resourcesDir: string
  developing: boolean
  /** Given when the application was started to test itself: no window is shown, a report is printed, and it ends. */
  selfTest?: Pick<DesktopPorts<Transferable>, 'request' | 'metrics' | 'binary' | 'system'> & {
    print(text: string): Promise<void>
  }
}

const STOP_WITHIN_MS = 10_000

/** Runs the desktop application: one instance, one window, one backend process, and every door but ours shut. */
export function runShell<Transferable extends EmitterPortLike>(ports: ShellPorts<Transferable>): void {
  const { app } = ports
  if (!app.requestSingleInstanceLock()) return app.quit()
  const developerTools = (url: string) => ports.developing && url.startsWith('devtools://')
  const lock = (session: SessionPort) => lockSession(session, developerTools)
  app.on('session-created', (session) => void lock(session))
  const second = secondWindow()
  app.on('web-contents-created', (_event, contents) => lockContents(contents, second.ask))
  app.on('window-all-closed', () => app.quit())
  void app.whenReady().then(async () => {
    await lock(ports.defaultSession())
    const screen = ports.screen()
    ports.protocol.handle('app', (request) => answerApp(screen, request))
    ports.noMenu()
    await open(ports, second)
  })
}

async function open<Transferable extends EmitterPortLike>(ports: ShellPorts<Transferable>, second: SecondWindow): Promise<void> {
  const { app, dialog } = ports
  const link = linkBackend<Transferable>({
    backend: ports.fork('backend-process', []),
    fork: (entry, memoryMb) => ports.fork(entry, heapFlags(memoryMb)),
    kill: (pid) => ports.kill(pid),
  })
  // The catalogue is closed first; a backend that does not answer is not waited for.
  const end = async (code: number) => {
    await Promise.race([link.stop(), new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref())])
    app.exit(code)
  }
  app.on('will-quit', (event) => {
    event.preventDefault()
    void end(0)
  })
  const failed = await link.start(ports.catalogueDir, ports.resourcesDir)
  if (failed !== null && ports.selfTest === undefined) {
    const [zh, en] = [describeError(failed, 'zh'), describeError(failed, 'en')]
    dialog.showErrorBox(`${zh.title} / ${en.title}`, [zh.cause, zh.next, en.cause, en.next].join('\n'))
    return app.exit(1)
  }
  const known = new Set<number>()
  answerPages(ports, link, known)
  const options = windowOptions(ports.preload, ports.developing)
  const window = ports.openWindow(options)
  const { id } = window.webContents
  second.begin({ ...ports, origin: ORIGIN, first: window, known, open: (place) => ports.openWindow({ ...options, ...place }) })
  if (ports.selfTest === undefined) window.on('ready-to-show', () => window.show())
  app.on('second-instance', () => {
    if (!known.has(id)) return
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  const loaded = window.loadURL(`${ORIGIN}/`)
  if (ports.selfTest === undefined) return loaded
  const own = { origin: ORIGIN, loaded, page: window.webContents, tempDir: path.join(ports.catalogueDir, '../probes') }
  const report = await desktopSelfTest({ ...ports, ...ports.selfTest, ...own })
  await ports.selfTest.print(`${JSON.stringify(report)}\n`)
  return end(report.ok ? 0 : 1)
}

/** The whole of what a page may ask of the main process; anything from elsewhere gets no answer but null. */
function answerPages<Transferable>(
  ports: ShellPorts<Transferable>,
  link: ReturnType<typeof linkBackend<Transferable>>,
  known: ReadonlySet<number>,
): void {
  const { ipc, dialog } = ports
  const handle = (name: string, answer: (given: unknown) => unknown) =>
    ipc.handle(name, (event, given) => (isOurSender(event, known) ? answer(given) : null))

  ipc.on(CHANNELS.ready, (event) => {
    if (!isOurSender(event, known) || event.sender.isDestroyed()) return
    const { port1, port2 } = ports.channel()
    link.serve(event.sender.id, port1)
    event.sender.postMessage(CHANNELS.port, null, [port2])
  })
  handle(CHANNELS.pickFiles, async (what) => {
    const { canceled, filePaths } = await dialog.showOpenDialog(dialogFor(what))
    return canceled ? null : link.registerFiles(filePaths)
  })
  handle(CHANNELS.registerDropped, (paths) => (Array.isArray(paths) ? link.registerFiles(paths) : null))
  handle(CHANNELS.pickSavePath, async (name) => {
    const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: path.basename(String(name)).slice(0, 150) })
    return canceled ? null : link.registerSave(filePath)
  })
  handle(CHANNELS.reveal, (token) => {
    const file = link.savedPath(token)
    if (file !== undefined) ports.reveal(file)
  })
}
