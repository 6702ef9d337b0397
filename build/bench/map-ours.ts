import type { Browser, Page } from '@playwright/test'
import {
  at,
  drag,
  FOUR_K,
  framesOf,
  HD,
  launch,
  rendererMemory,
  shown,
  VIEWS,
  wheel,
  type Frames,
  type Measured,
  type View,
} from './map-page.ts'

const CANVAS = '.map-canvas'
const PATIENCE_MS = 600_000

const drawn = (page: Page): Promise<void> => page.locator(`${CANVAS}[data-drawn="yes"]`).waitFor()

const now = async (page: Page): Promise<number> => Number(await page.evaluate('performance.now()'))

/** Notes when a finger last lifted: what the browser's driver does before it clicks (it looks whether the button stands still) is not ours. */
const NOTE_CLICK = `addEventListener('click', () => { window.benchClick = performance.now() }, { capture: true })`
const clicked = async (page: Page): Promise<number> => Number(await page.evaluate('window.benchClick'))

/** Opens the plan of a host; how long it takes from the click that asks for the map until all of it is drawn. */
async function opened(browser: Browser, url: string, viewport: typeof HD): Promise<{ page: Page; firstPaintMs: number }> {
  const page = await browser.newPage({ locale: 'zh-CN', viewport })
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto(url)
  await page.evaluate(NOTE_CLICK)
  const link = page.locator('.plan-link').first()
  const onwards = page.getByRole('button', { name: '进入评审' })
  await link.waitFor()
  // A plan opened for the first time shows its overview, whose button asks for the map; later the link itself does.
  await link.click()
  await onwards.or(page.locator(CANVAS)).first().waitFor()
  if (await onwards.isVisible()) await onwards.click()
  await drawn(page)
  await shown(page)
  return { page, firstPaintMs: (await now(page)) - (await clicked(page)) }
}

const metresPerPx = async (page: Page): Promise<number> => {
  const scale = await page.locator('.place-scale input').inputValue()
  return (Number(scale.replace(/^1:/, '')) * 0.0254) / 96
}

/** Notes for every finger that lifts how long it takes until the card names another feature: looked for once a frame. */
const NOTE_CLICKS = `(() => {
  window.benchClicks = []
  const named = () => document.querySelector('.map-card .identify-one')?.textContent ?? ''
  addEventListener('pointerup', () => {
    const [from, before] = [performance.now(), named()]
    const look = () => {
      if (named() !== before && named() !== '') window.benchClicks.push(performance.now() - from)
      else if (performance.now() - from < 2000) requestAnimationFrame(look)
    }
    look()
  }, { capture: true })
})()`

const PLACES = 16

async function identified(page: Page): Promise<Measured['identifyMs']> {
  const box = await page.locator(CANVAS).boundingBox()
  if (box === null) throw new Error('there is no map')
  await page.evaluate(NOTE_CLICKS)
  for (let place = 0; place < PLACES; place++) {
    const x = box.x + box.width * (0.15 + 0.7 * ((place * 0.618) % 1))
    const y = box.y + box.height * (0.2 + 0.5 * ((place * 0.414) % 1))
    await page.mouse.click(x, y)
    // Two clicks of a hand are not one double click.
    await page.waitForTimeout(500)
  }
  const times = (await page.evaluate('window.benchClicks')) as number[]
  return times.length === 0 ? null : { medianMs: at(times, 0.5), p95Ms: at(times, 0.95) }
}

/** Resolves with the milliseconds from the finger that lifts until the map has begun to draw and is done; null where it never began. */
const SELECTION_DRAWN = `(() => {
  const map = document.querySelector('${CANVAS}')
  window.benchSelected = new Promise((told) => {
    addEventListener('pointerup', () => {
      const from = performance.now()
      let hasBegun = false
      const look = () => {
        const isDrawn = map.dataset.drawn === 'yes'
        hasBegun ||= !isDrawn
        if (hasBegun && isDrawn) told(from)
        else if (hasBegun || performance.now() - from < 20000) requestAnimationFrame(look)
        else told(null)
      }
      look()
    }, { capture: true, once: true })
  })
})()`

