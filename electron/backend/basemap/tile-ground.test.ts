import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { SQUARE_PX } from '#core/contract/basemap.ts'
import { AppError } from '#core/errors.ts'
import { equalAreaFrame, toFrame } from '#core/geo/frame.ts'
import type { PlanId } from '#core/model/ids.ts'
import { basemapPicture } from '../map-print/basemap-picture.ts'
import { decodePng, decodeTile } from './decode-tile.ts'
import { pngTile, writeMbtiles } from './fixture-archives.ts'
import { openBasemap } from './open-basemap.ts'
import { encodePalettePng, encodePng, encodeRgbPng } from './png.ts'

const dir = mkdtempSync(path.join(os.tmpdir(), 'greenprint-tile-ground-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** 16 × 8, red on the left and blue on the right, as other programs write it: with thinned colours. */
const JPEG =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/' +
  '2wBDAQMDAwQDBAgEBAgQCwkLEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBD/wAARCAAIABADASIAAhEBAxEB/8QA' +
  'FQABAQAAAAAAAAAAAAAAAAAAAAf/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAABgf/xAAYEQACAwAAAAAAAAAAAAAAAAAACEWD' +
  'w//aAAwDAQACEQMRAD8AkScgar1JU6lXY2MuyP/Z'

/** Bytes of a picture that can be read, or the words of why it cannot. */
function sizeOrError(bytes: Uint8Array): number | string {
  try {
    return decodePng(bytes).rgba.length
  } catch (error) {
    if (error instanceof Error) return error.message
    throw error
  }
}

describe('the pixels of a tile', () => {
  it('come back from every kind of PNG that we write', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.infiniteStream(fc.nat(255)),
        (w, h, bytes) => {
          const random = (count: number) => Uint8Array.from({ length: count }, () => bytes.next().value)
          const rgba = random(w * h * 4)
          expect(decodePng(encodePng(rgba, w, h))).toEqual({ rgba, width: w, height: h })
          const rgb = random(w * h * 3)
          const opaque = decodePng(encodeRgbPng(rgb, w, h)).rgba
          expect(opaque.filter((_, at) => at % 4 !== 3)).toEqual(rgb)
          const palette = Array.from({ length: 7 }, () => [...random(4)])
          const numbers = random(w * h).map((value) => value % 7)
          const drawn = decodePng(encodePalettePng(numbers, w, h, palette)).rgba
          expect([...drawn]).toEqual([...numbers].flatMap((number) => palette[number] ?? []))
        },
      ),
      { numRuns: 40 },
    )
  })
  it('come from a JPEG with thinned colours', async () => {
    const { rgba, width, height } = await decodeTile({ type: 'image/jpeg', bytes: Buffer.from(JPEG, 'base64') }, 'a')
    expect([width, height]).toEqual([16, 8])
    const near = (at: number, colour: number[]) =>
      colour.every((value, i) => Math.abs((rgba[at * 4 + i] ?? 0) - value) < 12) && rgba[at * 4 + 3] === 255
    expect([near(2, [220, 40, 30]), near(13, [30, 60, 200])]).toEqual([true, true])
  })
  it('are refused in words where only a browser decodes them, and never end in anything but an error where they are damaged', async () => {
    await expect(decodeTile({ type: 'image/webp', bytes: Uint8Array.of(1) }, 'b.pmtiles')).rejects.toMatchObject({
      code: 'basemap.not-printable',
      params: { coding: 'WebP' },
    })
    const png = encodePng(new Uint8Array(64).fill(7), 4, 4)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(png.length - 1), fc.nat(255)), { maxLength: 4 }),
        fc.nat(png.length),
        (changes, end) => {
          const bytes = Uint8Array.from(png.subarray(0, end))
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
          expect(sizeOrError(bytes)).not.toBe(0)
        },
      ),
    )
  })
})

const frame = equalAreaFrame(114.03, 30.5, 6_378_137, 298.257222101)
/** Upper left corner of a tile, in metres of the frame. */
const cornerOf = (z: number, x: number, y: number) =>
  toFrame(frame)((x / 2 ** z) * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI)

