import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { growthExponent, type PeerFigures, type ReviewFigures, type RunFigures } from './review-figures.ts'

/**
 * The whole land part of the checklist on the sample city, measured from layers in memory: wall and processor time and peak
 * memory, on a thread for each core and on one; seconds of each table and indicator, the growth exponent from size to size, and what one edit costs (100 single-feature edits).
 * Where geopandas or QGIS are installed they do the overlays that this part stands on, in the same run, up to a size that lets them end.
 * Each measurement of each size runs in a process of its own, so that peaks are its own. `node build/bench/review.ts [parcels…]`; 10,000, 100,000 and
 * 1,000,000 unless told.
 */
const sizes = process.argv.slice(2).map(Number)
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-bench-'))

function child<T>(script: string, ...args: string[]): T {
  const file = path.join(import.meta.dirname, script)
  const { stdout, status } = spawnSync(process.execPath, ['--max-old-space-size=12000', file, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 26,
  })
  if (status !== 0) throw new Error(`${script} ended with ${status}`)
  return JSON.parse(stdout) as T
}

const said = ({ wallS, cpuS, peakMb }: RunFigures) => `${wallS.toFixed(2)} s, CPU ${cpuS.toFixed(2)} s, peak ${peakMb} MB`

/** Peers need minutes beyond this. */
const PEERS_UP_TO = 200_000

function besidePeers(folder: string, { alone, threads, steps }: ReviewFigures): void {
  const { tables, peers } = child<{ tables: string[]; peers: PeerFigures[] }>('review-peers.ts', folder)
  const ours = tables.reduce((sum, table) => sum + (steps[table] ?? 0), 0)
  console.log(`  the ${tables.length} overlays of two layers among these, one thread: ${ours.toFixed(2)} s`)
  if (peers.length === 0) console.log('  peers: neither geopandas nor QGIS is installed')
  for (const peer of peers) {
    const ratio = (own: number) => `${(peer.wallS / own).toFixed(1)} ×`
    const beside = `${ratio(ours)} ours, ${ratio(alone.wallS)} our whole review (${ratio(threads.wallS)} on all threads)`
    console.log(`  the same by ${peer.name}: ${said(peer)}: ${beside}`)
  }
}

const ms = (value: number) => `${value.toFixed(1)} ms`

try {
  const measured: ReviewFigures[] = []
  for (const parcels of sizes.length > 0 ? sizes : [10_000, 100_000, 1_000_000]) {
    const folder = path.join(dir, String(parcels))
    child('review-city.ts', folder, String(parcels))
    const threads = child<RunFigures>('review-threads.ts', folder)
    const edits = child<ReviewFigures['edits']>('review-edits.ts', folder)
    const figures: ReviewFigures = { ...child<Omit<ReviewFigures, 'threads' | 'edits'>>('review-run.ts', folder), threads, edits }
    measured.push(figures)
    const [load = 0] = os.loadavg()
    console.log(`${figures.parcels} parcels (${figures.vertices} vertices), load ${load.toFixed(1)}`)
    console.log(`  full run, ${os.availableParallelism()} threads: ${said(figures.threads)}`)
    console.log(`  full run, one thread: ${said(figures.alone)}`)
    for (const [name, seconds] of Object.entries(figures.steps)) console.log(`  ${name.padEnd(34)} ${seconds.toFixed(3)} s`)
    for (const [kind, { median, p95, worst, cpu }] of Object.entries(figures.edits)) {
      console.log(`  edit: ${kind.padEnd(28)} median ${ms(median)} (CPU ${ms(cpu)}), p95 ${ms(p95)}, worst ${ms(worst)}`)
    }
    if (parcels <= PEERS_UP_TO) besidePeers(folder, figures)
    fs.rmSync(folder, { recursive: true })
  }
  for (const how of ['threads', 'alone'] as const) {
    const exponent = growthExponent(measured.map((one) => ({ parcels: one.parcels, wallS: one[how].wallS })))
    const title = how === 'threads' ? 'on all threads' : 'on one thread'
    if (exponent !== undefined) console.log(`growth exponent of wall time over parcels, ${title}: ${exponent.toFixed(2)}`)
  }
} finally {
  fs.rmSync(dir, { recursive: true, force: true })
}
