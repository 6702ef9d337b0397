import { existsSync, readFileSync } from 'node:fs'
import { AppError } from '#core/errors.ts'
import type { RasterPlace } from '#core/geo/raster.ts'
import { bilingual, type Bilingual } from '#core/text.ts'

/** No file declares more cells honestly; beyond it the header is damaged or hostile. */
const MOST_DECLARED = 2 ** 31
/** A grid is analysed in memory, four bytes a cell: this many are 1 GiB. */
const MOST_CELLS = 2 ** 28

export const broken = (file: string, zh: string, en: string, cause?: unknown): AppError =>
  new AppError('import.raster-broken', { file, problem: bilingual(zh, en) }, { cause })

/** A library's or a parser's complaint about the bytes of a file; what we threw ourselves is handed on. */
export function readerError(error: unknown, file: string): AppError {
  if (error instanceof AppError) return error
  const said = error instanceof Error ? error.message.slice(0, 160) : 'unknown'
  return broken(file, `文件已损坏或压缩方式不受支持（${said}）`, `it is damaged or uses an unsupported encoding (${said})`, error)
}

/** @throws AppError `import.raster-broken`, `import.limit` where size or place cannot be or cannot be kept in memory. */
export function checkPlace(place: RasterPlace, file: string): RasterPlace {
  const { columns, rows, leftX, topY, cellX, cellY } = place
  const sized = [columns, rows].every((count) => Number.isInteger(count) && count > 0)
  if (!sized || columns * rows > MOST_DECLARED) throw broken(file, '行列数无效', 'its numbers of columns and rows cannot be')
  const edges = [leftX, topY, leftX + columns * cellX, topY - rows * cellY]
  const placed = edges.every(Number.isFinite) && cellX > 0 && cellY > 0 && leftX + cellX !== leftX && topY - cellY !== topY
  if (!placed) throw broken(file, '左下角坐标或像元大小无效', 'its corner or its cell size cannot be')
  if (columns * rows > MOST_CELLS) throw new AppError('import.limit', { file, layer: null, what: CELLS, limit: MOST_CELLS })
  return place
}

const CELLS: Bilingual = bilingual('像元数', 'cells')
const SMALL_BYTES = 1 << 20

/** A small text file beside a grid, by the endings it may have; null when there is none. */
export function textBeside(file: string, endings: readonly string[]): { source: string; text: string } | null {
  const stem = file.replace(/\.[^./\\]*$/, '')
  const ending = endings.find((candidate) => existsSync(stem + candidate))
  if (ending === undefined) return null
  return {
    source: ending.toLowerCase(),
    text: readFileSync(stem + ending)
      .subarray(0, SMALL_BYTES)
      .toString('utf8'),
  }
}
