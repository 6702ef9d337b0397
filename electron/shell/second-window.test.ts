import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { CHANNELS } from '#core/contract/shell-api.ts'
import { backendWith, started } from './fake-start.ts'
import { fakeContents } from './fakes.ts'
import { windowOptions } from './window.ts'

const MAP = 'app://greenprint/#/plan/abc-1/window/map/pair-0123456789'
type Asked = (asked: { url: string }) => unknown

/** The shell with its first page, which asks to have an address opened. */
async function desk(changes: Parameters<typeof started>[0] = {}) {
  const fake = await started(changes)
  const ask = (url: string, by = 1) => {
    const { contents, set } = fakeContents(by)
    fake.app.emit('web-contents-created', {}, contents)
    expect((set['windowOpen'] as Asked)({ url })).toEqual({ action: 'deny' })
  }
  const opened = () => fake.did.filter(([what]) => what === 'window').map(([, options]) => options as Record<string, unknown>)
  const file = path.join(fake.dir, 'second-window.json')
  return { fake, ask, opened, file }
}

describe('the second window', () => {
  it('has the first one’s options but for its place, loads only what was asked, and its page is answered', async () => {
    const { fake, ask, opened } = await desk()
    ask(MAP)
    const [, second] = opened()
    expect(second).toEqual({ ...windowOptions('/app/out/preload/preload.cjs', false), x: 108, y: 88, width: 1440, height: 900 })
    expect(fake.did.filter(([what]) => what === 'load').at(-1)).toEqual(['load', MAP])
    expect(await fake.page({ id: 2, url: MAP }).invoke(CHANNELS.pickFiles, 'files')).toMatch(/^[0-9a-f]{32}$/)
    fake.windows[1]?.emit('ready-to-show')
    expect(fake.did.at(-1)).toEqual(['show'])
  })

  it.each([
    'https://attacker.example/',
    'app://greenprint/',
    'app://greenprint/#/plan/abc-1',
    'app://greenprint/#/plan/abc-1/window/map',
    'app://greenprint/#/plan/abc-1/window/secrets/pair-0123456789',
    `${MAP}/more`,
    `app://greenprint.attacker.example/${MAP.slice(MAP.indexOf('#'))}`,
    `https://attacker.example/${MAP.slice(MAP.indexOf('#'))}`,
    `app://greenprint/index.html${MAP.slice(MAP.indexOf('#'))}`,
    'app://user@greenprint/#/plan/abc-1/window/map/pair-0123456789',
    'file:///etc/passwd',
    'about:blank',
    '',
    'x'.repeat(100_000),
  ])('is not opened for %s', async (url) => {
    const { ask, opened } = await desk()
    ask(url)
    expect(opened()).toHaveLength(1)
  })

  it('is opened for the first page only, once, and comes forward when it is asked for again', async () => {
    const { fake, ask, opened } = await desk()
    ask(MAP, 7)
    ask(MAP)
    ask(MAP, 2)
    expect(opened()).toHaveLength(2)
    ask(MAP)
    expect([opened().length, fake.did.at(-1)]).toEqual([2, ['focus']])
  })

  it('closes with the first, is answered no more, and can be opened again after it was closed by itself', async () => {
    const { fake, ask, opened } = await desk()
    ask(MAP)
    fake.windows[1]?.emit('close')
    fake.windows[1]?.emit('closed')
    expect(await fake.page({ id: 2, url: MAP }).invoke(CHANNELS.pickFiles, 'files')).toBeNull()
    ask(MAP)
    expect(opened()).toHaveLength(3)
    fake.window.emit('closed')
    expect(fake.did.at(-1)).toEqual(['close'])
    fake.window.emit('closed')
    expect(fake.did.filter(([what]) => what === 'close')).toHaveLength(1)
  })

  it('comes back to where it stood, unless that screen is gone or the file is damaged', async () => {
    const { fake, ask, opened, file } = await desk()
    fake.displays.push({ workArea: { x: 1920, y: 0, width: 2560, height: 1400 } })
    ask(MAP)
    expect(opened()[1]).toMatchObject({ x: 1920, y: 0, width: 2560, height: 1400 })
    fake.windows[1]?.emit('close')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ x: 60, y: 40, width: 1440, height: 900 })
    for (const text of ['{"x":1e9}', '[', JSON.stringify({ x: 9000, y: 0, width: 900, height: 700 })]) {
      fake.windows.at(-1)?.emit('closed')
      writeFileSync(file, text)
      ask(MAP)
      expect(opened().at(-1)).toMatchObject({ x: 1920, y: 0 })
    }
    fake.windows.at(-1)?.emit('closed')
    fake.displays.splice(0)
    ask(MAP)
    expect(opened().at(-1)).toMatchObject({ x: 108, y: 88 })
  })

  it('goes away when its page does not load; a place that cannot be kept stops nothing', async () => {
    const { fake, ask, file } = await desk({ create: backendWith().create, selfTest: { blank: true } })
    writeFileSync(`${file}.lock`, '')
    ask(MAP)
    await new Promise((resolve) => setImmediate(resolve))
    expect(fake.did.some(([what]) => what === 'close')).toBe(true)
    expect(existsSync(file)).toBe(true)
  })
})
