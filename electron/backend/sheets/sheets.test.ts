import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { makeTransform } from '#core/crs/crs.ts'
import { AppError } from '#core/errors.ts'
import { equalAreaFrame, toFrame } from '#core/geo/frame.ts'
import { applyMapping } from '#core/geo/sheet-fit.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { SheetView } from '#core/model/sheet.ts'
import { openForTest, REVIEWER, samplePlan } from '#db/testing/fixtures.ts'
import { encodePng } from '../basemap/png.ts'
import { tiffBytes } from '../formats/raster/fixture-tiff.ts'
import { launchNode } from '../launch-node.ts'
import { pdfBytes, type TestPdf } from './fixture-pdf.ts'
import { inspectSheet } from './inspect-sheet.ts'
import { createSheetFiles } from './sheet-files.ts'
import { createSheetService } from './sheet-service.ts'

const dir = mkdtempSync(path.join(os.tmpdir(), 'greenprint-sheets-'))
const at = (name: string): string => path.join(dir, name)
const catalogue = openForTest(at('catalogue'))
const frame = equalAreaFrame(114.05, 30.5, 6_378_137, 298.257222101)
const plan = { ...samplePlan(), crs: 'EPSG:4547', frame }
catalogue.commands.addPlan(plan, [], REVIEWER)
const bugs: unknown[] = []
const shared = {
  dir: catalogue.paths.sheetsDir,
  tempDir: at('temp'),
  launchChild: launchNode,
  log: { bug: (error: unknown) => (bugs.push(error), 'ref') },
}
const files = createSheetFiles(shared)
const service = createSheetService({
  catalogue,
  files,
  tokens: { paths: (token) => token.split('|').map(at) },
  actor: () => REVIEWER,
}) // prettier-ignore
afterAll(async () => {
  files.close()
  await catalogue.close()
  rmSync(dir, { recursive: true, force: true })
})
const open = (names: string) => service.open(names as FileToken)
const png = (width: number, height: number) => Buffer.from(encodePng(new Uint8Array(width * height * 4).fill(200), width, height))
const place = (x: number, y: number) => toFrame(frame)(...makeTransform('EPSG:4547', 'EPSG:4490')(x, y))

/** A map of 9 × 7 km in EPSG:4547 on a page with a margin of 50 points. */
const map: TestPdf['map'] = [50, 50, 950, 750]
const ground = [[503_000, 3_373_000], [503_000, 3_380_000], [512_000, 3_380_000], [512_000, 3_373_000]] as const // prettier-ignore
const gpts = ground.flatMap(([x, y]) => {
  const [lon, lat] = makeTransform('EPSG:4547', 'EPSG:4490')(x, y)
  return [lat, lon]
})
const measured: TestPdf = { size: [1000, 800], map, measure: { gpts, epsg: 4547 } }
const lgi: TestPdf['lgi'] = {
  ctm: [10, 0, 0, 10, 503_000 - 500, 3_373_000 - 500],
  neatline: [50, 50, 50, 750, 950, 750, 950, 50],
  projection: { Type: 'Projection', ProjectionType: 'TC', Datum: 'WGE', CentralMeridian: 114, OriginLatitude: 0, ScaleFactor: 1, FalseEasting: 500_000, FalseNorthing: 0, Units: 'M' },
} // prettier-ignore

const errorOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'fine'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

async function laidByFile(name: string, crs: string | null = null): Promise<SheetView> {
  const { sha256 } = await open(name)
  const by = { kind: 'file' as const, registration: 0, crs }
  return service.place({ planId: plan.id, sheetId: null, sha256, page: 1, name, by })
}

