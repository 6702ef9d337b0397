import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import type { LayerColumns } from '#core/geo/columns.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { overlay, type OverlayOperation } from '#core/geo/overlay.ts'
import { overlapAreas } from '#core/geo/overlay-area.ts'
import { partsMeeting } from '#core/geo/prepared.ts'
import { overlayOnThreads } from '#backend/analysis/overlay-threads.ts'
import { parcels, redLines } from './overlay-layers.ts'
import { hasGeopandas, qgisVersion, runGeopandas, runQgis, type PeerRun } from './overlay-peers.ts'
import { writeRows } from './rows.ts'

/**
 * Overlay of parcels with their attributes: the area kernel, the clip kernel (each piece checked against the area kernel, rounded
 * to millimetres and proven valid), and rows of a GeoPackage, against geopandas and QGIS in the same run where they are installed,
 * and against GEOS in WASM on a sample in any case. `node build/bench/overlay.ts [parcels …]`, 20000 and 100000 unless told. Every
 * case runs in a process of its own, so that peaks of memory are its own. Ratios are of CPU seconds of one thread, and by the clock on
 * every core; the load of the machine is printed, because others at work make both worse.
 */
const CHILD = '--case'
const SAMPLE = 400
const WARMING = 5000

interface Measured extends PeerRun {
  pairs: number
  relative: number
  fallbacks: number
}

const cases: Record<string, (count: number) => [LayerColumns, LayerColumns]> = {
  parcels: (count) => [parcels(count, 7), parcels(count, 11)],
  revision: (count) => [parcels(count, 7), parcels(count, 7, 0.15)],
  'red lines': (count) => [parcels(count, 7), redLines()],
}

/** One case in this process; the result is one line of JSON. */
async function measureCase(name: string, count: number, how: string): Promise<void> {
  const [a, b] = cases[name]?.(count) ?? cases['parcels']?.(count) ?? []
  if (!a || !b) throw new Error('no such case')
  const geos = await loadGeos()
  // As in an application that has overlaid something before: the code is compiled, nothing of these layers is known.
  if (how === 'warm') overlay(geos, parcels(WARMING, 3), parcels(WARMING, 5), 'intersection')
  const [cpu, wall] = [process.cpuUsage(), performance.now()]
  let [pairs, features, relative, fallbacks] = [0, 0, 0, 0]
  if (how === 'area') overlapAreas(a, b, () => (pairs += 1))
  else if (how === 'geos') {
    for (let feature = 0; feature < a.count; feature += Math.ceil(a.count / SAMPLE)) {
      const box = 4 * feature
      for (const other of partsMeeting(
        b,
        a.partBox[box] ?? 0,
        a.partBox[box + 1] ?? 0,
        a.partBox[box + 2] ?? 0,
        a.partBox[box + 3] ?? 0,
      )) {
        if (geos.overlapAreaM2(a, feature, b, other) > 0) pairs += 1
      }
    }
  } else {
    const result =
      how === 'threads'
        ? await overlayOnThreads(geos, a, b, 'intersection')
        : overlay(geos, a, b, how === 'rows' || how === 'warm' ? 'intersection' : (how as OverlayOperation))
    ;({ pairs, features } = result.report)
    relative = result.report.conservation.relative
    fallbacks = result.report.notes.filter(({ reason }) => reason !== 'overlapping' && reason !== 'rounding').length
    if (how === 'rows') inFolder((folder) => writeRows(path.join(folder, 'out.gpkg'), result.layer))
  }
  const used = process.cpuUsage(cpu)
  const measured: Measured = {
    name: how,
    cpuSeconds: (used.user + used.system) / 1e6,
    wallSeconds: (performance.now() - wall) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
    features,
    pairs,
    relative,
    fallbacks,
  }
  console.log(JSON.stringify(measured))
}

function child(name: string, count: number, how: string): Measured {
  const run = spawnSync(process.execPath, [import.meta.filename, CHILD, name, String(count), how], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(run.stderr)
  return JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '') as Measured
}

