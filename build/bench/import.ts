import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Progress } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import { manifestSchema } from '#core/model/manifest.ts'
import { launchNode } from '#backend/launch-node.ts'
import { createLog } from '#backend/log.ts'
import { createImportService, type ImportService } from '#backend/import/import-service.ts'
import { writeGeoJsonParcels, writeShapefileParcels } from './parcel-files.ts'

/**
 * Importing parcels through the import service, as a host does it, against ogr2ogr to GeoPackage in the same run: wall time,
 * processor time and peak resident memory of the working process, and how long a cancelled import takes to be gone. Ours also
 * validates, repairs, looks for gaps and overlaps, maps classes, hashes and measures. "From a running application" is the same import
 * by a process that was prepared while a person read the intake report. `node build/bench/import.ts [parcels…]`;
 * 20,000 and 100,000 unless told, and 1000000 for the size that memory and cancel are promised for.
 */
const sizes = process.argv.slice(2).map(Number)
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-bench-'))
const RUNS = 3
const LARGE = 500_000
const TICKS_PER_SECOND = 100
/** How long a person reads the intake report before importing; nobody is faster. */
const READING_MS = 4000

interface Taken {
  seconds: number
  /** Processor time: what is left of the figure on a machine that does other things too. */
  cpuSeconds: number
  peakMb: number | null
}