describe('sheets that say where they lie', () => {
  it.each([0, 90, 180, 270] as const)(
    'a GeoPDF (ISO 32000) turned by %i° lies to the metre, cut to its neatline',
    async (rotate) => {
      const crop: TestPdf['crop'] = [20, 30, 990, 780]
      writeFileSync(at('iso.pdf'), await pdfBytes({ ...measured, rotate, crop }))
      const sheet = await laidByFile('iso.pdf')
      expect([sheet.width, sheet.height]).toEqual(rotate % 180 === 0 ? [970, 750] : [750, 970])
      expect(sheet.fit.rmsM).toBeLessThan(0.5)
      // The map's lower left corner, 30 right and 20 up from the crop box's, as it is seen after turning.
      const seen = { 0: [30, 730], 90: [20, 30], 180: [940, 20], 270: [730, 940] } as const
      const [x, y] = applyMapping(sheet.fit.mapping)(seen[rotate][0], seen[rotate][1])
      const [toX, toY] = place(503_000, 3_373_000)
      expect(Math.hypot(x - toX, y - toY)).toBeLessThan(0.5)
      expect(sheet.neatline).toHaveLength(4)
      expect(sheet.reason.zh).toContain('EPSG:4547')
    },
  )

  it('a GeoPDF by the OGC dictionary lies there too', async () => {
    writeFileSync(at('ogc.pdf'), await pdfBytes({ size: [1000, 800], map, lgi }))
    const { pages } = await open('ogc.pdf')
    expect(pages[0]?.registrations[0]).toMatchObject({ source: 'lgi-dict', pairs: { length: 4 } })
    const sheet = await laidByFile('ogc.pdf', 'EPSG:4547')
    const [x, y] = applyMapping(sheet.fit.mapping)(50, 50)
    const [toX, toY] = place(503_000, 3_380_000)
    expect(Math.hypot(x - toX, y - toY)).toBeLessThan(0.5)
  })

  it('damaged registrations are told and do not hide the page', async () => {
    writeFileSync(at('odd.pdf'), await pdfBytes({ ...measured, measure: { gpts: gpts.slice(0, 4), epsg: 4547 } }))
    const { pages } = await open('odd.pdf')
    expect(pages[0]).toMatchObject({ registrations: [], problems: { length: 1 } })
    writeFileSync(at('unnamed.pdf'), await pdfBytes({ ...measured, measure: { gpts } }))
    const [page] = (await open('unnamed.pdf')).pages
    expect(page?.registrations[0]?.crs).toMatchObject({ value: 'EPSG:4326', confidence: 0.5 })
    expect(await errorOf(laidByFile('unnamed.pdf'))).toBe('sheet.no-registration')
    expect((await laidByFile('unnamed.pdf', 'EPSG:4490')).fit.rmsM).toBeLessThan(0.5)
  })

  it('a picture with a world file and a .prj lies by them; without the .prj the reviewer is asked', async () => {
    writeFileSync(at('scan.png'), png(90, 70))
    writeFileSync(at('scan.pgw'), '100\n0\n0\n-100\n503050\n3379950\n')
    expect((await open('scan.png')).pages[0]?.registrations[0]?.crs.confidence).toBeLessThan(0.6)
    const { crsWkt } = await import('#core/crs/crs.ts')
    writeFileSync(at('scan.prj'), crsWkt('EPSG:4547') ?? '')
    const sheet = await laidByFile('scan.png|scan.pgw|scan.prj')
    expect(sheet).toMatchObject({ kind: 'png', width: 90, height: 70, placedFrom: 'file' })
    const [x, y] = applyMapping(sheet.fit.mapping)(0, 0)
    const [toX, toY] = place(503_000, 3_380_000)
    expect(Math.hypot(x - toX, y - toY)).toBeLessThan(0.2)
  })

  it.each([
    ['a cell beyond all numbers', '1e308\n0\n0\n-1e308\n503050\n3379950\n'],
    ['all of it on one line', '100\n0\n0\n0\n503050\n3379950\n'],
    ['no number', '100\n0\nNaN\n-100\n503050\n3379950\n'],
  ])('a world file with %s is told and not used', async (_, world) => {
    writeFileSync(at('odd.png'), png(90, 70))
    writeFileSync(at('odd.pgw'), world)
    const { crsWkt } = await import('#core/crs/crs.ts')
    writeFileSync(at('odd.prj'), crsWkt('EPSG:4547') ?? '')
    const [page] = (await open('odd.png')).pages
    expect(page).toMatchObject({ registrations: [], problems: [{ en: expect.stringContaining('.pgw') }] })
  })
})

describe('sheets laid by a reviewer', () => {
  it('tell the rms, survive in the catalogue, and are undone and laid anew', async () => {
    writeFileSync(at('plain.png'), png(400, 300))
    const { sha256, pages } = await open('plain.png')
    expect(pages[0]).toMatchObject({ width: 400, height: 300, registrations: [] })
    const corner = [[0, 0], [400, 0], [400, 300], [0, 300]] as const // prettier-ignore
    const crs = 'EPSG:4547'
    const places = corner.map(([x, y]): [number, number] => [503_000 + 10 * x, 3_376_000 - 10 * y])
    const located = service.locate(plan.id, crs, places)
    const points = corner.map(([x, y], index) => ({ x, y, xM: (located[2 * index] ?? 0) + (index === 2 ? 8 : 0), yM: located[2 * index + 1] ?? 0 })) // prettier-ignore
    const wish = { planId: plan.id, sheetId: null, sha256, page: 1, name: '总图' }
    const two = service.place({ ...wish, by: { kind: 'points', method: 'affine', points: points.slice(0, 2) } })
    expect(await errorOf(two)).toBe('sheet.too-few-points')
    const sheet = await service.place({ ...wish, by: { kind: 'points', method: 'affine', points } })
    expect(sheet.fit.rmsM).toBeCloseTo(2, 1)
    expect(sheet.reason.en).toContain('4 control points, rms 2.0')
    const better = await service.place({ ...wish, sheetId: sheet.id, by: { kind: 'points', method: 'projective', points } })
    expect(better.fit.rmsM).toBeLessThan(1e-3)
    catalogue.commands.undo(REVIEWER)
    expect(service.list(plan.id).find(({ id }) => id === sheet.id)).toMatchObject({ method: 'affine' })
    expect(service.show({ sheetId: sheet.id, visible: false, above: true, opacity: 0.4 })).toMatchObject({
      visible: false,
      above: true,
      opacity: 0.4,
    })
    service.remove(sheet.id)
    expect(service.list(plan.id).map(({ id }) => id)).not.toContain(sheet.id)
    catalogue.commands.undo(REVIEWER)
    expect(service.list(plan.id).find(({ id }) => id === sheet.id)).toMatchObject({ opacity: 0.4 })
    expect((await service.reopen(sheet.id)).pages).toHaveLength(1)
    expect(await errorOf(Promise.resolve().then(() => service.locate(plan.id, 'EPSG:4547', [[1e12, 5]])))).toBe(
      'sheet.place-impossible',
    )
  })

  it('a TIFF without a place is shown as a PNG, thinned out only where it is very large', async () => {
    const values = new Uint8Array(60 * 40 * 3).fill(120)
    writeFileSync(at('scan.tif'), tiffBytes({ columns: 60, rows: 40, values, samples: 3 }))
    rmSync(at('scan.pgw'))
    const { sha256, pages } = await open('scan.tif')
    expect(pages[0]).toMatchObject({ width: 60, height: 40, registrations: [] })
    const { type, bytes, totalBytes } = await service.bytes(sha256, 0)
    expect([type, Buffer.from(bytes).toString('latin1', 1, 4), bytes.length]).toEqual(['image/png', 'PNG', totalBytes])
    expect(await errorOf(service.bytes('f'.repeat(64), 0))).toBe('catalogue.not-found')
  })
})

