import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { deflateSync, inflateSync } from 'node:zlib'
import { SQUARE_PX } from '#core/contract/basemap.ts'
import { crsInfo, makeTransform } from '#core/crs/crs.ts'
import { AppError } from '#core/errors.ts'
import { fromFrame, type Frame } from '#core/geo/frame.ts'
import { ASK_BELOW } from '#core/model/inspection.ts'
import { affineOf, crsOf, worldFile, type Affine } from '../formats/raster/geotiff-place.ts'
import { broken } from '../formats/raster/raster-checks.ts'
import { blendAt, shrinkRgba } from './rgba.ts'
import { openTiffPicture, thinCopy, thinLevel, type PictureLevel, type Thinned, type TiffPicture } from './tiff-picture.ts'

/** A square of a plan's plane that is to be filled from a picture. */
export interface Square {
  frame: Frame
  /** System of the plan: its datum is the frame's. */
  planCrs: string
  leftM: number
  topM: number
  metresPerPx: number
}

/** A picture with a place on the ground. */
export interface GroundPicture {
  copyright: string
  /** Red, green, blue, alpha of SQUARE_PX × SQUARE_PX; null where the picture does not reach. */
  square(square: Square): Promise<Uint8Array | null>
  close(): void
}

/** A picture without thinner copies gets one of this length, so that no square needs much of it at once. */
const THIN_PX = 4096
const BAND_CELLS = 2 ** 22
/** No square decodes more cells than this: about what lies between two levels. */
const MOST_WINDOW_CELLS = 3 * 2 ** 23
/** The way from the plane to the picture is exact at the corners of a mesh and smooth between. */
const MESH = 16

/**
 * Opens a GeoTIFF as ground that can lie under any plan.
 * @param thinFile where a thinner copy is kept between starts
 * @throws AppError `basemap.no-place`, and what `openTiffPicture` throws
 */
export async function openGroundPicture(file: string, shown: string, thinFile: string): Promise<GroundPicture> {
  const picture = await openTiffPicture(file, shown)
  try {
    const [base] = picture.levels
    const affine = affineOf(picture.tags) ?? worldFile(file)
    if (!affine) throw new AppError('basemap.no-place', { file: shown })
    const crs = crsOf(picture.tags.keys, extentOf(affine, base), file)
    if (crs.value === null || crs.confidence < ASK_BELOW) throw new AppError('basemap.no-place', { file: shown })
    const toCell = inverseOf(affine, shown)
    const levels = await withThinLevel(picture, thinFile)
    const ways = new Map<string, Way>()
    const code = crs.value
    return {
      copyright: picture.copyright,
      square: (square) => cutSquare(square, levels, wayTo(square, code, toCell, ways)),
      close: () => picture.close(),
    }
  } catch (error) {
    picture.close()
    throw error
  }
}

/** A place in one system → the same in another. */
export type Way = (x: number, y: number) => [number, number]

function extentOf({ cellX, turnX, leftX, turnY, cellY, topY }: Affine, { columns, rows }: PictureLevel) {
  const xs = [0, columns * cellX, rows * turnX, columns * cellX + rows * turnX].map((x) => leftX + x)
  const ys = [0, columns * turnY, rows * cellY, columns * turnY + rows * cellY].map((y) => topY + y)
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as [number, number, number, number]
}

function inverseOf({ cellX, turnX, leftX, turnY, cellY, topY }: Affine, shown: string): Way {
  const whole = cellX * cellY - turnX * turnY
  if (!Number.isFinite(whole) || whole === 0) throw broken(shown, '像元大小无效', 'its cell size cannot be')
  return (x, y) => [(cellY * (x - leftX) - turnX * (y - topY)) / whole, (cellX * (y - topY) - turnY * (x - leftX)) / whole]
}

/** From the frame over longitude and latitude of the plan's datum into the picture's system and its cells. */
export function wayTo({ frame, planCrs }: Square, crs: string, toCell: Way, known: Map<string, Way>): Way {
  const key = `${planCrs} ${JSON.stringify(frame)}`
  const way = known.get(key)
  if (way) return way
  const info = crsInfo(planCrs)
  const toEarth = fromFrame(frame)
  const toCrs = makeTransform(info?.kind === 'projected' ? (info.base ?? planCrs) : planCrs, crs)
  const made: Way = (x, y) => toCell(...toCrs(...toEarth(x, y)))
  known.set(key, made)
  return made
}

async function withThinLevel({ levels, blockRows }: TiffPicture, thinFile: string): Promise<PictureLevel[]> {
  const coarsest = levels.at(-1) ?? levels[0]
  if (Math.max(coarsest.columns, coarsest.rows) <= THIN_PX) return levels
  const kept = readThin(thinFile)
  if (kept) return [...levels, thinLevel(kept)]
  const rows = coarsest === levels[0] ? blockRows : 256
  const made = await thinCopy(coarsest, rows, THIN_PX, BAND_CELLS)
  const head = Buffer.alloc(8)
  head.writeUInt32LE(made.columns, 0)
  head.writeUInt32LE(made.rows, 4)
  writeFileSync(thinFile, Buffer.concat([head, deflateSync(made.rgba, { level: 1 })]))
  return [...levels, thinLevel(made)]
}