function inFolder<T>(task: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'greenprint-bench-'))
  try {
    return task(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function say(run: PeerRun, note = ''): void {
  const cpu = Number.isNaN(run.cpuSeconds) ? '     –' : run.cpuSeconds.toFixed(2).padStart(6)
  console.log(
    `  ${run.name.padEnd(44)} ${cpu} s CPU ${run.wallSeconds.toFixed(2).padStart(7)} s wall ${run.peakMb.toFixed(0).padStart(6)} MB  ${note}`,
  )
}

function compareAll(counts: number[]): void {
  const sizes = counts.length > 0 ? counts : [20_000, 100_000]
  const python = hasGeopandas()
  const qgis = qgisVersion()
  if (!python) console.log('geopandas: not installed')
  if (qgis === null) console.log('QGIS: not installed')
  const found: { count: number; intersection: Measured; area: Measured; rows: Measured }[] = []
  for (const count of sizes) {
    console.log(`\n${count} × ${count} parcels, 20 vertices each (load of the machine ${loadavg()[0]?.toFixed(1)})`)
    const [area, intersection, warm, threads, rows] = ['area', 'intersection', 'warm', 'threads', 'rows'].map((how) =>
      child('parcels', count, how),
    )
    if (!area || !intersection || !warm || !threads || !rows) return
    found.push({ count, area, intersection, rows })
    say({ ...area, name: 'areas of overlap (area kernel)' }, `${area.pairs} pairs`)
    say({ ...intersection, name: 'intersection with attributes' }, quality(intersection))
    say({ ...warm, name: '… in an application that runs' })
    say({ ...threads, name: `… on ${availableParallelism()} threads` })
    for (const how of ['identity', 'union', 'clip'] as const) say(child('parcels', count, how))
    say({ ...rows, name: 'intersection to GeoPackage rows' })
    const revised = child('revision', count, 'intersection')
    say({ ...revised, name: 'intersection with a revision' }, quality(revised))
    const lines = child('red lines', count, 'intersection')
    say({ ...lines, name: 'intersection with 40 red lines of 30k vertices' }, quality(lines))
    const lineAreas = child('red lines', count, 'area')
    say({ ...lineAreas, name: 'areas of overlap with the red lines' }, `${lineAreas.pairs} pairs`)
    peers(count, { area, intersection, warm, threads, rows, revised, lines, lineAreas }, python, qgis)
  }
  const [small, large] = [found[0], found.at(-1)]
  if (small && large && small !== large) {
    const growth = (of: (each: (typeof found)[number]) => number) =>
      Math.log(of(large) / of(small)) / Math.log(large.count / small.count)
    console.log(
      `\ngrowth exponent  areas ${growth((each) => each.area.cpuSeconds).toFixed(2)}, intersection ${growth((each) => each.intersection.cpuSeconds).toFixed(2)}, rows ${growth((each) => each.rows.cpuSeconds).toFixed(2)}`,
    )
  }
}

const quality = ({ pairs, fallbacks, relative }: Measured) =>
  `${pairs} pairs, ${fallbacks} fallbacks, conserved to ${relative.toExponential(0)}`

function peers(
  count: number,
  ours: Record<'area' | 'intersection' | 'warm' | 'threads' | 'rows' | 'revised' | 'lines' | 'lineAreas', Measured>,
  python: boolean,
  qgis: string | null,
): void {
  const ratio = (peer: PeerRun, own: Measured) =>
    `${(peer.cpuSeconds / own.cpuSeconds).toFixed(1)} × ours (${(peer.wallSeconds / own.wallSeconds).toFixed(1)} × by the clock)`
  const sample = child('parcels', count, 'geos')
  const perPair = sample.cpuSeconds / sample.pairs
  const scaled = {
    ...sample,
    name: 'GEOS in WASM, areas only (scaled from a sample)',
    cpuSeconds: perPair * ours.intersection.pairs,
  }
  say(
    scaled,
    `${(1e6 * perPair).toFixed(0)} µs per pair, ${ratio(scaled, ours.intersection)}, ${ratio(scaled, ours.area)} by areas`,
  )
  if (python) {
    inFolder((folder) => {
      const [a, b] = cases['parcels']?.(count) ?? []
      if (!a || !b) return
      const whole = runGeopandas(folder, a, b)
      say(whole, `${ratio(whole, ours.intersection)}, transition matrix ${ratio(whole, ours.area)}`)
      console.log(
        `  … in an application that runs ${ratio(whole, ours.warm)}, on every core ${(whole.wallSeconds / ours.threads.wallSeconds).toFixed(1)} × by the clock`,
      )
      const written = runGeopandas(folder, a, b, path.join(folder, 'out.gpkg'))
      say({ ...written, name: 'geopandas to GeoPackage rows' }, ratio(written, ours.rows))
      const revised = cases['revision']?.(count)
      if (revised) {
        const run = runGeopandas(folder, ...revised)
        say({ ...run, name: 'geopandas with a revision' }, ratio(run, ours.revised))
      }
      const run = runGeopandas(folder, a, redLines())
      say({ ...run, name: 'geopandas with 40 red lines' }, `${ratio(run, ours.lines)}, areas ${ratio(run, ours.lineAreas)}`)
    })
  }
  if (qgis === null) return
  inFolder((folder) => {
    const [a, b] = cases['parcels']?.(count) ?? []
    if (!a || !b) return
    const [left, right] = [path.join(folder, 'a.gpkg'), path.join(folder, 'b.gpkg')]
    writeRows(left, a)
    writeRows(right, b)
    const run = runQgis(qgis, left, right, path.join(folder, 'out.gpkg'))
    say(run, ratio(run, ours.rows))
  })
}

if (process.argv[2] === CHILD) await measureCase(process.argv[3] ?? '', Number(process.argv[4]), process.argv[5] ?? '')
else compareAll(process.argv.slice(2).map(Number).filter((count) => count > 0)) // prettier-ignore
