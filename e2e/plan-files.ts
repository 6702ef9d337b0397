import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { dbfBytes, polygonShape, shpBytes, square, zipBytes, type Ring } from '#backend/formats/fixture-writers.ts'
import { gbk } from '#backend/import/fixture-files.ts'

/** A square with its last two corners exchanged: it crosses itself. */
const bowtie = (x: number, y: number, size: number): Ring => [
  [x, y],
  [x + size, y],
  [x, y + size],
  [x + size, y + size],
  [x, y],
]

const ROWS: [string, string, Ring][] = [
  ['0701', '城镇住宅用地', square(532_000, 2_545_000, 400)],
  ['0901', '商业用地', square(532_400, 2_545_000, 400)],
  ['1401', '公园绿地', square(532_800, 2_545_000, 400)],
  ['1001', '工业用地（含仓储）', square(532_000, 2_545_400, 400)],
  ['0803', '文化用地与图书馆', bowtie(532_400, 2_545_400, 400)],
]

const moved = (ring: Ring, byX: number, byY: number): Ring => ring.map(([x, y]): [number, number] => [x + byX, y + byY])

interface GbkPlan {
  /** What a `.cpg` says. */
  declares?: string
  /** Other names than usual, taken in turn: few characters leave doubt about the encoding. */
  names?: readonly string[]
  copies?: number
}

/**
 * Land use as a county office sends it: a zip of a Shapefile in GBK without `.cpg` and without `.prj`, one patch crossing
 * itself; with `declares`, a `.cpg` that lies.
 */
export function writeGbkPlan(dir: string, { declares, names: given, copies = 1 }: GbkPlan = {}): string {
  const rows = Array.from({ length: copies }, (_, copy) =>
    ROWS.map(([code, usual, ring], row) => ({
      code,
      name: given?.[row % given.length] ?? usual,
      ring: moved(ring, (copy % 100) * 1200, Math.floor(copy / 100) * 800),
    })),
  ).flat()
  const names = new Map([...new Set(rows.map(({ name }) => name))].map((name) => [name, Buffer.from(gbk(name))]))
  const shp = shpBytes(
    5,
    rows.map(({ ring }) => polygonShape([ring])),
  )
  const dbf = dbfBytes(
    [
      { name: Buffer.from('YDYHFLDM'), length: 6 },
      { name: Buffer.from('YDYHFLMC'), length: 40 },
    ],
    rows.map(({ code, name }) => [Buffer.from(code), names.get(name) ?? Buffer.alloc(0)]),
  )
  const items = [
    { name: 'GHYDYH.shp', data: shp },
    { name: 'GHYDYH.dbf', data: dbf },
    ...(declares === undefined ? [] : [{ name: 'GHYDYH.cpg', data: Buffer.from(declares) }]),
  ]
  const file = path.join(dir, '规划用地.zip')
  writeFileSync(file, zipBytes(items))
  return file
}
