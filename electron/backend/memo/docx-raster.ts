import { createRequire } from 'node:module'
import { AppError } from '#core/errors.ts'
import { assertOwnSvg } from '#core/map/own-svg.ts'
import { withPictures } from '#core/map-sheet/sheet-pictures.ts'
import { memoFonts, SANS } from './fonts.ts'

/** The part of the canvas that is used here. (Its own types would bring the browser's into this room.) */
interface Context2d {
  fillStyle: string
  fillRect(x: number, y: number, width: number, height: number): void
  drawImage(image: object, x: number, y: number, width: number, height: number): void
}
interface CanvasModule {
  GlobalFonts: { registerFromPath(path: string, name: string): unknown }
  createCanvas: (width: number, height: number) => { getContext(kind: '2d'): Context2d; toBuffer(type: 'image/png'): Uint8Array }
  loadImage: (bytes: Uint8Array) => Promise<object>
}

/** As fine as offices print; a map of A0 is 7022 × 4967 pixels. */
export const PX_PER_MM = 150 / 25.4
const fromHere = createRequire(import.meta.url)
let opened: CanvasModule | null = null

/** The canvas that the reader of plan sheets brings along; it is there on every platform that the product is built for. */
function canvasModule(): CanvasModule {
  if (opened !== null) return opened
  try {
    opened = createRequire(fromHere.resolve('pdfjs-dist/package.json'))('@napi-rs/canvas') as CanvasModule
  } catch (error) {
    throw new AppError('memo.no-rasteriser', { problem: error instanceof Error ? error.message.slice(0, 120) : String(error) })
  }
  const { normal, bold } = memoFonts()[SANS] ?? { normal: '', bold: '' }
  for (const file of [normal, bold]) opened.GlobalFonts.registerFromPath(file, SANS)
  return opened
}

/**
 * A drawing of our own as a PNG of 150 dots per inch, for programs that cannot show the drawing itself. `pictures`: what it refers to, by name.
 * @throws AppError `memo.unsafe-figure` for a drawing that is none of ours, `memo.no-rasteriser` where the canvas is missing
 */
export async function rasterised(
  svg: string,
  widthMm: number,
  heightMm: number,
  pictures: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  assertOwnSvg(svg)
  const drawing = canvasModule()
  const [width, height] = [Math.round(widthMm * PX_PER_MM), Math.round(heightMm * PX_PER_MM)]
  // Drawn at its size on the page: a picture that is enlarged afterwards is blurred.
  const sized = withPictures(svg, pictures).replace(/^<svg[^>]*>/, (tag) => withSize(tag, width, height))
  const canvas = drawing.createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.drawImage(await drawing.loadImage(Buffer.from(sized, 'utf8')), 0, 0, width, height)
  return canvas.toBuffer('image/png')
}

const withSize = (tag: string, width: number, height: number): string =>
  `${tag.replace(/ (?:width|height)="[^"]*"/g, '').slice(0, -1)} width="${width}" height="${height}">`
