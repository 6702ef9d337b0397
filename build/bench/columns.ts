import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { planarFrame } from '#core/geo/frame.ts'
import { columnsFile, loadLayerColumns, type LayerSource } from '#backend/store/layer-columns.ts'
import { createGpkg } from '#backend/store/gpkg-writer.ts'
import { LOCAL_CRS } from '#backend/store/gpkg-schema.ts'

/**
 * How much faster the columnar cache is than the GeoPackage it copies: parcels of 21 vertices on the millimetre grid.
 * Prints one line per step and the ratio; CPU seconds, median of five.
 */
const parcels = Number(process.argv[2] ?? 100_000)
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-bench-'))

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN
const repeat = (work: () => void): number => median(Array.from({ length: 5 }, () => cpuSeconds(work)))

function writeParcels(gpkg: string): LayerSource {
  const writer = createGpkg(gpkg, LOCAL_CRS)
  const fields = [
    { name: 'gp_class', type: 'text' as const },
    { name: 'gp_far', type: 'number' as const },
  ]
  const table = writer.addTable({ table: 'landuse_plan', name: 'parcels', kind: 'polygon', multiPoint: false, fields })
  const side = Math.ceil(Math.sqrt(parcels))
  for (let i = 0; i < parcels; i += 1) {
    const [x, y] = [(i % side) * 100, Math.floor(i / side) * 100]
    const ring = new Float64Array(42)
    for (let v = 0; v < 20; v += 1) {
      const angle = (2 * Math.PI * v) / 20
      ring[2 * v] = Math.round((x + 45 * Math.cos(angle)) * 1000) / 1000
      ring[2 * v + 1] = Math.round((y + 45 * Math.sin(angle)) * 1000) / 1000
    }
    ring[40] = ring[0] ?? 0
    ring[41] = ring[1] ?? 0
    table.add({ kind: 'polygon', parts: [[ring]] }, [`07${String(i % 4).padStart(2, '0')}`, (i % 50) / 10])
  }
  const { sha256 } = table.finish()
  writer.finish([])
  return { role: 'landuse_plan', name: 'parcels', kind: 'polygon', table: 'landuse_plan', sha256 }
}

try {
  const gpkg = path.join(dir, 'bench.gpkg')
  let layer: LayerSource | undefined
  const writing = cpuSeconds(() => (layer = writeParcels(gpkg)))
  if (!layer) throw new Error('nothing was written')
  const source = layer
  const plan = { crs: 'LOCAL:metre', frame: planarFrame(0, 0) }
  const files = { gpkg, cacheDir: path.join(dir, 'cache') }
  const cache = columnsFile(files.cacheDir, source.sha256, plan)
  const load = () => void loadLayerColumns(files, source, plan)
  const fromGpkg = repeat(() => {
    fs.rmSync(cache, { force: true })
    load()
  })
  const fromCache = repeat(load)
  console.log(
    `${parcels} parcels: write GeoPackage with index ${writing.toFixed(2)} s (${(fs.statSync(gpkg).size / 1e6).toFixed(0)} MB)`,
  )
  console.log(
    `columns from GeoPackage (and cached) ${fromGpkg.toFixed(3)} s, from cache ${fromCache.toFixed(3)} s: ${(fromGpkg / fromCache).toFixed(1)} times`,
  )
} finally {
  fs.rmSync(dir, { recursive: true })
}
