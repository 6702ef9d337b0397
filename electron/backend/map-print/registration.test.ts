import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layerFromSketches } from '#core/geo/build.ts'
import { equalAreaFrame, fromFrame, planarFrame, type Frame } from '#core/geo/frame.ts'
import { makeTransform } from '#core/crs/crs.ts'
import { classIndexes, legendFor } from '#core/map/legend.ts'
import { composeMemo } from '#core/memo/compose.ts'
import { exampleInput } from '#core/memo/fixture.ts'
import { sealedJson } from '#core/memo/seal.ts'
import { composeMapSheet } from '#core/map-sheet/compose.ts'
import type { LayerId } from '#core/model/ids.ts'
import { LOCAL_METRES } from '#core/model/local-metres.ts'
import type { SheetPage } from '#core/model/sheet.ts'
import { printPdf } from '../memo/print-pdf.ts'
import { sha256 } from '../memo/verify.ts'
import { inspectPdf } from '../sheets/pdf-sheet.ts'
import { drawnPaths } from './drawn-paths.ts'
import { sheetPdf } from './sheet-pdf.ts'

const CGCS2000: Frame = equalAreaFrame(114.2, 30.6, 6_378_137, 298.257222101)
/** A parcel of 40 by 30 km: its corners are the places that are looked for on paper, metres of the frame. */
const [SOUTH_WEST, NORTH_EAST] = [
  [-21_000, -14_000],
  [19_000, 16_000],
] as const
const columns = layerFromSketches('landuse_plan', [
  {
    polygon: [[[...SOUTH_WEST], [NORTH_EAST[0], SOUTH_WEST[1]], [...NORTH_EAST], [SOUTH_WEST[0], NORTH_EAST[1]]]],
    attributes: { class: '0701' },
  }, // prettier-ignore
])
const layer = {
  id: 'land' as LayerId,
  title: { zh: '用地', en: 'Land' },
  columns,
  classOf: classIndexes(columns),
  legend: legendFor(columns),
  opacity: 1,
}
const words = { title: '地图', alt: '地图', producer: 'test', date: new Date('2026-11-22'), lang: 'zh' as const }

function sheet(printer: 'A4' | null) {
  const extentM = [...SOUTH_WEST, ...NORTH_EAST] as const
  const choice = { paper: 'A3', orientation: 'landscape', scale: null, centreM: null, printer } as const
  const texts = { title: '地图', crs: '', date: '', source: '', names: false, lang: 'zh', leftOut: [] } as const
  return composeMapSheet({ layers: [layer], extentM, ...choice, ...texts, leftOut: [] })
}

let dir: string
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'greenprint-registration-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const save = (name: string, bytes: Uint8Array): string => {
  const file = path.join(dir, name)
  writeFileSync(file, bytes)
  return file
}

/** The registration of a page as an affine map from the page as seen to its system, by three of its corners; the fourth must agree. */
function mapOf({ registrations: [found] }: SheetPage) {
  const [a, b, c, d] = found?.pairs ?? []
  if (!found || !a || !b || !c || !d || found.crs.value === null) throw new Error('the page is not registered')
  const toPlace = ([x, y]: readonly [number, number]): [number, number] => {
    const [u, v] = [(x - a.sheet[0]) / (d.sheet[0] - a.sheet[0]), (y - a.sheet[1]) / (b.sheet[1] - a.sheet[1])]
    const at = (axis: 0 | 1) => a.place[axis] + u * (d.place[axis] - a.place[axis]) + v * (b.place[axis] - a.place[axis])
    return [at(0), at(1)]
  }
  const [x, y] = toPlace(c.sheet)
  expect(Math.hypot(x - c.place[0], y - c.place[1])).toBeLessThan(0.01)
  return { crs: found.crs.value, toPlace }
}

/** Both corners of the parcel where they are drawn on a page, as the page is seen. */
async function drawnCorners(bytes: Uint8Array, page: SheetPage): Promise<[[number, number], [number, number]]> {
  const paths = (await drawnPaths(bytes)).filter((one) => one.page === page.page - 1 && one.at.length >= 4)
  const boxes = paths.map(({ at }) => {
    const [xs, ys] = [at.map(([x]) => x), at.map(([, y]) => y)]
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const
  })
  // The parcel alone is as wide to its height as 40 to 30.
  const parcel = boxes.find(([x, y, X, Y]) => X - x > 100 && Math.abs((X - x) / (Y - y) / (40 / 30) - 1) < 1e-4)
  if (!parcel) throw new Error('the parcel is not drawn')
  return [
    [parcel[0], page.height - parcel[1]],
    [parcel[2], page.height - parcel[3]],
  ]
}

