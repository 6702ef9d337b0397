import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { noFindings } from '#core/geo/geometry-findings.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { GRID, repairGeometry } from '#core/geo/repair.ts'
import { openSource } from '#backend/formats/index.ts'
import type { SourceFeature } from '#backend/formats/format.ts'
import { fileSha256, sourceSha256 } from '#backend/import/source-hash.ts'
import { frameOf } from '#backend/import/plan-frame.ts'
import { streamMeter } from '#backend/import/stream-meter.ts'
import { boxOf, encodedBytes, gpbEncoder } from '#backend/store/gpkg-geometry.ts'
import { packedRtree } from '#backend/store/packed-rtree.ts'
import { writeShapefileParcels } from './parcel-files.ts'

/**
 * What an import of parcels from a shapefile costs at least, step by step, each alone and by the cheapest program there is for it:
 * processor seconds of this process, all threads. Beside them what `ogr2ogr` takes for reading, inserting and indexing.
 * `node build/bench/import-floor.ts [parcels]`; 100,000 unless told.
 */
const count = Number(process.argv[2] ?? 100_000)
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-floor-'))
const CRS = 'EPSG:4547'
const SRS = 4547

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

async function step<T>(name: string, task: () => T | Promise<T>): Promise<T> {
  const [cpu, wall] = [cpuSeconds(), performance.now()]
  const result = await task()
  console.log(
    `${name.padEnd(58)} ${(cpuSeconds() - cpu).toFixed(2)} s CPU, ${((performance.now() - wall) / 1000).toFixed(2)} s by the clock`,
  )
  return result
}

/** A process that starts, loads some modules with the compiled code of an earlier one, and ends. */
function startOf(modules: readonly string[]): void {
  const script = `require('node:module').enableCompileCache(${JSON.stringify(path.join(dir, 'code'))})
    Promise.all(${JSON.stringify(modules)}.map((name) => import(name))).then(() => process.exit(0))`
  const start = () => spawnSync(process.execPath, ['-e', script], { cwd: process.cwd(), stdio: 'inherit' })
  if (start().status !== 0) throw new Error('the process did not start')
  const wall = performance.now()
  start()
  const name = modules.length === 0 ? 'node starts and ends' : 'node starts, loads the import, and ends'
  console.log(`${name.padEnd(58)} ${((performance.now() - wall) / 1000).toFixed(2)} s by the clock`)
}

interface Encoded {
  blob: Buffer
  box: ReturnType<typeof boxOf>
  feature: SourceFeature
}

function encodeAll(features: readonly SourceFeature[]): Encoded[] {
  const encode = gpbEncoder(SRS)
  return features.flatMap((feature) => {
    const { geometry } = feature
    if (!geometry) return []
    const box = boxOf(geometry)
    const blob = Buffer.alloc(encodedBytes(geometry))
    return [{ blob: blob.subarray(0, encode(blob, 0, geometry, true, box)), box, feature }]
  })
}

/** Rows of the same bytes into a table without journal, index or hash, eight at a time. */
function insertAll(db: Database.Database, rows: readonly Encoded[], columns: number): void {
  const marks = `(${Array.from({ length: columns + 2 }, () => '?').join(', ')})`
  const insertOf = (many: number) =>
    db.prepare(`INSERT INTO parcels VALUES ${Array.from({ length: many }, () => marks).join(', ')}`)
  const eight = insertOf(8)
  for (let from = 0; from < rows.length; from += 8) {
    const some = rows.slice(from, from + 8)
    const values = some.flatMap(({ blob, feature }) => [feature.row, blob, ...feature.values])
    if (some.length === 8) eight.run(values)
    else insertOf(some.length).run(values)
  }
}

try {
  const stem = path.join(dir, 'parcels')
  const gpkg = path.join(dir, 'floor.gpkg')
  writeShapefileParcels(stem, count)
  startOf([])
  startOf(['./electron/backend/import/plan-builder.ts'])
  const geos = await step('the geometry library starts', loadGeos)
  const opened = await step('the source is opened and looked through', () =>
    openSource(`${stem}.shp`, { encoding: null, report: () => undefined }),
  )
  const [layer] = opened.layers
  if (!layer?.extent) throw new Error('nothing to read')
  const features = await step('features are read', () => [...layer.features()])
  const found = noFindings()
  await step('snapping and validity, which ogr2ogr does not look at', () => {
    for (const { geometry } of features) if (geometry) repairGeometry(geometry, geos, GRID.projected, found)
  })
  const frame = frameOf(CRS, [{ name: 'parcels', box: layer.extent }])
  await step('areas, gaps and overlaps on the ellipsoid, likewise', () => {
    const meter = streamMeter({ kind: 'polygon', role: 'landuse_plan' }, { crs: CRS, frame })
    for (const { geometry } of features) if (geometry) meter.add(geometry.parts)
    meter.finish(geos)
  })
  const rows = await step('geometries are encoded', () => encodeAll(features))
  const db = new Database(gpkg)
  for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'locking_mode = EXCLUSIVE']) db.pragma(pragma)
  db.exec(`CREATE TABLE parcels (fid INTEGER PRIMARY KEY, geom BLOB, ${layer.fields.map((_, at) => `f${at}`).join(', ')});
    CREATE VIRTUAL TABLE rtree_parcels_geom USING rtree(id, minx, maxx, miny, maxy)`)
  await step('SQLite takes the rows, without journal or sync', () =>
    db.transaction(() => insertAll(db, rows, layer.fields.length))(),
  )
  await step('and their spatial index, packed', () => {
    const index = packedRtree()
    for (const { box } of rows) index.add(box)
    db.transaction(() => index.write(db, 'parcels', 1))()
  })
  db.close()
  await step('sources and the finished file are hashed', () => [sourceSha256(`${stem}.shp`), fileSha256(gpkg)])
  await step('the file is brought to the disk', () => {
    const descriptor = fs.openSync(gpkg, 'r+')
    fs.fsyncSync(descriptor)
    fs.closeSync(descriptor)
  })
  opened.close()
  const wall = performance.now()
  const peer = spawnSync('ogr2ogr', ['-f', 'GPKG', path.join(dir, 'peer.gpkg'), `${stem}.shp`])
  if (peer.status === 0) console.log(`ogr2ogr ${' '.repeat(51)}${((performance.now() - wall) / 1000).toFixed(2)} s by the clock`)
} finally {
  fs.rmSync(dir, { recursive: true, force: true })
}
