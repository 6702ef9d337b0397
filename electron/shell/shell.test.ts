import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { FUSES } from '../../build/fuses.ts'
import type { Backend, BackendOptions } from '#backend/backend.ts'
import type { ChildProcessHandle } from '#backend/child.ts'
import { createFileTokens } from '#backend/file-tokens.ts'
import { HOSTILE_PATHS } from '#backend/hostile-paths.ts'
import { answerMain } from '#backend/link-backend.ts'
import { linkBackend } from '#backend/link-main.ts'
import { pageHeaders } from '#backend/static-files.ts'
import { connectClient } from '#core/contract/client.ts'
import { messagePort } from '#core/contract/message-port.ts'
import { CHANNELS } from '#core/contract/shell-api.ts'
import { contractSuite, suiteBackend, type SuiteBackend } from '#core/contract/suite.ts'
import { AppError } from '#core/errors.ts'
import { fakeContents, fakeElectron, fakeProcess, fakeSession, portPair, shuffledDelivery, type FakeOptions } from './fakes.ts'
import { mayLoad, SCHEME, SWITCHES } from './security.ts'
import { runShell } from './shell.ts'
import { windowOptions } from './window.ts'

/** A small real backend in the place where the utility process would create it. */
function backendWith(suite: Pick<SuiteBackend, 'serve'> = suiteBackend()) {
  const seen: { options?: BackendOptions; closed: number } = { closed: 0 }
  const create = (options: BackendOptions): Promise<Backend> => {
    seen.options = options
    const tokens = createFileTokens(path.join(options.catalogueDir, 'staging'))
    return Promise.resolve({ tokens, serve: (port) => suite.serve(port), close: () => Promise.resolve(void (seen.closed += 1)) })
  }
  return { create, seen }
}

const opened: ReturnType<typeof fakeElectron>[] = []
afterEach(() => opened.splice(0).forEach((fake) => fake.close()))

async function started(changes: Partial<FakeOptions> = {}) {
  const fake = fakeElectron({ seed: 1, create: backendWith().create, ...changes })
  opened.push(fake)
  runShell(fake.shell)
  await vi.waitFor(() => expect(fake.did.map(([what]) => what)).toContain('load'))
  return fake
}

const portOf = async (fake: Awaited<ReturnType<typeof started>>) => {
  const page = fake.page()
  page.ready()
  await vi.waitFor(() => expect(page.given).toHaveLength(1))
  return messagePort(page.given[0] as (typeof page.given)[number])
}

for (const seed of [1, 20_261_122]) {
  contractSuite(`the shell's ports, deliveries shuffled by seed ${seed}`, {
    async start(suite) {
      const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-link-'))
      const later = shuffledDelivery(seed)
      const process = fakeProcess(later, 1000)
      answerMain(process.parent, backendWith(suite).create, () => process.exit(0))
      const fork = () => fakeProcess(later, 1001).port
      const link = linkBackend({ backend: process.port, fork, kill: () => undefined })
      await link.start(dir, dir)
      let page = 0
      return {
        connect() {
          const { port1, port2 } = portPair(later)
          link.serve((page += 1), port1)
          return Promise.resolve(messagePort(port2))
        },
        async close() {
          await link.stop()
          rmSync(dir, { recursive: true, force: true })
        },
      }
    },
  })
}

const sources = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^(fakes|fake-page|conform)\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(path.join(import.meta.dirname, file), 'utf8') }))
const all = sources.map(({ text }) => text).join('\n')

type Listener = (...given: unknown[]) => void
const prevented = (listener: unknown): boolean => {
  const event = { preventDefault: vi.fn<() => void>() }
  ;(listener as Listener)(event, 'https://attacker.example/')
  return event.preventDefault.mock.calls.length === 1
}