describe('a printed map is registered on Earth', () => {
  it('finds two places at the plan’s own coordinates, within a metre', async () => {
    const bytes = await sheetPdf(sheet(null).pages, { ...words, place: { crs: 'EPSG:4547', frame: CGCS2000 } })
    const [page] = await inspectPdf(save('a3.pdf', bytes), 'a3.pdf')
    if (!page) throw new Error('no page')
    const { crs, toPlace } = mapOf(page)
    const corners = await drawnCorners(bytes, page)
    // In the plan's own Gauss–Krüger plane: by the printed page, and by the plan.
    const [byPage, byPlan] = [makeTransform(crs, 'EPSG:4547'), makeTransform('EPSG:4490', 'EPSG:4547')]
    for (const [at, place] of [
      [corners[0], SOUTH_WEST],
      [corners[1], NORTH_EAST],
    ] as const) {
      const [printedX, printedY] = byPage(...toPlace(at))
      const [x, y] = byPlan(...fromFrame(CGCS2000)(place[0], place[1]))
      expect(Math.hypot(printedX - x, printedY - y)).toBeLessThan(1)
    }
  }, 60_000)

  it('and so is every piece of a sheet that is cut', async () => {
    const { pages } = sheet('A4')
    const bytes = await sheetPdf(pages, { ...words, place: { crs: 'EPSG:4547', frame: CGCS2000 } })
    const found = await inspectPdf(save('pieces.pdf', bytes), 'pieces.pdf')
    expect(found.length).toBeGreaterThan(1)
    const off = pages.map(({ map }, at) => {
      const page = found[at]
      if (map === null || page === undefined) return page?.registrations.length ?? NaN
      const [x, y] = mapOf(page).toPlace([(map.boxMm.xMm * 72) / 25.4, (map.boxMm.yMm * 72) / 25.4])
      return Math.hypot(x - map.windowM[0], y - map.windowM[3])
    })
    for (const distanceM of off) expect(distanceM).toBeLessThan(0.1)
  }, 60_000)

  it.skipIf(spawnSync('gdalinfo', ['--version']).error !== undefined)(
    'is read by GDAL at the same place',
    async () => {
      const { pages } = sheet(null)
      const file = save('gdal.pdf', await sheetPdf(pages, { ...words, place: { crs: 'EPSG:4547', frame: CGCS2000 } }))
      const { stdout } = spawnSync('gdalinfo', [file], { encoding: 'utf8' })
      expect(stdout).toContain('Lambert Azimuthal Equal Area')
      expect(stdout).toContain('ID["EPSG",4490]')
      const corners = (/NEATLINE=POLYGON \(\((.*)\)\)/.exec(stdout)?.[1] ?? '')
        .split(',')
        .map((pair) => pair.trim().split(' ').map(Number))
      const [minX, minY, maxX, maxY] = pages[0]?.map?.windowM ?? []
      const expected = [[minX, minY], [minX, maxY], [maxX, maxY], [maxX, minY]] // prettier-ignore
      for (const [at, [x = NaN, y = NaN]] of expected.entries()) {
        expect(Math.abs((corners[at]?.[0] ?? NaN) - x)).toBeLessThan(0.1)
        expect(Math.abs((corners[at]?.[1] ?? NaN) - y)).toBeLessThan(0.1)
      }
    },
    60_000,
  )

  it.each([
    ['a plane without a place', { crs: LOCAL_METRES, frame: planarFrame(0, 0) }],
    ['a system that is not known', { crs: 'EPSG:999999', frame: CGCS2000 }],
  ])(
    'but not in %s',
    async (_, place) => {
      const bytes = await sheetPdf(sheet(null).pages, { ...words, place })
      expect(Buffer.from(bytes).toString('latin1')).not.toContain('/Viewport')
      const [page] = await inspectPdf(save('none.pdf', bytes), 'none.pdf')
      expect(page?.registrations).toEqual([])
    },
    60_000,
  )
})

describe('the map of a memo', () => {
  it('is registered on its page; codes to scan and charts are not', async () => {
    const input = exampleInput(sha256)
    const memo = composeMemo(input, 'zh')
    const figures = memo.sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'map' ? [block.figure] : [])))
    const registered = figures.filter(({ registration }) => registration !== undefined)
    expect(figures.length).toBeGreaterThan(registered.length)
    const bytes = await printPdf(memo, { reviewJson: sealedJson(input.result, sha256), producer: 'test' })
    const pages = (await inspectPdf(save('memo.pdf', bytes), 'memo.pdf')).filter(({ registrations }) => registrations.length > 0)
    expect(pages).toHaveLength(registered.length)
    for (const [at, page] of pages.entries()) {
      const { crs } = mapOf(page)
      const toEarth = makeTransform(crs, 'EPSG:4490')
      const pairs = page.registrations[0]?.pairs ?? []
      for (const [corner, { place }] of pairs.entries()) {
        const [lon, lat] = toEarth(...place)
        const [wantedLon = NaN, wantedLat = NaN] = registered[at]?.registration?.corners[corner] ?? []
        expect(Math.abs(lon - wantedLon)).toBeLessThan(1e-7)
        expect(Math.abs(lat - wantedLat)).toBeLessThan(1e-7)
      }
    }
  }, 60_000)
})
