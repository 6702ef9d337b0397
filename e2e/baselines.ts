import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'

/** Where the small pictures are kept. */
export const BASELINES = path.join(import.meta.dirname, 'baselines')

/** The screens that are kept as pictures, as the walks through all screens name them, in Chinese and light. */
export const PICTURED: readonly string[] = [
  'first-run',
  'import-inspected',
  'workbench',
  'item',
  'results-flows',
  'findings',
  'settings',
  'memo',
  'catalogue',
  'review-orientation',
  'review-panel',
  'review-editor-item',
]

/** `GREENPRINT_BASELINES=write` makes the pictures anew instead of comparing. */
export const isWriting = process.env['GREENPRINT_BASELINES'] === 'write'

/** One pixel of a kept picture stands for as many of the screen, each way: letters become grey lines, panels and columns stay. */
const SHRINK = 8
/** Two pixels are different when their lightness, blurred over their neighbours, is farther apart than this (of 255). */
const FAR = 20
/**
 * The most of a screen that may differ. Measured on the desk: the same again 0.00 %, in another font with bolder letters 0.55 %, its right
 * panel moved by 8 pixels 0.61 %, by 16 1.39 %, by 40 3.25 %; in the list of plans a row that is missing 0.97 %.
 */
export const MOST_DIFFERENT = 0.008

interface Compared {
  /** The screen as it would be kept. */
  small: Buffer
  /** Which share of the screen differs from the kept picture; 1 where sizes differ. */
  share: number
}

/** Shrinks a picture of the screen and compares it with a kept one. The browser does it: it reads and writes PNG. */
export async function compareWith(page: Page, shot: Buffer, kept: Buffer | null): Promise<Compared> {
  const asked = { shot: shot.toString('base64'), kept: kept?.toString('base64') ?? null, SHRINK, FAR }
  const { small, share } = await page.evaluate(async ({ shot, kept, SHRINK, FAR }) => {
    const bitmapOf = (base64: string) =>
      createImageBitmap(new Blob([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], { type: 'image/png' }))
    const drawn = (bitmap: ImageBitmap, width: number, height: number) => {
      const canvas = new OffscreenCanvas(width, height)
      const context = canvas.getContext('2d', { willReadFrequently: true })
      if (context === null) throw new Error('no canvas')
      context.drawImage(bitmap, 0, 0)
      return { canvas, context }
    }
    /** Mean lightness of every block of pixels. */
    const shrunk = (bitmap: ImageBitmap) => {
      const { data } = drawn(bitmap, bitmap.width, bitmap.height).context.getImageData(0, 0, bitmap.width, bitmap.height)
      const [width, height] = [Math.floor(bitmap.width / SHRINK), Math.floor(bitmap.height / SHRINK)]
      const grey = new Float64Array(width * height)
      for (let y = 0; y < height * SHRINK; y += 1)
        for (let x = 0; x < width * SHRINK; x += 1) {
          const at = (y * bitmap.width + x) * 4
          const light = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)
          const cell = Math.floor(y / SHRINK) * width + Math.floor(x / SHRINK)
          grey[cell] = (grey[cell] ?? 0) + light / (SHRINK * SHRINK)
        }
      return { grey, width, height }
    }
    const blurred = (grey: ArrayLike<number>, width: number, height: number) =>
      Float64Array.from({ length: width * height }, (_, at) => {
        const [x, y] = [at % width, Math.floor(at / width)]
        let [sum, count] = [0, 0]
        for (let dy = -1; dy <= 1; dy += 1)
          for (let dx = -1; dx <= 1; dx += 1)
            if (x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height) {
              sum += grey[at + dy * width + dx] ?? 0
              count += 1
            }
        return sum / count
      })
    const now = shrunk(await bitmapOf(shot))
    const image = new ImageData(now.width, now.height)
    // Thirty-two greys are enough, and keep the picture small.
    const kept32 = (light: number) => Math.min(255, Math.round(light / 8) * 8)
    now.grey.forEach((light, at) => image.data.set([kept32(light), kept32(light), kept32(light), 255], at * 4))
    const canvas = new OffscreenCanvas(now.width, now.height)
    canvas.getContext('2d')?.putImageData(image, 0, 0)
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())
    const small = btoa([...bytes].map((byte) => String.fromCharCode(byte)).join(''))
    if (kept === null) return { small, share: 1 }
    const before = await bitmapOf(kept)
    if (before.width !== now.width || before.height !== now.height) return { small, share: 1 }
    const { data } = drawn(before, now.width, now.height).context.getImageData(0, 0, now.width, now.height)
    const was = blurred(
      now.grey.map((_, at) => data[at * 4] ?? 0),
      now.width,
      now.height,
    )
    const is = blurred(now.grey, now.width, now.height)
    return { small, share: is.filter((light, at) => Math.abs(light - (was[at] ?? 0)) > FAR).length / is.length }
  }, asked)
  return { small: Buffer.from(small, 'base64'), share }
}

const fileOf = (name: string) => path.join(BASELINES, `${name}.png`)

/** Which share of the screen differs from its kept picture; all of it where none is kept. */
export async function differenceOf(page: Page, name: string): Promise<number> {
  const kept = existsSync(fileOf(name)) ? readFileSync(fileOf(name)) : null
  const { share } = await compareWith(page, await page.screenshot(), kept)
  return share
}

/** Keeps the screen as its picture, once it no longer changes. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  let kept: Buffer | null = null
  for (let same = 0; same < 4;) {
    const { small } = await compareWith(page, await page.screenshot(), null)
    same = kept !== null && small.equals(kept) ? same + 1 : 0
    kept = small
    await page.waitForTimeout(300)
  }
  mkdirSync(BASELINES, { recursive: true })
  if (kept !== null) writeFileSync(fileOf(name), kept)
}