describe('the Electron checklist', () => {
  it('1 loads only app://greenprint/, no http', async () => {
    const fake = await started()
    expect(fake.did.filter(([what]) => what === 'load')).toEqual([['load', 'app://greenprint/']])
    expect(all).not.toMatch(/https?:\/\//)
  })
  it('2, 3, 4, 6, 8, 9, 10, 11 opens windows with exactly these options', async () => {
    const fake = await started()
    const [, options] = fake.did.find(([what]) => what === 'window') ?? []
    expect(options).toEqual(windowOptions('/app/out/preload/preload.cjs', false))
    expect(options).toMatchInlineSnapshot(`
      {
        "autoHideMenuBar": true,
        "backgroundColor": "#ffffff",
        "height": 900,
        "minHeight": 600,
        "minWidth": 960,
        "show": false,
        "title": "绿图 Greenprint",
        "webPreferences": {
          "contextIsolation": true,
          "devTools": false,
          "navigateOnDragDrop": false,
          "nodeIntegration": false,
          "nodeIntegrationInSubFrames": false,
          "nodeIntegrationInWorker": false,
          "preload": "/app/out/preload/preload.cjs",
          "sandbox": true,
          "spellcheck": false,
          "webviewTag": false,
        },
        "width": 1440,
      }
    `)
    const code = all.replaceAll(/\/\*[^]*?\*\//g, '')
    expect(code).not.toMatch(
      /webSecurity|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|disable-web-security/,
    )
  })
  it('4 sandboxes every page before the application is ready', () => {
    const main = sources.find(({ file }) => file === 'main.ts')?.text ?? ''
    expect(main.indexOf('app.enableSandbox()')).toBeGreaterThan(0)
    expect(main.indexOf('app.enableSandbox()')).toBeLessThan(main.indexOf('runShell('))
    expect(all).not.toMatch(/no-sandbox/)
  })
  it('5 denies every permission and device, on every session', async () => {
    const fake = await started()
    const other = fakeSession()
    fake.app.emit('session-created', other.session)
    await vi.waitFor(() => expect(other.set['proxy']).toBeDefined())
    for (const { set } of [fake.defaultSession, other]) {
      const granted: unknown[] = []
      const names = [
        'media',
        'geolocation',
        'notifications',
        'clipboard-read',
        'openExternal',
        'usb',
        'unknown',
        'local-network-access',
      ]
      for (const name of names) (set['permissionRequest'] as Listener)(null, name, (grant: boolean) => granted.push(grant))
      ;(set['displayMedia'] as Listener)({}, (streams: unknown) => granted.push(streams))
      ;(set['bluetoothPairing'] as Listener)({}, ({ confirmed }: { confirmed: boolean }) => granted.push(confirmed))
      expect(granted).toEqual([...names.map(() => false), null, false])
      expect([(set['permissionCheck'] as () => boolean)(), (set['devicePermission'] as () => boolean)()]).toEqual([false, false])
      expect((set['usbClasses'] as (given: object) => unknown)({ protectedClasses: ['audio'] })).toEqual(['audio'])
      expect([set['spellChecker'], set['proxy']]).toEqual([false, { mode: 'direct' }])
      expect(prevented(set['will-download'])).toBe(true)
    }
  })
  it('7 sends the content policy as a header, with every answer', async () => {
    const fake = await started()
    for (const url of ['app://greenprint/', 'app://greenprint/none']) {
      const { headers } = await fake.request(url)
      expect(Object.fromEntries(headers)).toMatchObject(
        Object.fromEntries(Object.entries(pageHeaders()).map(([name, value]) => [name.toLowerCase(), value])),
      )
    }
  })
  it('12, 13, 14 prevents webviews, navigation and windows, in every web contents', async () => {
    const fake = await started()
    const { contents, set } = fakeContents()
    fake.app.emit('web-contents-created', {}, contents)
    const events = ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']
    expect(events.map((event) => prevented(set[event]))).toEqual([true, true, true, true])
    expect((set['windowOpen'] as () => unknown)()).toEqual({ action: 'deny' })
    expect(set['webRtc']).toBe('disable_non_proxied_udp')
  })
  it('15 opens nothing outside, and shows only files that were saved here', async () => {
    expect(all).not.toMatch(/openExternal|openPath|shell\.open/)
    const fake = await started()
    const saved = await fake.page().invoke(CHANNELS.pickSavePath, 'memo.pdf')
    const chosen = await fake.page().invoke(CHANNELS.pickFiles, 'files')
    for (const token of [chosen, '/etc/passwd', '__proto__', undefined, saved]) await fake.page().invoke(CHANNELS.reveal, token)
    expect(fake.did.filter(([what]) => what === 'reveal')).toEqual([['reveal', '/out/memo.pdf']])
  })
  it('16 names the Electron version exactly', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { devDependencies: Record<string, string> }
    expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/)
  })
  it.each([
    ['a frame inside the page', { parent: {} }],
    ['a frame that is gone', { noFrame: true }],
    ['a window that is not ours', { id: 2 }],
    ['a foreign address', { url: 'https://attacker.example/' }],
    ['a look-alike host', { url: 'app://greenprint.attacker.example/' }],
    ['a host with a user', { url: 'app://greenprint@attacker.example/' }],
    ['a user on our host', { url: 'app://attacker@greenprint/' }],
    ['a port on our host', { url: 'app://greenprint:1/' }],
    ['another scheme', { url: 'file:///greenprint/' }],
    ['no address', { url: '' }],
  ])('17 gives %s nothing', async (_, who) => {
    const fake = await started()
    const page = fake.page(who)
    page.ready()
    const invoked = [CHANNELS.pickFiles, CHANNELS.registerDropped, CHANNELS.pickSavePath, CHANNELS.reveal]
    for (const channel of invoked) expect(await page.invoke(channel, ['/etc/passwd'])).toBeNull()
    await new Promise(setImmediate)
    expect(page.given).toEqual([])
    expect(fake.did.map(([what]) => what)).not.toContain('open dialog')
  })
  it(`18 serves the screen by protocol.handle and nothing else, under ${HOSTILE_PATHS.length} hostile paths`, async () => {
    expect(all).not.toMatch(/loadFile|file:\/\/|registerFileProtocol|interceptFileProtocol|net\.fetch/)
    const fake = await started()
    const ours = await (await fake.request('app://greenprint/')).text()
    expect(ours).toBe('<!doctype html>')
    for (const hostile of HOSTILE_PATHS) {
      const url = `app://greenprint${hostile.startsWith('/') ? '' : '/'}${hostile}`
      const answer = await fake.request(url)
      // The URL parser itself resolves plain "..": that may name our own page, never a file outside.
      expect([`404 `, `200 ${ours}`]).toContain(`${answer.status} ${await answer.text()}`)
    }
    for (const url of ['app://other/', 'app://greenprint:1/', 'https://greenprint/'])
      expect((await fake.request(url)).status).toBe(404)
    expect((await fake.request('app://greenprint/', 'POST')).status).toBe(404)
  })
  it('18 keeps the scheme from weakening the content policy', () => {
    expect(SCHEME).toEqual({
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    })
  })
  it('19 lists all nine fuses', () => {
    expect(FUSES).toMatchInlineSnapshot(`
      {
        "EnableCookieEncryption": true,
        "EnableEmbeddedAsarIntegrityValidation": true,
        "EnableNodeCliInspectArguments": false,
        "EnableNodeOptionsEnvironmentVariable": false,
        "GrantFileProtocolExtraPrivileges": false,
        "LoadBrowserProcessSpecificV8Snapshot": false,
        "OnlyLoadAppFromAsar": true,
        "RunAsNode": false,
        "WasmTrapHandlers": true,
      }
    `)
    expect(all).not.toMatch(/child_process/) // with RunAsNode off it would fail
  })
  it('20 gives the page one port and three functions', async () => {
    const preload = sources.find(({ file }) => file === 'preload.ts')?.text ?? ''
    expect(preload.match(/exposeInMainWorld\(/g)).toHaveLength(1)
    const [, api = ''] = /const api: ShellApi = \{([^]*?)\n\}\n/.exec(preload) ?? []
    expect([...api.matchAll(/^ {2}(\w+)[(:]/gm)].map(([, name]) => name)).toEqual(['pickFiles', 'pickSavePath', 'reveal'])
    const fake = await started()
    expect(fake.channels().toSorted()).toEqual(
      Object.values(CHANNELS)
        .filter((channel) => channel !== CHANNELS.port)
        .toSorted(),
    )
  })
})

describe('the network', () => {
  it('is not there: every request but our own is cancelled', async () => {
    const fake = await started()
    const cancelled = (url: string) => {
      let verdict: unknown
      ;(fake.defaultSession.set['beforeRequest'] as Listener)({ url }, (answer: unknown) => (verdict = answer))
      return verdict
    }
    const foreign = [
      'https://canary.example/',
      'http://127.0.0.1:1/',
      'ws://canary.example/',
      'ftp://canary.example/',
      'file:///etc/passwd',
      'file://canary/share',
      'devtools://devtools/bundled/inspector.html',
      'chrome://gpu',
      'blob:https://canary.example/1',
      'data:text/html,<script>1</script>',
      'app://other/',
      'not a url',
    ]
    expect(foreign.map(cancelled)).toEqual(foreign.map(() => ({ cancel: true })))
    for (const url of ['app://greenprint/index.html', 'blob:app://greenprint/1', 'data:image/png;base64,AA'])
      expect(cancelled(url)).toEqual({ cancel: false })
    expect(mayLoad('devtools://devtools/')).toBe(false)
  })
  it('is shut in Chromium itself', () => {
    expect(SWITCHES).toContainEqual(['host-resolver-rules', 'MAP * ~NOTFOUND'])
    expect(SWITCHES).toContainEqual(['no-proxy-server'])
    expect(all).not.toMatch(/crashReporter|autoUpdater|setSpellCheckerDictionaryDownloadURL/)
  })
  it('lets the developer’s tools load themselves in a checkout only', async () => {
    const fake = await started({ developing: true })
    let verdict: unknown
    const url = 'devtools://devtools/bundled/inspector.html'
    ;(fake.defaultSession.set['beforeRequest'] as Listener)({ url }, (answer: unknown) => (verdict = answer))
    expect(verdict).toEqual({ cancel: false })
  })
})

describe('pages and their ports', () => {
  it('get a new port on reload; the earlier one closes', async () => {
    const fake = await started()
    const first = connectClient(await portOf(fake))
    const call = first.call('analysis.run', { planId: 'plan-endless' as never }).catch((error: unknown) => error)
    const second = connectClient(await portOf(fake))
    expect(await call).toMatchObject({ code: 'request.disconnected' })
    expect(await second.call('plans.list', {})).toHaveLength(1)
  })
  it('are not answered once they are gone', async () => {
    const fake = await started()
    const page = fake.page({ destroyed: true })
    page.ready()
    expect(page.given).toEqual([])
  })
  it('lose their port when the backend dies, and hear nothing of later choices', async () => {
    const fake = await started()
    const client = connectClient(await portOf(fake))
    expect(await client.call('plans.list', {})).toHaveLength(1)
    const call = client.call('analysis.run', { planId: 'plan-endless' as never }).catch((error: unknown) => error)
    const choice = fake.page().invoke(CHANNELS.pickFiles, 'files')
    fake.processes[0]?.process.exit(9)
    expect(await choice).toBeNull()
    expect(await call).toMatchObject({ code: 'request.disconnected' })
    expect(await fake.page().invoke(CHANNELS.pickFiles, 'files')).toBeNull()
  })
})

describe('dialogs', () => {
  it('turn choices into tokens that only the backend can read', async () => {
    const { create, seen } = backendWith()
    const fake = await started({ create })
    const token = await fake.page().invoke(CHANNELS.pickFiles, 'files')
    expect(token).toMatch(/^[0-9a-f]{32}$/)
    expect(seen.options).toMatchObject({ host: 'electron' })
    const dropped = await fake.page().invoke(CHANNELS.registerDropped, ['/plans/b.shp', '', 'relative.shp', 7, null])
    expect(dropped).toMatch(/^[0-9a-f]{32}$/)
    await fake.page().invoke(CHANNELS.pickFiles, 'folder')
    expect(fake.did.filter(([what]) => what === 'open dialog')).toEqual([
      ['open dialog', { properties: ['openFile', 'multiSelections', 'dontAddToRecent'] }],
      ['open dialog', { properties: ['openDirectory'] }],
    ])
  })
  it.each([
    ['cancelled', { canceled: true, filePaths: ['/plans/a.gpkg'] }],
    ['empty', { canceled: false, filePaths: [] }],
    ['relative', { canceled: false, filePaths: ['a.gpkg', ''] }],
  ])('give null when the answer is %s', async (_, answer) => {
    const fake = await started()
    fake.answers.open = answer
    expect(await fake.page().invoke(CHANNELS.pickFiles, 'files')).toBeNull()
  })
  it('suggest a plain file name for saving, and give null when cancelled', async () => {
    const fake = await started()
    fake.answers.save = { canceled: true, filePath: '' }
    expect(await fake.page().invoke(CHANNELS.pickSavePath, '../../etc/意见书.pdf')).toBeNull()
    expect(fake.did).toContainEqual(['save dialog', { defaultPath: '意见书.pdf' }])
  })
  it.each([[undefined], [null], ['/etc/passwd'], [{ length: 1, 0: '/etc/passwd' }], [[]]])(
    'take %j for no drop',
    async (dropped) => {
      const fake = await started()
      expect(await fake.page().invoke(CHANNELS.registerDropped, dropped)).toBeNull()
    },
  )
})

describe('children of the backend', () => {
  const launched = async () => {
    const { create, seen } = backendWith()
    const fake = await started({ create })
    const child = seen.options?.launchChild('import-process', { memoryMb: 512 }) as ChildProcessHandle
    await vi.waitFor(() => expect(fake.processes).toHaveLength(2))
    return { fake, child, process: fake.processes[1] as (typeof fake.processes)[number] }
  }

  it('are started by the main process, with their heap limit', async () => {
    const { process } = await launched()
    expect([process.name, process.execArgv]).toEqual(['import-process', ['--max-old-space-size=512', '--max-semi-space-size=16']])
  })
  it('exchange messages with it in order', async () => {
    const { child, process } = await launched()
    const [inside, heard]: [unknown[], unknown[]] = [[], []]
    process.process.parent.on('message', ({ data }) => inside.push(data))
    child.onMessage((message) => heard.push(message))
    for (const xy of [1, 2, 3]) child.post(Float64Array.of(xy))
    for (const row of [1, 2, 3]) process.process.parent.postMessage({ row })
    await vi.waitFor(() => expect([inside.length, heard.length]).toEqual([3, 3]))
    expect(inside).toEqual([1, 2, 3].map((xy) => Float64Array.of(xy)))
    expect(heard).toEqual([{ row: 1 }, { row: 2 }, { row: 3 }])
  })
  it('are killed by signal, even before they have a pid, and report their end once', async () => {
    const { create, seen } = backendWith()
    const fake = await started({ create })
    const child = seen.options?.launchChild('import-process', { memoryMb: 64 }) as ChildProcessHandle
    const exits = vi.fn<(code: number | null, signal: string | null) => void>()
    child.onExit(exits)
    child.kill()
    child.kill()
    await vi.waitFor(() => expect(exits).toHaveBeenCalledWith(137, null))
    child.kill()
    child.post('after the end')
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(exits).toHaveBeenCalledTimes(1)
    expect(fake.did.filter(([what]) => what === 'kill').length).toBeGreaterThan(0)
  })
  it('die with the backend', async () => {
    const { fake, process } = await launched()
    await vi.waitFor(() => expect(process.process.port.pid).toBeDefined())
    fake.processes[0]?.process.exit(9)
    await vi.waitFor(() => expect(fake.did).toContainEqual(['kill', process.process.pid]))
  })
})

describe('life of the application', () => {
  it('does nothing when another instance runs', () => {
    const fake = fakeElectron({ seed: 1, create: backendWith().create, lockTaken: true })
    opened.push(fake)
    runShell(fake.shell)
    expect([fake.did, fake.processes]).toEqual([[['quit']], []])
  })
  it('brings its window to the front when started again', async () => {
    const fake = await started()
    fake.app.emit('second-instance')
    expect(fake.did.slice(-2)).toEqual([['restore'], ['focus']])
    fake.window.emit('closed')
    fake.app.emit('second-instance')
    expect(fake.did.slice(-2)).toEqual([['restore'], ['focus']])
  })
  it('shows the window when it has something to show, and quits when it is closed', async () => {
    const fake = await started()
    fake.window.emit('ready-to-show')
    fake.app.emit('window-all-closed')
    expect(fake.did.slice(-2)).toEqual([['show'], ['quit']])
  })
  it('closes the catalogue before it ends', async () => {
    const { create, seen } = backendWith()
    const fake = await started({ create })
    expect(prevented((event: unknown) => fake.app.emit('will-quit', event))).toBe(true)
    await vi.waitFor(() => expect(fake.did.at(-1)).toEqual(['exit', 0]))
    expect(seen.closed).toBe(1)
  })
  it('ends when the backend is already gone', async () => {
    const fake = await started()
    fake.processes[0]?.process.exit(9)
    fake.app.emit('will-quit', { preventDefault: () => undefined })
    await vi.waitFor(() => expect(fake.did.at(-1)).toEqual(['exit', 0]))
  })
  it('says in both languages why the catalogue does not open, and ends', async () => {
    const create = () => Promise.reject(new AppError('catalogue.not-found', { what: '青岚' }))
    const fake = fakeElectron({ seed: 1, create })
    opened.push(fake)
    runShell(fake.shell)
    await vi.waitFor(() => expect(fake.did.at(-1)).toEqual(['exit', 1]))
    const [, title, content] = fake.did.find(([what]) => what === 'error box') ?? []
    expect(title).toBe('找不到该记录 / Not found')
    expect(content).toContain('青岚')
  })
})
