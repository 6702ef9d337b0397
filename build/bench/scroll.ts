import type { Browser, Page } from '@playwright/test'
import { Trace, TRACE_CATEGORIES } from './trace.ts'

/** Frames of a panel that is scrolled from its top to its end, beside frames of the same page at rest. */
export interface Scrolled {
  what: string
  /** How many rows the panel has, and how many of them existed at most while it scrolled. */
  rows: number
  rowsInPage: number
  heightPx: number
  frames: number
  /** Median and 95th percentile between two frames by the clock, and the same of the page at rest. */
  frameMs: number
  frameP95Ms: number
  restMs: number
  restP95Ms: number
  /** What the main thread computed per frame: below 16.7 ms there is time for 60 frames a second. */
  mainMsPerFrame: number
  /** Share of frames whose own script ran no longer than a sixtieth of a second. */
}

const SECONDS = 3

/** Scrolls an element by itself, a fixed distance per frame, and says when each frame came. */
const SCROLL = (selector: string, pxPerFrame: number, frames: number) => `(async () => {
  const box = document.querySelector(${JSON.stringify(selector)})
  const times = []
  let most = 0
  performance.mark('bench scroll')
  for (let at = 0; at < ${frames}; at++) {
    const time = await new Promise(requestAnimationFrame)
    times.push(time)
    if (${pxPerFrame} > 0) {
      if (box.scrollTop + box.clientHeight >= box.scrollHeight - 1) box.scrollTop = 0
      else box.scrollTop += ${pxPerFrame}
      if (at % 10 === 0) most = Math.max(most, box.querySelectorAll('tr, li').length)
    }
  }
  performance.mark('bench scrolled')
  return { times, most, height: box.scrollHeight }
})()`

const gaps = (times: readonly number[]): number[] =>
  times
    .slice(1)
    .map((time, at) => time - (times[at] ?? time))
    .toSorted((one, other) => one - other)

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN

interface Frames {
  times: number[]
  most: number
  height: number
}

/** Scrolls a panel for some seconds, 90 px a frame (a fast wheel), under a performance trace. */
export async function scrolled(browser: Browser, page: Page, what: string, selector: string, rows: number): Promise<Scrolled> {
  const frames = SECONDS * 60
  const rest = gaps(((await page.evaluate(SCROLL(selector, 0, frames))) as Frames).times)
  await browser.startTracing(page, { categories: TRACE_CATEGORIES })
  const run = (await page.evaluate(SCROLL(selector, 90, frames))) as Frames
  const trace = new Trace(await browser.stopTracing())
  const moving = gaps(run.times)
  return {
    what,
    rows,
    rowsInPage: run.most,
    heightPx: run.height,
    frames: run.times.length,
    frameMs: at(moving, 0.5),
    frameP95Ms: at(moving, 0.95),
    restMs: at(rest, 0.5),
    restP95Ms: at(rest, 0.95),
    mainMsPerFrame: trace.between('scroll', 'scrolled').mainMs / run.times.length,
  }
}