/** A box over the middle fifth of the map (below the tool's own card) is dragged over the whole plan: how long until what lies in it is drawn as selected, and on the screen. */
async function selected(page: Page): Promise<number | null> {
  const box = await page.locator(CANVAS).boundingBox()
  if (box === null) throw new Error('there is no map')
  await page.locator(CANVAS).focus()
  await page.keyboard.press('Home')
  await page.waitForTimeout(1000)
  await drawn(page)
  await page.getByRole('button', { name: '矩形选择' }).click()
  await page.mouse.move(box.x + box.width / 4, box.y + box.height * 0.4)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.75, box.y + box.height * 0.8, { steps: 4 })
  await page.evaluate(SELECTION_DRAWN)
  await page.mouse.up()
  const from = (await page.evaluate('window.benchSelected')) as number | null
  if (from === null) return null
  await shown(page)
  return (await now(page)) - from
}

/** A visit that only opens the map. */
export async function measureOpening(url: string): Promise<number> {
  const browser = await launch()
  try {
    return (await opened(browser, url, HD)).firstPaintMs
  } finally {
    await browser.close()
  }
}

export type Ours = Measured & { metresPerPx: Record<View, number>; selectedMs: number | null }

/** Our map of a plan, in the whole workbench; the scales of its views are told, so that others can show the same. */
export async function measureOurs(url: string): Promise<Ours> {
  const browser = await launch()
  try {
    const { page, firstPaintMs } = await opened(browser, url, HD)
    const pan = {} as Record<View, Frames>
    const scales = {} as Record<View, number>
    const zooms: Frames[] = []
    for (const view of VIEWS) {
      if (view !== 'city') zooms.push(await framesOf(page, () => wheel(page, CANVAS, 8), 'all'))
      await page.waitForTimeout(600)
      await drawn(page)
      scales[view] = await metresPerPx(page)
      pan[view] = await framesOf(page, () => drag(page, CANVAS), 'moved')
      await drawn(page)
    }
    const identifyMs = await identified(page)
    const zoom = zooms.toSorted((one, other) => other.medianMs - one.medianMs)[0] ?? null
    const selectedMs = await selected(page)
    return { firstPaintMs, pan, zoom, identifyMs, selectedMs, rendererMb: await rendererMemory(browser), metresPerPx: scales }
  } finally {
    await browser.close()
  }
}

/** The workbench on a screen of 3840 × 2160: frames of a pan over the whole plan, and what does not fit. */
export async function measure4k(url: string, picture: string | undefined): Promise<{ pan: Frames; broken: string[] }> {
  const browser = await launch()
  try {
    const { page } = await opened(browser, url, FOUR_K)
    const pan = await framesOf(page, () => drag(page, CANVAS), 'moved')
    await drawn(page)
    if (picture !== undefined) await page.screenshot({ path: picture })
    return { pan, broken: (await page.evaluate(OVERFLOWING)) as string[] }
  } finally {
    await browser.close()
  }
}

/** What is wider than its room or lies beyond the screen, and a map that does not fill its own. */
const OVERFLOWING = `(() => {
  const broken = []
  const { clientWidth, scrollWidth, clientHeight, scrollHeight } = document.documentElement
  if (scrollWidth > clientWidth || scrollHeight > clientHeight) broken.push('the page scrolls')
  for (const one of document.querySelectorAll('button, input, [role=tab], h1, h2')) {
    const { left, right, top, bottom, width } = one.getBoundingClientRect()
    if (width > 0 && one.checkVisibility() && (left < -1 || right > clientWidth + 1 || top > clientHeight + 2000)) broken.push(one.textContent || one.getAttribute('aria-label'))
  }
  const { width, height } = document.querySelector('${CANVAS}').getBoundingClientRect()
  const { width: drawnWidth } = document.querySelector('${CANVAS} canvas').getBoundingClientRect()
  if (width < clientWidth / 3 || height < clientHeight / 2 || Math.abs(drawnWidth - width) > 2) broken.push('the map does not fill its room: ' + [width, height, drawnWidth])
  return broken
})()`