/** Processor time and largest resident memory of this process's children, of the largest of each; 0 where the system does not tell. */
function childrenNow(): { cpuSeconds: number; peakKb: number } {
  const most = { cpuSeconds: 0, peakKb: 0 }
  try {
    const children = fs.readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ')
    for (const child of children) {
      const found = /VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${child}/status`, 'utf8'))
      most.peakKb = Math.max(most.peakKb, Number(found?.[1] ?? 0))
      const stat = fs
        .readFileSync(`/proc/${child}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      most.cpuSeconds = Math.max(most.cpuSeconds, (Number(stat[11]) + Number(stat[12])) / TICKS_PER_SECOND)
    }
  } catch (error) {
    // A child that has just ended has no status; other systems have no such files at all.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && (error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
  return most
}

/** What a task takes, by looking at its process again and again. */
async function watched(task: () => Promise<unknown>): Promise<Taken> {
  // A process that was prepared has used some before.
  const { cpuSeconds: before } = childrenNow()
  let [cpuSeconds, peakKb] = [before, 0]
  const timer = setInterval(() => {
    const now = childrenNow()
    cpuSeconds = Math.max(cpuSeconds, now.cpuSeconds)
    peakKb = Math.max(peakKb, now.peakKb)
  }, 10)
  const start = performance.now()
  try {
    await task()
  } finally {
    clearInterval(timer)
  }
  const seconds = (performance.now() - start) / 1000
  return { seconds, cpuSeconds: cpuSeconds - before, peakMb: peakKb === 0 ? null : Math.round(peakKb / 1024) }
}

const manifestOf = (file: string) =>
  manifestSchema.parse({
    greenprint: 'plan-manifest/1',
    name: 'Bench',
    crs: 'EPSG:4547',
    layers: [{ role: 'landuse_plan', path: path.basename(file), fields: { class: 'YDYHFLDM', name: 'YDYHFLMC' } }],
  })

/** A new catalogue's folder with the service on it. */
async function withService<T>(task: (service: ImportService, plansDir: string) => Promise<T>): Promise<T> {
  const home = fs.mkdtempSync(path.join(dir, 'catalogue-'))
  const plansDir = path.join(home, 'plans')
  const service = createImportService({
    launchChild: launchNode,
    plansDir,
    tempDir: path.join(home, 'temp'),
    codeCacheDir: path.join(dir, 'code'),
    log: createLog(path.join(home, 'logs')),
  })
  try {
    return await task(service, plansDir)
  } finally {
    fs.rmSync(home, { recursive: true })
  }
}

const quiet = () => ({ signal: new AbortController().signal, progress: () => undefined })

async function importOnce(service: ImportService, file: string): Promise<void> {
  const { layers } = await service.run(manifestOf(file), path.dirname(file), quiet())
  if (!layers[0]?.areaM2) throw new Error('nothing was imported')
}

const ours = (file: string): Promise<Taken> => withService((service) => watched(() => importOnce(service, file)))

/** As a running application does it: the process was prepared when the intake report was ready. */
const prepared = (file: string): Promise<Taken> =>
  withService(async (service) => {
    service.prepare()
    await setTimeout(READING_MS)
    return watched(() => importOnce(service, file))
  })

/** Seconds from cancelling an import, when it has stored half of its features, until its process and its files are gone. */
const cancelled = (file: string): Promise<number> =>
  withService(async (service, plansDir) => {
    const controller = new AbortController()
    let asked = NaN
    const progress = ({ done, total, label }: Progress) => {
      if (!Number.isNaN(asked) || !label.en.startsWith('Importing') || done < total / 2) return
      asked = performance.now()
      controller.abort()
    }
    const outcome = await service.run(manifestOf(file), path.dirname(file), { signal: controller.signal, progress }).then(
      () => 'imported',
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    )
    const seconds = (performance.now() - asked) / 1000
    if (outcome !== 'request.cancelled' || fs.readdirSync(plansDir).length > 0) throw new Error(`not cancelled: ${outcome}`)
    return seconds
  })

function ogr2ogr(file: string): Promise<void> {
  const out = path.join(dir, 'peer.gpkg')
  fs.rmSync(out, { force: true })
  const done = Promise.withResolvers<void>()
  const peer = spawn('ogr2ogr', ['-f', 'GPKG', out, file], { stdio: 'ignore' })
  peer.on('error', done.reject)
  peer.on('exit', (code) => (code === 0 ? done.resolve() : done.reject(new Error(`ogr2ogr ended with ${code}`))))
  return done.promise
}

async function best(task: () => Promise<Taken>, runs: number): Promise<Taken> {
  const taken: Taken[] = []
  for (let run = 0; run < runs; run += 1) taken.push(await task())
  return taken.toSorted((a, b) => a.seconds - b.seconds)[(runs - 1) >> 1] ?? { seconds: NaN, cpuSeconds: NaN, peakMb: null }
}

const shown = ({ seconds, cpuSeconds, peakMb }: Taken) =>
  `${seconds.toFixed(2)} s (CPU ${cpuSeconds.toFixed(2)} s), ${peakMb ?? '–'} MB`

try {
  for (const count of sizes.length > 0 ? sizes : [20_000, 100_000]) {
    const stem = path.join(dir, `parcels-${count}`)
    writeShapefileParcels(stem, count)
    writeGeoJsonParcels(`${stem}.geojson`, count)
    for (const file of [`${stem}.shp`, `${stem}.geojson`]) {
      const runs = count >= LARGE ? 1 : RUNS
      const mine = await best(() => ours(file), runs)
      const peer = await best(() => watched(() => ogr2ogr(file)), runs).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      })
      const ready = await best(() => prepared(file), runs)
      const size = `${(fs.statSync(file).size / 2 ** 20).toFixed(0)} MB`
      console.log(
        `${count} parcels, ${path.extname(file)} (${size}): Greenprint ${shown(mine)}; ` +
          (peer
            ? `ogr2ogr ${shown(peer)}; ratio ${(mine.seconds / peer.seconds).toFixed(2)}, of CPU ${(mine.cpuSeconds / peer.cpuSeconds).toFixed(2)}`
            : 'ogr2ogr is not installed') +
          `; from a running application ${shown(ready)}${peer ? `, ratio ${(ready.seconds / peer.seconds).toFixed(2)}` : ''}` +
          `; cancelled half-way, gone after ${(await cancelled(file)).toFixed(2)} s`,
      )
    }
  }
} finally {
  fs.rmSync(dir, { recursive: true, force: true })
}
