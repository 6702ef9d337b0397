import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { CallContext, Progress } from '#core/contract/procedures.ts'
import { manifestSchema, type Manifest } from '#core/model/manifest.ts'
import { createLog } from '../log.ts'
import { launchNode } from '../launch-node.ts'
import { createImportService, type ImportServiceOptions } from './import-service.ts'

/** Small real files and a real import service, for the tests of this folder. */

type Ring = [number, number][]

export const box = (x: number, y: number, width: number, height = width): Ring => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
  [x, y],
]

interface Feature {
  polygon?: Ring[]
  line?: Ring
  point?: [number, number]
  properties?: Record<string, unknown>
}

const geometryOf = ({ polygon, line, point }: Feature) =>
  polygon
    ? { type: 'Polygon', coordinates: polygon }
    : line
      ? { type: 'LineString', coordinates: line }
      : point
        ? { type: 'Point', coordinates: point }
        : null

/** A GeoJSON file; `epsg` writes the old `crs` member, without it RFC 7946 holds. */
export function writeGeoJson(file: string, features: readonly Feature[], epsg?: number): void {
  const crs = epsg === undefined ? {} : { crs: { type: 'name', properties: { name: `urn:ogc:def:crs:EPSG::${epsg}` } } }
  const written = features.map((feature) => ({
    type: 'Feature',
    properties: feature.properties ?? {},
    geometry: geometryOf(feature),
  }))
  fs.writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', ...crs, features: written }))
}

/** A shapefile set of polygons with one text field, its table in the given encoding. `prj` null leaves the system unsaid. */
export function writeShapefile(
  stem: string,
  rings: readonly Ring[],
  field: { name: Uint8Array; values: Uint8Array[] },
  prj: string | null,
  codePage: string | null,
): void {
  const records = rings.map((ring) => {
    const body = Buffer.alloc(44 + 4 + ring.length * 16)
    body.writeInt32LE(5, 0)
    const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)]
    for (const [i, value] of [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].entries())
      body.writeDoubleLE(value, 4 + i * 8)
    body.writeInt32LE(1, 36)
    body.writeInt32LE(ring.length, 40)
    // Shapefile shells run clockwise.
    for (const [i, [x, y]] of ring.toReversed().entries()) {
      body.writeDoubleLE(x, 48 + i * 16)
      body.writeDoubleLE(y, 56 + i * 16)
    }
    return body
  })
  const all = rings.flat()
  const header = (words: number) => {
    const bytes = Buffer.alloc(100)
    bytes.writeInt32BE(9994, 0)
    bytes.writeInt32BE(words, 24)
    bytes.writeInt32LE(1000, 28)
    bytes.writeInt32LE(5, 32)
    bytes.writeDoubleLE(Math.min(...all.map(([x]) => x)), 36)
    bytes.writeDoubleLE(Math.min(...all.map(([, y]) => y)), 44)
    bytes.writeDoubleLE(Math.max(...all.map(([x]) => x)), 52)
    bytes.writeDoubleLE(Math.max(...all.map(([, y]) => y)), 60)
    return bytes
  }
  const shp: Buffer[] = []
  const shx: Buffer[] = []
  let words = 50
  for (const [i, body] of records.entries()) {
    const head = Buffer.alloc(8)
    head.writeInt32BE(i + 1, 0)
    head.writeInt32BE(body.length / 2, 4)
    const index = Buffer.alloc(8)
    index.writeInt32BE(words, 0)
    index.writeInt32BE(body.length / 2, 4)
    shp.push(head, body)
    shx.push(index)
    words += 4 + body.length / 2
  }
  fs.writeFileSync(`${stem}.shp`, Buffer.concat([header(words), ...shp]))
  fs.writeFileSync(`${stem}.shx`, Buffer.concat([header(50 + records.length * 4), ...shx]))
  fs.writeFileSync(`${stem}.dbf`, dbf(field))
  if (prj !== null) fs.writeFileSync(`${stem}.prj`, prj)
  if (codePage !== null) fs.writeFileSync(`${stem}.cpg`, codePage)
}

function dbf({ name, values }: { name: Uint8Array; values: Uint8Array[] }): Buffer {
  const WIDTH = 40
  const head = Buffer.alloc(32 + 32 + 1)
  head.set([3, 126, 1, 1])
  head.writeUInt32LE(values.length, 4)
  head.writeUInt16LE(head.length, 8)
  head.writeUInt16LE(1 + WIDTH, 10)
  head.set(name, 32)
  head.write('C', 43, 'latin1')
  head[48] = WIDTH
  head[64] = 0x0d
  const rows = values.map((value) => {
    const row = Buffer.alloc(1 + WIDTH, ' ')
    row.set(value, 1)
    return row
  })
  return Buffer.concat([head, ...rows, Buffer.from([0x1a])])
}

export const manifestOf = (layers: Partial<Manifest['layers'][number]>[], rest: Partial<Manifest> = {}): Manifest =>
  manifestSchema.parse({ greenprint: 'plan-manifest/1', name: 'Test plan', layers, ...rest })

/** A folder with sources, a catalogue's `plans` and a service over real child processes. */
export function importBench(options: Partial<ImportServiceOptions> = {}) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-import-'))
  const root = path.join(dir, 'source')
  const plansDir = path.join(dir, 'plans')
  const tempDir = path.join(dir, 'temp')
  for (const folder of [root, plansDir, tempDir]) fs.mkdirSync(folder)
  const service = createImportService({
    launchChild: launchNode,
    plansDir,
    tempDir,
    log: createLog(path.join(dir, 'logs')),
    ...options,
  })
  return {
    dir,
    root,
    plansDir,
    tempDir,
    service,
    source: (name: string) => path.join(root, name),
    run: (manifest: Manifest, call: CallContext = quietCall()) => service.run(manifest, root, call),
    /** Every file below `plans` and `temp`: empty when an import left nothing. */
    left: () => [plansDir, tempDir].flatMap((folder) => fs.readdirSync(folder)),
    remove: () => fs.rmSync(dir, { recursive: true, force: true }),
  }
}

export function quietCall(
  onProgress: (progress: Progress) => void = () => undefined,
  signal: AbortSignal = new AbortController().signal,
): CallContext {
  return { signal, progress: onProgress }
}

export const hasOgrinfo = spawnSync('ogrinfo', ['--version']).status === 0
if (!hasOgrinfo) console.log('ogrinfo is not installed: its opinion of our files is not asked')

/** GDAL's summary of a file; any warning is a failure. Empty where GDAL is not installed. */
export function ogrinfo(file: string): string {
  if (!hasOgrinfo) return ''
  const { stderr, stdout } = spawnSync('ogrinfo', ['-ro', '-al', '-so', file], { encoding: 'utf8' })
  if (stderr !== '') throw new Error(`ogrinfo: ${stderr}`)
  return stdout
}

/** Text as GBK bytes, found by asking the decoder: the platform has no encoder. */
export function gbk(text: string): Uint8Array {
  const decoder = new TextDecoder('gbk')
  const bytes = Array.from(text).flatMap((character) => {
    if (character < '\u0080') return [character.charCodeAt(0)]
    for (let lead = 0x81; lead <= 0xfe; lead += 1)
      for (let trail = 0x40; trail <= 0xfe; trail += 1) {
        if (trail !== 0x7f && decoder.decode(Uint8Array.of(lead, trail)) === character) return [lead, trail]
      }
    throw new Error(`“${character}” is not in GBK`)
  })
  return Uint8Array.from(bytes)
}
