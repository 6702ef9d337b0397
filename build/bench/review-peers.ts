import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { neededTables } from '#core/analysis/needed-tables.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import { planData } from '#core/indicators/measure-plan.ts'
import { hasGeopandas, qgisVersion, runGeopandas, runQgis, type PeerRun } from './overlay-peers.ts'
import type { PeerFigures } from './review-figures.ts'
import { loadCity } from './review-load.ts'
import { writeRows } from './rows.ts'

/*
 * The overlays that the land part of the checklist stands on, each pair of two polygon layers once, by the peers that are installed; prints
 * their sums as JSON. Peers have no checklist: this is the part of the work that both do.
 */
const [folder = ''] = process.argv.slice(2)
const { plan, layers } = loadCity(folder)
const data = planData(plan, layers, await loadGeos())
const pairs = neededTables(data, INDICATORS).filter(({ a, b }) => a !== b && a.kind === 'polygon' && b.kind === 'polygon')
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-bench-'))

const files = new Map<LayerColumns, string>()
const fileOf = (layer: LayerColumns): string => {
  const known = files.get(layer) ?? path.join(work, `${files.size}.gpkg`)
  if (!files.has(layer)) writeRows(known, layer)
  files.set(layer, known)
  return known
}

function sum(runs: readonly PeerRun[]): PeerFigures {
  const total = (of: (run: PeerRun) => number) => runs.reduce((all, run) => all + of(run), 0)
  return {
    name: runs[0]?.name ?? '',
    wallS: total((run) => run.wallSeconds),
    cpuS: total((run) => run.cpuSeconds),
    peakMb: Math.round(Math.max(...runs.map((run) => run.peakMb))),
  }
}

try {
  const peers: PeerFigures[] = []
  if (hasGeopandas()) peers.push(sum(pairs.map(({ a, b }) => runGeopandas(work, a, b))))
  const qgis = qgisVersion()
  if (qgis !== null) {
    peers.push(sum(pairs.map(({ a, b }, at) => runQgis(qgis, fileOf(a), fileOf(b), path.join(work, `out-${at}.gpkg`)))))
  }
  console.log(JSON.stringify({ tables: pairs.map(({ a, b }) => `table ${a.role} × ${b.role}`), peers }))
} finally {
  fs.rmSync(work, { recursive: true, force: true })
}
