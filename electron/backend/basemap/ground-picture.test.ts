import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { SQUARE_PX } from '#core/contract/basemap.ts'
import { crsInfo, makeTransform } from '#core/crs/crs.ts'
import { AppError } from '#core/errors.ts'
import { equalAreaFrame, toFrame } from '#core/geo/frame.ts'
import { tiffBytes, type TestTiff } from '../formats/raster/fixture-tiff.ts'
import { openGroundPicture } from './ground-picture.ts'

const dir = mkdtempSync(path.join(os.tmpdir(), 'greenprint-ground-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const at = (name: string): string => path.join(dir, name)
const data = process.env.GREENPRINT_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data')

const frame = equalAreaFrame(114.03, 30.5, 6_378_137, 298.257222101)
const planCrs = 'EPSG:4547'
const toEarth = makeTransform(planCrs, 'EPSG:4490')
const place = (x: number, y: number) => toFrame(frame)(...toEarth(x, y))

/** Four fields of 300 × 300 m: red, green / blue, white; cells of `cell` metres. */
function fields(name: string, more: Partial<TestTiff> = {}, cell = 10): string {
  const side = 600 / cell
  const colours = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]] // prettier-ignore
  const values = new Uint8Array(side * side * 3)
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++)
      values.set(colours[(row < side / 2 ? 0 : 2) + (column < side / 2 ? 0 : 1)] ?? [], (row * side + column) * 3)
  const tiff = { columns: side, rows: side, values, samples: 3, epsg: 4547, leftX: 503_000, topY: 3_376_000, cell }
  writeFileSync(at(name), tiffBytes({ ...tiff, ...more }))
  return at(name)
}
const pixel = (rgba: Uint8Array | null, x: number, y: number) =>
  Array.from(rgba?.subarray((y * SQUARE_PX + x) * 4, (y * SQUARE_PX + x) * 4 + 4) ?? [])
const open = (file: string) => openGroundPicture(file, path.basename(file), `${file}.thin`)
const [leftM, topM] = place(503_000, 3_376_000)

