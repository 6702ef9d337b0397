import { existsSync, readFileSync } from 'node:fs'
import { chromium, type Browser, type Page } from '@playwright/test'

/** Chromium without a GPU: canvases are painted by the processor, WebGL by SwiftShader. Both maps get the same. */
const WITHOUT_GPU = [
  '--disable-accelerated-2d-canvas',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--no-first-run',
]

export const HD = { width: 1280, height: 800 }
export const FOUR_K = { width: 3840, height: 2160 }

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['GREENPRINT_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [...WITHOUT_GPU, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })

/** Milliseconds of a frame. `meanMs` is the time of the whole movement, until all of it is on the screen, over its frames. */
export interface Frames {
  meanMs: number
  medianMs: number
  p95Ms: number
  frames: number
}

/** What one map takes at one number of parcels; null for what it did not do in time. */
export interface Measured {
  firstPaintMs: number | null
  pan: Partial<Record<View, Frames>>
  zoom: Frames | null
  identifyMs: { medianMs: number; p95Ms: number } | null
  rendererMb: { own: number; resident: number } | null
}

/** What is in sight: the whole plan, and twice nearer by factors of six. */
export const VIEWS = ['city', 'district', 'street'] as const
export type View = (typeof VIEWS)[number]

export const at = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** Notes the time of every frame from now on, and whether the pointer moved before it. */
const WATCH = `(() => {
  const frames = []
  let moved = false
  const note = () => { moved = true }
  addEventListener('pointermove', note, { capture: true })
  window.benchFrames = { frames, end: () => { removeEventListener('pointermove', note, { capture: true }); window.benchFrames.stop = true; return frames } }
  const next = () => {
    frames.push({ time: performance.now(), moved })
    moved = false
    if (!window.benchFrames.stop) requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
})()`
const UNWATCH = 'window.benchFrames.end()'

/**
 * Waits until what the page has drawn is on the screen. A page that draws by WebGL is given frames while the process that paints them
 * lags seconds behind; a picture of one pixel comes only after everything before it.
 */
export const shown = async (page: Page): Promise<void> =>
  void (await page.screenshot({ clip: { x: 0, y: 0, width: 1, height: 1 }, type: 'jpeg', timeout: 300_000 }))

/** Does something under the eyes of a frame counter. Of a drag only those frames count in which the map had moved: at rest every map is quick. */
export async function framesOf(page: Page, act: () => Promise<void>, counted: 'moved' | 'all'): Promise<Frames> {
  await shown(page)
  await page.evaluate(WATCH)
  const from = performance.now()
  await act()
  await shown(page)
  const wholeMs = performance.now() - from
  const frames = (await page.evaluate(UNWATCH)) as { time: number; moved: boolean }[]
  const gaps = frames.flatMap(({ time, moved }, index) => {
    const next = frames[index + 1]
    return next === undefined || (counted === 'moved' && !moved) ? [] : [next.time - time]
  })
  return { meanMs: wholeMs / gaps.length, medianMs: at(gaps, 0.5), p95Ms: at(gaps, 0.95), frames: gaps.length }
}

const STEPS = 40
/** A map that draws a frame in seconds is not dragged for a quarter of an hour: what it drew until then counts. */
const MOST_MS = 15_000

/** Drags the map a third of its width there and back, a step at a time, each after a frame of the page. */
export async function drag(page: Page, selector: string): Promise<void> {
  const box = await page.locator(selector).boundingBox()
  if (box === null) throw new Error(`there is no ${selector}`)
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  const until = performance.now() + MOST_MS
  for (let step = 1; step <= STEPS && performance.now() < until; step++) {
    const share = step <= STEPS / 2 ? step / (STEPS / 2) : 2 - step / (STEPS / 2)
    await page.mouse.move(x + (share * box.width) / 3, y + (share * box.height) / 5)
    await page.evaluate('new Promise(requestAnimationFrame)')
  }
  await page.mouse.up()
}

/** Turns the wheel over the middle of the map. */
export async function wheel(page: Page, selector: string, notches: number): Promise<void> {
  const box = await page.locator(selector).boundingBox()
  if (box === null) throw new Error(`there is no ${selector}`)
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const until = performance.now() + MOST_MS
  for (let notch = 0; notch < Math.abs(notches) && performance.now() < until; notch++) {
    await page.mouse.wheel(0, notches > 0 ? -120 : 120)
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  }
}

/** Megabytes of the largest process that draws pages, where the system tells: its own memory, and all that is resident (with Chromium's code). */
export async function rendererMemory(browser: Browser): Promise<Measured['rendererMb']> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => processMemory(id))
  return sizes.flatMap((one) => one ?? []).toSorted((one, other) => other.own - one.own)[0] ?? null
}

/** The same of any process. */
export function processMemory(pid: number | undefined): Measured['rendererMb'] {
  const status = `/proc/${pid}/status`
  if (pid === undefined || !existsSync(status)) return null
  const text = readFileSync(status, 'utf8')
  const mb = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(text)?.[1] ?? NaN) / 1024
  return { own: mb('RssAnon') + mb('RssShmem'), resident: mb('VmRSS') }
}