function readThin(file: string): Thinned | null {
  if (!existsSync(file)) return null
  try {
    const bytes = readFileSync(file)
    const [columns, rows] = [bytes.readUInt32LE(0), bytes.readUInt32LE(4)]
    const rgba = inflateSync(bytes.subarray(8), { maxOutputLength: THIN_PX * THIN_PX * 4 })
    return rgba.length === columns * rows * 4 ? { columns, rows, rgba } : null
  } catch (error) {
    // Ours, and made again when it is damaged.
    if (error instanceof Error) return null
    throw error
  }
}

/** The cell of the picture under each corner of the mesh, x and y; not finite where the systems do not meet. */
function meshOf({ leftM, topM, metresPerPx }: Square, way: Way): Float64Array {
  const mesh = new Float64Array((MESH + 1) ** 2 * 2)
  const step = (SQUARE_PX / MESH) * metresPerPx
  for (let row = 0; row <= MESH; row++)
    for (let column = 0; column <= MESH; column++)
      mesh.set(way(leftM + column * step, topM - row * step), (row * (MESH + 1) + column) * 2)
  return mesh
}

/** Fills a square from the level that is just fine enough; null where the picture does not reach. */
export async function cutSquare(square: Square, levels: readonly PictureLevel[], way: Way): Promise<Uint8Array | null> {
  const [base] = levels
  const mesh = meshOf(square, way)
  if (!base || !mesh.every(Number.isFinite)) return null
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < mesh.length; i += 2) {
    const [x, y] = [mesh[i] ?? 0, mesh[i + 1] ?? 0]
    minX = Math.min(minX, x)
    maxX = Math.max(maxX, x)
    minY = Math.min(minY, y)
    maxY = Math.max(maxY, y)
  }
  if (maxX <= 0 || maxY <= 0 || minX >= base.columns || minY >= base.rows) return null
  const perPx = Math.max((maxX - minX) / SQUARE_PX, (maxY - minY) / SQUARE_PX)
  const level = levelFor(levels, base, perPx, { minX, minY, maxX, maxY })
  const [scaleX, scaleY] = [level.columns / base.columns, level.rows / base.rows]
  const left = Math.max(0, Math.floor(minX * scaleX) - 2)
  const top = Math.max(0, Math.floor(minY * scaleY) - 2)
  const right = Math.min(level.columns, Math.ceil(maxX * scaleX) + 2)
  const bottom = Math.min(level.rows, Math.ceil(maxY * scaleY) + 2)
  const factor = Math.max(1, Math.floor(perPx * Math.min(scaleX, scaleY)))
  const part = shrinkRgba(await level.window(left, top, right, bottom), right - left, bottom - top, factor)
  return sampled(mesh, part, (x, y) => [(x * scaleX - left) / factor, (y * scaleY - top) / factor])
}

interface Box {
  minX: number
  minY: number
  maxX: number
  maxY: number
}

/** The thinnest level that is still as fine as the square; where its part would be too much, the next thinner one. */
function levelFor(levels: readonly PictureLevel[], base: PictureLevel, perPx: number, box: Box): PictureLevel {
  const fine = levels.filter((level) => base.columns / level.columns <= perPx * 1.01)
  const start = Math.max(0, fine.length - 1)
  for (const level of levels.slice(start)) {
    const across = (Math.min(base.columns, box.maxX) - Math.max(0, box.minX)) * (level.columns / base.columns)
    const down = (Math.min(base.rows, box.maxY) - Math.max(0, box.minY)) * (level.rows / base.rows)
    if (across * down <= MOST_WINDOW_CELLS) return level
  }
  return levels.at(-1) ?? base
}

function sampled(mesh: Float64Array, part: ReturnType<typeof shrinkRgba>, toPart: Way): Uint8Array | null {
  const out = new Uint8Array(SQUARE_PX * SQUARE_PX * 4)
  const cellPx = SQUARE_PX / MESH
  for (let y = 0; y < SQUARE_PX; y++) {
    const row = Math.floor(y / cellPx)
    const down = (y + 0.5) / cellPx - row
    for (let x = 0; x < SQUARE_PX; x++) {
      const column = Math.floor(x / cellPx)
      const across = (x + 0.5) / cellPx - column
      const [at, below] = [(row * (MESH + 1) + column) * 2, ((row + 1) * (MESH + 1) + column) * 2]
      const between = (axis: 0 | 1): number =>
        ((mesh[at + axis] ?? 0) * (1 - across) + (mesh[at + 2 + axis] ?? 0) * across) * (1 - down) +
        ((mesh[below + axis] ?? 0) * (1 - across) + (mesh[below + 2 + axis] ?? 0) * across) * down
      const [partX, partY] = toPart(between(0), between(1))
      blendAt(part.rgba, part.width, part.height, partX, partY, out, (y * SQUARE_PX + x) * 4)
    }
  }
  for (let i = 3; i < out.length; i += 4) if (out[i] !== 0) return out
  return null
}
