import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { LayerColumns } from '#core/geo/columns.ts'

/** What a peer needed for the same work. */
export interface PeerRun {
  name: string
  cpuSeconds: number
  wallSeconds: number
  peakMb: number
  features: number
}

/** `GREENPRINT_PYTHON` names another interpreter. */
const python = process.env['GREENPRINT_PYTHON'] ?? 'python3'

/** One overlay by geopandas: layers from flat arrays, so that only the overlay is measured; `written` adds reading nothing but writing GeoPackage. */
const SCRIPT = `
import sys, json, time, resource
import numpy as np, shapely, geopandas as gpd
def load(stem):
    xy = np.fromfile(stem + '.xy').reshape(-1, 2)
    rings = np.fromfile(stem + '.ring', dtype=np.uint32); parts = np.fromfile(stem + '.part', dtype=np.uint32)
    shapes = shapely.from_ragged_array(shapely.GeometryType.POLYGON, xy, (rings, parts))
    return gpd.GeoDataFrame({'class': ['c%d' % (i % 14) for i in range(len(shapes))], 'size': np.arange(len(shapes))}, geometry=shapes)
a, b = load(sys.argv[1]), load(sys.argv[2])
cpu, wall = time.process_time(), time.time()
out = gpd.overlay(a, b, how='intersection', keep_geom_type=True)
if sys.argv[3] != '': out.to_file(sys.argv[3], driver='GPKG')
print(json.dumps({'cpu': time.process_time() - cpu, 'wall': time.time() - wall, 'features': len(out),
  'peak': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 'version': gpd.__version__, 'geos': shapely.geos_version_string}))
`

/** True when this Python has geopandas. */
export const hasGeopandas = (): boolean =>
  spawnSync(python, ['-c', 'import geopandas, shapely'], { stdio: 'ignore' }).status === 0

export function runGeopandas(folder: string, a: LayerColumns, b: LayerColumns, gpkg = ''): PeerRun {
  const stems = [dump(folder, 'a', a), dump(folder, 'b', b)]
  const run = spawnSync(python, ['-c', SCRIPT, ...stems, gpkg], { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (run.status !== 0) throw new Error(run.stderr)
  const { cpu, wall, features, peak, version, geos } = JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '') as Record<
    string,
    number
  >
  return {
    name: `geopandas ${String(version)} (GEOS ${String(geos)})`,
    cpuSeconds: cpu ?? NaN,
    wallSeconds: wall ?? NaN,
    peakMb: peak ?? NaN,
    features: features ?? NaN,
  }
}

/** The version of QGIS, or null where `qgis_process` is not installed. */
export function qgisVersion(): string | null {
  const run = spawnSync('qgis_process', ['--version'], { encoding: 'utf8' })
  return run.status === 0 ? (/QGIS (\S+)/.exec(run.stdout)?.[1] ?? 'unknown') : null
}

/** `native:intersection` over two GeoPackages, reading and writing included. */
export function runQgis(version: string, a: string, b: string, out: string): PeerRun {
  const started = performance.now()
  const before = process.resourceUsage()
  const run = spawnSync('qgis_process', ['run', 'native:intersection', `--INPUT=${a}`, `--OVERLAY=${b}`, `--OUTPUT=${out}`], {
    encoding: 'utf8',
    env: { ...process.env, QT_QPA_PLATFORM: 'offscreen' },
  })
  if (run.status !== 0) throw new Error(run.stderr)
  const after = process.resourceUsage()
  return {
    name: `QGIS ${version} native:intersection`,
    // CPU of children is not told by Node; with one thread wall is an upper bound of it
    cpuSeconds: NaN,
    wallSeconds: (performance.now() - started) / 1000,
    peakMb: Math.max(before.maxRSS, after.maxRSS) / 1024,
    features: NaN,
  }
}

/** Coordinates in metres, ring and part offsets, as flat files. */
function dump(folder: string, name: string, layer: LayerColumns): string {
  const stem = path.join(folder, name)
  writeFileSync(`${stem}.xy`, new Uint8Array(Float64Array.from(layer.xy, (value) => value / 1000).buffer))
  writeFileSync(`${stem}.ring`, new Uint8Array(Uint32Array.from(layer.ringOff).buffer))
  writeFileSync(`${stem}.part`, new Uint8Array(Uint32Array.from(layer.partOff).buffer))
  return stem
}
