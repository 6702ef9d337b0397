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

/** QGIS looks for a screen even where it draws nothing. */
const OFFSCREEN = { ...process.env, QT_QPA_PLATFORM: 'offscreen' }

/** The version of QGIS, or null where `qgis_process` is not installed. */
export const qgisVersion = (): string | null => qgis()?.version ?? null

/** Debian wraps the program in a script that gives it an argument it does not know; what is wrapped works. */
function qgis(): { command: string; version: string } | null {
  for (const command of ['qgis_process.bin', 'qgis_process']) {
    const run = spawnSync(command, ['--version'], { encoding: 'utf8', env: OFFSCREEN })
    const version = /QGIS\D*(\d+\.\d+\.\d+)/.exec(`${run.stdout}`)?.[1]
    if (run.status === 0 && version !== undefined) return { command, version }
  }
  return null
}

/** Runs a command and says what it used: Node does not tell that of its children, Python does. */
const USED = `
import sys, json, time, resource, subprocess
wall = time.time()
code = subprocess.call(sys.argv[1:], stdout=sys.stderr)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({'code': code, 'cpu': used.ru_utime + used.ru_stime, 'wall': time.time() - wall, 'peak': used.ru_maxrss / 1024}))
`

/** `native:intersection` over two GeoPackages, starting, reading and writing included. */
export function runQgis(version: string, a: string, b: string, out: string): PeerRun {
  const command = [
    qgis()?.command ?? 'qgis_process',
    'run',
    'native:intersection',
    `--INPUT=${a}`,
    `--OVERLAY=${b}`,
    `--OUTPUT=${out}`,
  ]
  const run = spawnSync(python, ['-c', USED, ...command], { encoding: 'utf8', env: OFFSCREEN, maxBuffer: 1 << 26 })
  if (run.status !== 0) throw new Error(run.stderr)
  const used = JSON.parse(run.stdout) as Record<'code' | 'cpu' | 'wall' | 'peak', number>
  if (used.code !== 0) throw new Error(run.stderr)
  const name = `QGIS ${version} native:intersection`
  return { name, cpuSeconds: used.cpu, wallSeconds: used.wall, peakMb: used.peak, features: NaN }
}

/** Coordinates in metres, ring and part offsets, as flat files. */
function dump(folder: string, name: string, layer: LayerColumns): string {
  const stem = path.join(folder, name)
  writeFileSync(`${stem}.xy`, new Uint8Array(Float64Array.from(layer.xy, (value) => value / 1000).buffer))
  writeFileSync(`${stem}.ring`, new Uint8Array(Uint32Array.from(layer.ringOff).buffer))
  writeFileSync(`${stem}.part`, new Uint8Array(Uint32Array.from(layer.partOff).buffer))
  return stem
}
