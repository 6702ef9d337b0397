import type { Client } from '#core/contract/client.ts'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { drawPdfPage } from './pdf-page.ts'

/** A sheet as it can be drawn. Its own pixels need not be the sheet's units: only shares of width and height count. */
export type SheetPicture = ImageBitmap | HTMLCanvasElement

const LONGEST_PX = 8192
/** As many sheets as a person compares; more would only fill the memory. */
const MOST_KEPT = 4

const kept = new Map<string, Promise<SheetPicture>>()

/** Fetches and draws a page once; the last few stay. @throws AppError `sheet.unreadable` and what the backend answers */
export function sheetPicture(
  client: Client,
  { sha256, page, name }: { sha256: string; page: number; name: string },
): Promise<SheetPicture> {
  const key = `${sha256} ${page}`
  const before = kept.get(key)
  const made = before ?? load(client, sha256, page, name)
  kept.delete(key)
  kept.set(key, made)
  // One that failed is tried again when it is asked for again.
  if (!before) made.catch(() => kept.delete(key))
  for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest)
  return made
}

async function load(client: Client, sha256: string, page: number, name: string): Promise<SheetPicture> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let [offset, total] = [0, 1]
  let type = ''
  while (offset < total) {
    const piece = await client.call('sheets.bytes', { sha256, offset })
    if (piece.bytes.length === 0) break
    parts.push(Uint8Array.from(piece.bytes))
    offset += piece.bytes.length
    total = piece.totalBytes
    type = piece.type
  }
  const blob = new Blob(parts, { type })
  if (type === 'application/pdf') return drawPdfPage(new Uint8Array(await blob.arrayBuffer()), page, name)
  try {
    return await decoded(blob)
  } catch (error) {
    throw new AppError(
      'sheet.unreadable',
      { file: name, problem: bilingual('图片已损坏', 'the picture is damaged') },
      { cause: error },
    )
  }
}

/** Decoded as it is stored: a camera's note of how it was held would turn it away from its control points. */
async function decoded(blob: Blob): Promise<ImageBitmap> {
  const whole = await createImageBitmap(blob, { imageOrientation: 'none' })
  const shrink = LONGEST_PX / Math.max(whole.width, whole.height)
  if (shrink >= 1) return whole
  const size = { resizeWidth: Math.round(whole.width * shrink), resizeHeight: Math.round(whole.height * shrink) }
  const smaller = await createImageBitmap(whole, { ...size, resizeQuality: 'high' })
  whole.close()
  return smaller
}