describe('tiles as ground under a sheet', () => {
  const [z, x, y] = [14, 13381, 6728]
  const file = path.join(dir, 'four.mbtiles')
  const tiles: Parameters<typeof writeMbtiles>[1] = [
    [z, x, y, pngTile(255, 0, 0)],
    [z, x + 1, y, pngTile(0, 255, 0)],
    [z, x, y + 1, pngTile(0, 0, 255)],
    [z - 1, x >> 1, y >> 1, pngTile(9, 9, 9)],
  ]
  const [left, top] = cornerOf(z, x, y)
  const [middleX, middleY] = cornerOf(z, x + 1, y + 1)

  it('meet where they meet on Earth, to a pixel; what the file lacks is see-through', async () => {
    writeMbtiles(file, tiles)
    const ground = await openBasemap(file, 'four.mbtiles', `${file}.thin`)
    const square = { frame, planCrs: 'EPSG:4490', metresPerPx: 5 }
    const half = (SQUARE_PX / 2) * square.metresPerPx
    const rgba = await ground.square({ ...square, leftM: middleX - half, topM: middleY + half })
    const at = (column: number, row: number) =>
      Array.from(rgba?.subarray((row * SQUARE_PX + column) * 4, (row * SQUARE_PX + column) * 4 + 4) ?? [])
    const [low, high] = [SQUARE_PX / 2 - 4, SQUARE_PX / 2 + 4]
    expect([at(low, low), at(high, low), at(low, high), at(high, high)]).toEqual([
      [255, 0, 0, 255],
      [0, 255, 0, 255],
      [0, 0, 255, 255],
      [0, 0, 0, 0],
    ])
    ground.close()
  })

  it('become one picture on white for paper, with a budget of pixels', async () => {
    writeMbtiles(path.join(dir, 'five.mbtiles'), tiles)
    const file5 = path.join(dir, 'five.mbtiles')
    const ground = await openBasemap(file5, 'five.mbtiles', `${file5}.thin`)
    const plan = { id: 'p' as PlanId, extent: [left, middleY - 1000, middleX + 1000, top] as [number, number, number, number] }
    const choice = { paper: 'A4', orientation: 'landscape', scale: null, centreM: null } as const
    const quiet = { aborted: false, addEventListener: () => undefined }
    let squares = 0
    const cut = ({ leftM, topM, metresPerPx }: { leftM: number; topM: number; metresPerPx: number }) => {
      squares += 1
      return ground.square({ frame, planCrs: 'EPSG:4490', leftM, topM, metresPerPx })
    }
    const picture = await basemapPicture({ id: 'b', opacity: 0.5 }, plan, choice, 'screen', cut, quiet)
    const { rgba, width, height } = decodePng(Buffer.from(picture?.data.split(',')[1] ?? '', 'base64'))
    expect(width * height).toBeLessThanOrEqual(1_300_000)
    expect(squares).toBe(Math.ceil(width / SQUARE_PX) * Math.ceil(height / SQUARE_PX))
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = picture?.windowM ?? []
    const pixel = (xM: number, yM: number) => {
      const [column, row] = [
        Math.floor(((xM - minX) / (maxX - minX)) * width),
        Math.floor(((maxY - yM) / (maxY - minY)) * height),
      ]
      return Array.from(rgba.subarray((row * width + column) * 4, (row * width + column) * 4 + 3))
    }
    expect(pixel(middleX - 100, middleY + 100)).toEqual([255, 128, 128])
    expect(pixel(middleX + 100, middleY - 100)).toEqual([255, 255, 255])
    const elsewhere = { ...plan, extent: [900_000, 900_000, 901_000, 901_000] as [number, number, number, number] }
    expect(await basemapPicture({ id: 'b', opacity: 1 }, elsewhere, choice, 'screen', cut, quiet)).toBeNull()
    const cancelled = { ...quiet, aborted: true }
    await expect(basemapPicture({ id: 'b', opacity: 1 }, plan, choice, 'screen', cut, cancelled)).rejects.toBeInstanceOf(AppError)
    ground.close()
  })
})