describe('a picture on the ground', () => {
  it('is cut into squares of the plan’s plane, sharp to the cell, see-through beside it', async () => {
    const ground = await open(fields('fields.tif'))
    const near = await ground.square({ frame, planCrs, leftM: leftM + 300 - 128, topM: topM - 300 + 128, metresPerPx: 1 })
    expect([pixel(near, 20, 20), pixel(near, 236, 20), pixel(near, 20, 236), pixel(near, 236, 236)]).toEqual([
      [255, 0, 0, 255],
      [0, 255, 0, 255],
      [0, 0, 255, 255],
      [255, 255, 255, 255],
    ])
    const far = await ground.square({ frame, planCrs, leftM: leftM - 1000, topM: topM + 1000, metresPerPx: 10 })
    expect(pixel(far, 100 + 14, 100 + 14)).toEqual([255, 0, 0, 255])
    expect(pixel(far, 90, 90)).toEqual([0, 0, 0, 0])
    expect(await ground.square({ frame, planCrs, leftM: leftM + 5000, topM, metresPerPx: 1 })).toBeNull()
    ground.close()
  })

  it.each(['EPSG:32649', 'EPSG:4326', 'EPSG:3857'])('lies where it belongs when it comes in %s, also turned', async (epsg) => {
    const metres = crsInfo(epsg)?.kind === 'projected'
    const cell = metres ? 10 : 1e-4
    const [x, y] = makeTransform(planCrs, epsg)(503_000, 3_376_000)
    const [cos, sin] = [cell * Math.cos(0.3), cell * Math.sin(0.3)]
    const number = Number(epsg.slice(5))
    const ground = await open(fields('turned.tif', { epsg: number, matrix: [cos, sin, 0, x, sin, -cos, 0, y] }))
    for (const [column, row, colour] of [[15, 15, [255, 0, 0, 255]], [45, 15, [0, 255, 0, 255]], [15, 45, [0, 0, 255, 255]]] as const) {
      const [atX, atY] = place(...makeTransform(epsg, planCrs)(x + cos * column + sin * row, y + sin * column - cos * row))
      const square = await ground.square({ frame, planCrs, leftM: atX - 128, topM: atY + 128, metresPerPx: 1 })
      expect(pixel(square, 128, 128)).toEqual(colour)
    }
    ground.close()
  }) // prettier-ignore

  it('shows cells of the declared empty value as nothing, and grey as grey', async () => {
    const ground = await open(fields('nodata.tif', { noData: '255' }))
    const seen = await ground.square({ frame, planCrs, leftM: leftM + 300 - 128, topM: topM - 300 + 128, metresPerPx: 1 })
    expect([pixel(seen, 236, 236), pixel(seen, 20, 20)]).toEqual([[0, 0, 0, 0], [255, 0, 0, 255]]) // prettier-ignore
    ground.close()
    const grey = await open(fields('grey.tif', { samples: 1, values: new Uint8Array(3600).fill(90) }))
    const one = await grey.square({ frame, planCrs, leftM, topM, metresPerPx: 1 })
    expect(pixel(one, 128, 128)).toEqual([90, 90, 90, 255])
    grey.close()
  })

  it('large and without thinner copies gets one, which is kept and read again', async () => {
    const [columns, rows] = [9000, 400]
    const values = new Uint8Array(columns * rows * 3)
    for (let i = 0; i < columns * rows; i++) values[3 * i + (i % columns < columns / 2 ? 0 : 1)] = 200
    const file = fields('wide.tif', { columns, rows, values, cell: 1 })
    for (let turn = 0; turn < 2; turn++) {
      const ground = await open(file)
      const whole = await ground.square({ frame, planCrs, leftM, topM, metresPerPx: 40 })
      expect([pixel(whole, 50, 5), pixel(whole, 200, 5)]).toEqual([[200, 0, 0, 255], [0, 200, 0, 255]]) // prettier-ignore
      ground.close()
      expect(statSync(`${file}.thin`).size).toBeLessThan(500_000)
    }
  })

  it.each([
    ['without a place', { leftX: undefined }, 'basemap.no-place'],
    ['without a system', { epsg: undefined, leftX: 5, topY: 5 }, 'basemap.no-place'],
    ['of figures', { samples: 1, values: new Float32Array(3600) }, 'basemap.unreadable'],
    ['that is far larger than its bytes', { columns: 90_000, rows: 90_000 }, 'import.raster-broken'],
  ])('%s is refused', async (_, more, code) => {
    await expect(open(fields('bad.tif', more as Partial<TestTiff>))).rejects.toMatchObject({ code })
  })

  it('however damaged, ends in squares or in a typed error', async () => {
    let seed = 5
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
    const whole = tiffBytes({ columns: 20, rows: 20, values: new Uint8Array(1200), samples: 3, epsg: 4547, leftX: 503_000, topY: 3_376_000, cell: 10 })
    const refused: unknown[] = []
    for (let mutant = 0; mutant < 150; mutant++) {
      const bytes = Buffer.from(whole)
      for (let i = 0; i <= random(4); i++) bytes[1208 + random(bytes.length - 1208)] = random(256)
      writeFileSync(at('mutant.tif'), mutant % 5 === 0 ? bytes.subarray(0, random(bytes.length)) : bytes)
      try {
        const ground = await open(at('mutant.tif'))
        await ground.square({ frame, planCrs, leftM, topM, metresPerPx: 1 }).catch((error: unknown) => refused.push(error))
        ground.close()
      } catch (error) {
        refused.push(error)
      }
    }
    expect(refused.length).toBeGreaterThan(20)
    expect(refused.filter((error) => !(error instanceof AppError))).toEqual([])
  }) // prettier-ignore
})

/** From the test suites of GDAL and QGIS: a picture with a mask and thinner copies, and one with a colour table. */
describe.skipIf(!existsSync(path.join(data, 'torture')))('pictures of others (needs ../shared/data)', () => {
  const read = async (name: string) => {
    const { openTiffPicture } = await import('./tiff-picture.ts')
    const picture = await openTiffPicture(path.join(data, name), name)
    const [level] = picture.levels
    const rgba = await level.window(0, 0, level.columns, level.rows)
    picture.close()
    const seen = new Set<number>()
    for (let i = 0; i < rgba.length; i += 4) seen.add((rgba[i] ?? 0) * 65_536 + (rgba[i + 1] ?? 0) * 256 + (rgba[i + 2] ?? 0))
    return {
      colours: seen.size,
      levels: picture.levels.length,
      clear: rgba.filter((value, i) => i % 4 === 3 && value === 0).length,
    }
  }
  it('a mask makes see-through, and thinner copies are found', async () => {
    const { colours, levels, clear } = await read('torture/qgis/raster/rgb_with_mask.tif')
    expect([levels, colours > 100, clear > 0]).toEqual([2, true, true])
  })
  it('a colour table gives its colours', async () => {
    expect((await read('ref/pylandstats/ls100_06.tif')).colours).toBe(22)
  })
})
