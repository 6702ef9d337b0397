import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PDFDocument } from 'pdf-lib'
import { pngTile, writeMbtiles, writePmtiles } from '#backend/basemap/fixture-archives.ts'
import { encodePng } from '#backend/basemap/png.ts'
import { tiffBytes } from '#backend/formats/raster/fixture-tiff.ts'
import { pdfBytes, type TestPdf } from '#backend/sheets/fixture-pdf.ts'
import type { PictureLane } from './picture-judge.ts'
import type { Seed } from './seeds.ts'

const seed = (open: string, files: Readonly<Record<string, Uint8Array | string>>): Seed => ({
  name: 'own',
  files: new Map(Object.entries(files).map(([name, content]) => [name, Buffer.from(content as string)])),
  open,
})

const WORLD = '10\n0\n0\n-10\n503005\n3379995\n'
const PRJ =
  'PROJCS["CGCS2000_3_Degree_GK_CM_114E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'

const page: TestPdf = { size: [1000, 800], map: [50, 50, 950, 750] }
const measured: TestPdf = {
  ...page,
  rotate: 90,
  crop: [20, 20, 980, 780],
  measure: { gpts: [30.47, 114.03, 30.53, 114.03, 30.53, 114.12, 30.47, 114.12], epsg: 4547 },
}
const lgi: TestPdf = {
  ...page,
  lgi: {
    ctm: [10, 0, 0, 10, 502_500, 3_372_500],
    neatline: [50, 50, 50, 750, 950, 750, 950, 50],
    projection: { Type: 'Projection', ProjectionType: 'TC', Datum: 'WGE', OriginLatitude: 0, CentralMeridian: 114, ScaleFactor: 1, FalseEasting: 500_000, FalseNorthing: 0, Units: 'M' }, // prettier-ignore
  },
}

/** The same file as newer programs write it: objects packed in compressed streams. */
async function packed(bytes: Uint8Array): Promise<Uint8Array> {
  return (await PDFDocument.load(bytes)).save({ useObjectStreams: true })
}

/** A picture of 8 × 6 pixels as a JPEG's segments tell it; a sheet's reader looks no further than the frame. */
const jpeg = (): Buffer => {
  const segment = (marker: number, body: readonly number[]): number[] => [0xff, marker, 0, body.length + 2, ...body]
  return Buffer.from([
    0xff,
    0xd8,
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)]),
    ...segment(0xc0, [8, 0, 6, 0, 8, 1, 1, 0x11, 0]),
    ...segment(0xda, [1, 1, 0, 0, 63, 0]),
    0x2a,
    0x2a,
    0xff,
    0xd9,
  ])
}

const rgbCells = (): Uint8Array => Uint8Array.from({ length: 8 * 6 * 3 }, (_, i) => (i * 37) % 256)
const placed = { epsg: 4547, leftX: 503_000, topY: 3_376_000, cell: 100 }

function archiveBytes(write: (file: string) => void): Buffer {
  const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-seed-'))
  try {
    write(path.join(dir, 'seed'))
    return readFileSync(path.join(dir, 'seed'))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const tile = pngTile(200, 0, 0)
const mbtiles = () => archiveBytes((file) => writeMbtiles(file, [[1, 0, 1, tile]], { attribution: '<a href="x">测绘院</a>' }))
const pmtiles = () => archiveBytes((file) => writePmtiles(file, tile, 2))

/** Small good files for each kind of plan sheet and basemap, and TIFFs of public test suites where they are at hand. */
export async function pictureSeeds(tiffs: readonly Seed[]): Promise<Record<PictureLane, Seed[]>> {
  const foreign = tiffs.filter(({ name }) => name !== 'own')
  const png = encodePng(new Uint8Array(8 * 6 * 4).fill(200), 8, 6)
  const [plain, measure, dict] = [await pdfBytes(page, 2), await pdfBytes(measured), await pdfBytes(lgi)]
  const rgb = { columns: 8, rows: 6, values: rgbCells(), samples: 3 }
  const grey = { columns: 8, rows: 6, values: rgbCells().subarray(0, 48) }
  return {
    'sheet-pdf': [seed('a.pdf', { 'a.pdf': plain }), seed('a.pdf', { 'a.pdf': await packed(plain) })],
    'sheet-geopdf': [
      seed('a.pdf', { 'a.pdf': measure }),
      seed('a.pdf', { 'a.pdf': dict }),
      seed('a.pdf', { 'a.pdf': await packed(measure) }),
    ],
    'sheet-png': [seed('a.png', { 'a.png': png }), seed('a.png', { 'a.png': png, 'a.pgw': WORLD, 'a.prj': PRJ })],
    'sheet-jpeg': [seed('a.jpg', { 'a.jpg': jpeg() }), seed('a.jpg', { 'a.jpg': jpeg(), 'a.jgw': WORLD, 'a.prj': PRJ })],
    'sheet-tiff': [
      seed('a.tif', { 'a.tif': tiffBytes({ ...rgb, ...placed }) }),
      seed('a.tif', { 'a.tif': tiffBytes(grey), 'a.tfw': WORLD, 'a.prj': PRJ }),
      ...foreign,
    ],
    // Named by the text beside the picture, so that most of the damage is in it.
    'sheet-world-file': [seed('a.pgw', { 'a.png': png, 'a.pgw': WORLD, 'a.prj': PRJ })],
    'basemap-mbtiles': [seed('a.mbtiles', { 'a.mbtiles': mbtiles() })],
    'basemap-pmtiles': [seed('a.pmtiles', { 'a.pmtiles': pmtiles() })],
    'basemap-geotiff': [
      seed('a.tif', { 'a.tif': tiffBytes({ ...rgb, ...placed }) }),
      seed('a.tif', { 'a.tif': tiffBytes(rgb), 'a.tfw': WORLD, 'a.prj': PRJ }),
      ...foreign,
    ],
  }
}
