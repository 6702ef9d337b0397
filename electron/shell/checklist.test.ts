import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { FUSES } from '../../build/fuses.ts'
import { HOSTILE_PATHS } from '#backend/hostile-paths.ts'
import { pageHeaders } from '#backend/static-files.ts'
import { CHANNELS } from '#core/contract/shell-api.ts'
import { fakeContents, fakeSession } from './fakes.ts'
import { mayLoad, SCHEME, SWITCHES } from './security.ts'
import { windowOptions } from './window.ts'
import { started, prevented, type Listener } from './fake-start.ts'

const sources = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|^(fake.*|conform)\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(path.join(import.meta.dirname, file), 'utf8') }))
const all = sources.map(({ text }) => text).join('\n')

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
    expect((set['windowOpen'] as (asked: object) => unknown)({ url: 'https://attacker.example/' })).toEqual({ action: 'deny' })
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
