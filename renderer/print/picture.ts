import { MOST_PICTURE_BYTES } from '#core/contract/map-sheet-procedures.ts'
import { AppError } from '#core/errors.ts'
import { drawPdfPage } from '../sheets/pdf-page.ts'

/** A smaller picture is tried where the last one does not fit into one message. */
const SHRINK = 0.7
const TRIES = 8

const bytesOf = async (canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer>> => {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))
}

function smaller(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const made = document.createElement('canvas')
  made.width = Math.round(canvas.width * SHRINK)
  made.height = Math.round(canvas.height * SHRINK)
  const context = made.getContext('2d')
  if (context === null) throw new Error('this browser draws no pictures')
  context.imageSmoothingQuality = 'high'
  context.drawImage(canvas, 0, 0, made.width, made.height)
  return made
}

/** The first page of a printed map as a PNG, as sharp as one message to the backend can carry. @throws AppError `sheet.unreadable` */
export async function pictureOf(pdf: Uint8Array, name: string): Promise<Uint8Array<ArrayBuffer>> {
  let canvas = await drawPdfPage(pdf, 1, name)
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const png = await bytesOf(canvas)
    if (png.length > 0 && png.length <= MOST_PICTURE_BYTES) return png
    canvas = smaller(canvas)
  }
  throw new AppError('map.print-too-large', { memoryMb: MOST_PICTURE_BYTES / 2 ** 20 })
}