describe('files that cannot be sheets', () => {
  const minimal = (trailer: string) => `%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>endobj\ntrailer<</Root 1 0 R${trailer}>>\n%%EOF` // prettier-ignore
  const huge = png(10, 10)
  huge.writeUInt32BE(200_000, 16)
  huge.writeUInt32BE(200_000, 20)
  const jpeg = Buffer.from('ffd8ffe000044a46ffc0001108ffffffff0301220002110103110100', 'hex')

  it.each([
    ['encrypted.pdf', 'sheet.encrypted', minimal('/Encrypt<</Filter/Standard>>')],
    ['fine.pdf', 'fine', minimal('')],
    ['loop.pdf', 'sheet.unreadable', minimal('').replace('/Type/Page/', '/Type/Pages/Kids[2 0 R]/')],
    ['flat.pdf', 'sheet.unreadable', minimal('').replace('0 0 10 10', '0 0 0 0')],
    ['cut.pdf', 'sheet.unreadable', minimal('').slice(0, 60)],
    ['huge.png', 'sheet.too-large', huge],
    ['huge.jpg', 'sheet.too-large', jpeg],
    ['cut.png', 'sheet.unreadable', huge.subarray(0, 20)],
    ['notes.txt', 'sheet.unreadable', 'no sheet'],
  ])('%s ends as %s', async (name, code, content) => {
    writeFileSync(at(name), content)
    expect(await errorOf(open(name))).toBe(code)
    expect(existsSync(at('temp')) ? readdirSync(at('temp')).filter((entry) => entry.startsWith('sheet-') && !entry.startsWith('sheet-process')) : []).toEqual([])
  }) // prettier-ignore

  it('a PDF that unpacks without end is given up, and the next file is read as if nothing had been', async () => {
    const bomb = deflateSync(Buffer.alloc(700 * 2 ** 20, 0x20))
    const head = Buffer.from(minimal('').replace('trailer', `4 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ${bomb.length}>>stream\n`).split('%%EOF')[0]?.split('<</Root')[0] ?? '', 'latin1') // prettier-ignore
    writeFileSync(at('bomb.pdf'), Buffer.concat([head, bomb, Buffer.from('\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF')]))
    const tight = createSheetFiles({ ...shared, memoryMb: 320 })
    expect(await errorOf(tight.take(at('bomb.pdf')))).toBe('import.reader-crashed')
    expect((await tight.take(at('fine.pdf'))).pages).toHaveLength(1)
    tight.close()
  }, 60_000)

  it('however damaged, end in pages or in a typed error that can be shown', async () => {
    writeFileSync(at('seed.pdf'), await pdfBytes({ ...measured, lgi: lgi ?? undefined } as TestPdf, 2))
    let seed = 3
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
    const ends: unknown[] = []
    // The PDF library tells every odd object to the console.
    const quiet = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    for (const name of ['seed.pdf', 'scan.png', 'scan.tif'])
      for (let mutant = 0; mutant < 100; mutant++) {
        const bytes = readFileSync(at(name))
        for (let i = 0; i <= random(8); i++) bytes[random(bytes.length)] = random(256)
        const mutated = at(`mutant${path.extname(name)}`)
        writeFileSync(mutated, mutant % 6 === 0 ? bytes.subarray(0, random(bytes.length)) : bytes)
        ends.push(await inspectSheet(mutated, 'mutant').then(() => 'read', (error: unknown) => error)) // prettier-ignore
      }
    quiet.mockRestore()
    expect(ends.filter((end) => end === 'read').length).toBeGreaterThan(50)
    expect(ends.filter((end) => end !== 'read').length).toBeGreaterThan(20)
    expect(ends.filter((end) => end !== 'read' && !(end instanceof AppError))).toEqual([])
    expect(bugs).toEqual([])
  }, 60_000)
})
