import { SQUARE_PX, type BasemapInfo } from '#core/contract/basemap.ts'
import type { CancelSignal, Input } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import { widestWindow, type SheetChoice } from '#core/map-sheet/layout.ts'
import type { PlacedPicture } from '#core/map-sheet/sheet-layer.ts'
import type { Plan } from '#core/model/plan.ts'
import { encodeRgbPng } from '../basemap/png.ts'
import { asData, metresPerPx, type PictureDetail } from './picture-size.ts'

/** Cuts a square of a plan's plane from the basemap: red, green, blue, alpha; null where it does not reach. */
export type CutCells = (input: Input<'basemap.square'>) => Promise<Uint8Array | null>

/**
 * The basemap under a sheet, on white and as faint as the screen shows it, cut square by square so that no more is held than one picture.
 * Null where it shows nothing there. @throws AppError `basemap.*`, what `cut` throws
 */
export async function basemapPicture(
  { id, opacity }: Pick<BasemapInfo, 'id' | 'opacity'>,
  { id: planId, extent }: Pick<Plan, 'id' | 'extent'>,
  choice: SheetChoice,
  detail: PictureDetail,
  cut: CutCells,
  signal: CancelSignal,
): Promise<Omit<PlacedPicture, 'seen'> | null> {
  const window = widestWindow(choice, extent)
  const mPerPx = metresPerPx(window, detail)
  const [minX, minY, maxX, maxY] = window.windowM
  const [width, height] = [Math.ceil((maxX - minX) / mPerPx), Math.ceil((maxY - minY) / mPerPx)]
  const rgb = new Uint8Array(width * height * 3).fill(255)
  let isEmpty = true
  for (let top = 0; top < height; top += SQUARE_PX)
    for (let left = 0; left < width; left += SQUARE_PX) {
      if (signal.aborted) throw new AppError('request.cancelled', { procedure: 'map.print' })
      const square = { leftM: minX + left * mPerPx, topM: maxY - top * mPerPx, metresPerPx: mPerPx }
      const rgba = await cut({ basemapId: id, planId, ...square })
      if (rgba === null) continue
      isEmpty = false
      flatten(rgba, rgb, { left, top, width, height }, opacity)
    }
  if (isEmpty) return null
  const windowM: PlacedPicture['windowM'] = [minX, maxY - height * mPerPx, minX + width * mPerPx, maxY]
  return { windowM, data: asData(encodeRgbPng(rgb, width, height)) }
}

interface Place {
  left: number
  top: number
  width: number
  height: number
}

/** Lays a square on white paper, at its place of a picture. */
function flatten(rgba: Uint8Array, rgb: Uint8Array, { left, top, width, height }: Place, opacity: number): void {
  for (let row = 0; row < Math.min(SQUARE_PX, height - top); row++)
    for (let column = 0; column < Math.min(SQUARE_PX, width - left); column++) {
      const from = (row * SQUARE_PX + column) * 4
      const to = ((top + row) * width + left + column) * 3
      const share = ((rgba[from + 3] ?? 0) / 255) * opacity
      for (let i = 0; i < 3; i++) rgb[to + i] = Math.round(255 + ((rgba[from + i] ?? 255) - 255) * share)
    }
}
