import path from 'node:path'
import type { Progress } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { Frame } from '#core/geo/frame.ts'
import type { Manifest } from '#core/model/manifest.ts'
import type { Plan } from '#core/model/plan.ts'
import { recordedPath } from '#core/model/recorded-path.ts'
import { bilingual } from '#core/text.ts'
import { createGpkg, type GpkgLayerRecord, type GpkgWriter } from '../store/gpkg-writer.ts'
import { geometryLine, type GeometryLine } from './geometry-line.ts'
import { describePlan, type LayerDraft, type StoredLayer, type StoredRaster } from './describe-plan.ts'
import { earlySync, type EarlySync } from './early-sync.ts'
import { readLocalShift } from './local-shift.ts'
import { chooseLayers, sourceOpener, type ChosenLayer } from './open-sources.ts'
import { gpkgCrs, layerCrs, planCrs, type LayerCrs } from './plan-crs.ts'
import { expectedFrame } from './plan-frame.ts'
import { isRasterLayer, openRaster, writeRaster, type ChosenRaster } from './raster-layer.ts'
import { resolveSource, vectorBytes, type SourceRoot } from './resolve-source.ts'
import { sourceBytes, sourceSha256 } from './source-hash.ts'
import { writeLayer } from './write-layer.ts'

/** A plan without the identity and the date that the catalogue gives it. */
export interface PlanDraft {
  plan: Pick<Plan, 'crs' | 'frame' | 'extent' | 'gpkgSha256'>
  layers: LayerDraft[]
}

export interface BuildJob {
  manifest: Manifest
  root: SourceRoot
  /** Absolute; read in place of the file that the manifest names. */
  shiftFile?: string
  /** Where the GeoPackage is written; must not exist. */
  gpkg: string
  /** Called often; `file` is the manifest's path that is being read. */
  report: (progress: Progress, file: string | null) => void
}

interface FoundLayer extends LayerCrs {
  chosen: ChosenLayer
}

/**
 * Manifest and files → one synced GeoPackage and what the catalogue stores of it. Runs in the import process only.
 * @throws AppError `import.*` with file, layer and row where known; the half-written file is left to the caller.
 */
export async function buildPlan(job: BuildJob): Promise<PlanDraft> {
  const { manifest, root, gpkg, report } = job
  const opener = sourceOpener(root, (file, done, total) =>
    report({ done, total, label: bilingual(`正在读取 ${file}`, `Reading ${file}`) }, file),
  )
  const rasters: ChosenRaster[] = []
  const line = geometryLine(vectorBytes(manifest, root))
  const toDisk = earlySync(gpkg)
  try {
    const hashOf = sourceHashes(job, line)
    const found: FoundLayer[] = []
    for (const wanted of manifest.layers) {
      if (isRasterLayer(wanted, root)) {
        rasters.push(await openRaster(manifest, wanted, root))
        continue
      }
      for (const chosen of chooseLayers(wanted, await opener.open(wanted))) found.push({ chosen, ...layerCrs(manifest, chosen) })
    }
    const crs = found.length === 0 && rasters[0] ? (manifest.crs ?? rasters[0].crs) : planCrs(manifest, found)
    const { stored, grids, frame } = await writeGpkg(job, { found, rasters, crs }, { line, hashOf, toDisk })
    const { plan, layers } = await describePlan(gpkg, stored, grids, { crs, measuredIn: frame }, report)
    const [gpkgSha256] = await Promise.all([line.hash(gpkg), toDisk.finish()])
    return { plan: { ...plan, gpkgSha256 }, layers }
  } finally {
    toDisk.abandon()
    await line.close()
    opener.close()
    for (const { source } of rasters) source.close()
  }
}

async function writeGpkg(
  job: BuildJob,
  { found, rasters, crs }: { found: readonly FoundLayer[]; rasters: readonly ChosenRaster[]; crs: string },
  { line, hashOf, toDisk }: { line: GeometryLine; hashOf: SourceHashes; toDisk: EarlySync },
): Promise<{ stored: StoredLayer[]; grids: StoredRaster[]; frame: Frame | null }> {
  const { root, gpkg, report } = job
  const frame = expectedFrame(
    crs,
    found.map((layer) => ({ ...layer, isWhole: !layer.chosen.wanted.where })),
  )
  const shift =
    job.shiftFile === undefined
      ? readLocalShift(job.manifest.datumShift, root)
      : readLocalShift(path.basename(job.shiftFile), { dir: path.dirname(job.shiftFile), confined: true })
  const writer = createGpkg(gpkg, gpkgCrs(crs))
  try {
    const stored: StoredLayer[] = []
    const filled = new Set<Manifest['layers'][number]>()
    for (const [index, { chosen, crs: from, reason }] of found.entries()) {
      const { wanted, source, kind } = chosen
      const name = nameOf(chosen)
      const table = freeTable(wanted.role, stored)
      const label = bilingual(
        `正在导入“${name}”（${index + 1}/${found.length}）`,
        `Importing “${name}” (${index + 1} of ${found.length})`,
      )
      const tell = (done: number, total: number) => {
        toDisk.nudge()
        report({ done, total, label }, wanted.path)
      }
      const firstFid = 1 + stored.reduce((sum, { role, written }) => sum + (role === wanted.role ? written.features : 0), 0)
      const task = { chosen, from, to: crs, table, name, firstFid, shift, frame, report: tell }
      const written = await writeLayer(writer, task, line)
      if (!written) continue
      filled.add(wanted)
      const record: GpkgLayerRecord = {
        role: wanted.role,
        table,
        name,
        kind,
        sha256: written.sha256,
        sourcePath: recordedPath(wanted.path),
        sourceSha256: await hashOf(wanted.path),
        sourceCrs: from,
        crs,
        encoding: wanted.encoding ?? source.encoding.value,
      }
      stored.push({ role: wanted.role, written, record, crsReason: reason })
    }
    for (const { wanted } of found.map(({ chosen }) => chosen)) if (!filled.has(wanted)) throw nothingMeetsWhere(wanted)
    const grids = await writeRasters(writer, job, rasters, crs, hashOf)
    writer.finish(
      [...stored, ...grids].map(({ record }) => record),
      stored.flatMap(({ written }) => written.repairs),
    )
    return { stored, grids, frame }
  } catch (error) {
    writer.abandon()
    throw isDiskFull(error) ? new AppError('import.disk-full', {}, { cause: error }) : error
  }
}

async function writeRasters(
  writer: GpkgWriter,
  { report }: BuildJob,
  rasters: readonly ChosenRaster[],
  planCrs: string,
  hashOf: SourceHashes,
): Promise<StoredRaster[]> {
  const grids: StoredRaster[] = []
  for (const chosen of rasters) {
    const { wanted, name, crs, reason } = chosen
    const { role } = wanted
    const table = freeTable(role, grids)
    const label = bilingual(`正在导入“${name}”`, `Importing “${name}”`)
    const tell = (done: number, total: number) => report({ done, total, label }, wanted.path)
    const written = await writeRaster(writer, chosen, { table, planCrs, report: tell })
    const record: GpkgLayerRecord = {
      role,
      table,
      name,
      kind: 'raster',
      sha256: written.sha256,
      sourcePath: recordedPath(wanted.path),
      sourceSha256: await hashOf(wanted.path),
      sourceCrs: crs,
      crs,
      encoding: null,
    }
    grids.push({ role, chosen, written, record, crsReason: reason })
  }
  return grids
}

const nothingMeetsWhere = (wanted: Manifest['layers'][number]) =>
  new AppError('import.nothing-left', { file: wanted.path, layer: wanted.layer ?? null, cause: 'where' })

/** What people call the layer: its name in the container, or its file's. */
const nameOf = ({ wanted, source }: ChosenLayer): string =>
  wanted.layer ?? source.layer ?? path.basename(wanted.path, path.extname(wanted.path))

/** A table is named after its role; the second of a role ends in _2. */
function freeTable(role: string, stored: readonly { role: string }[]): string {
  const same = stored.filter((layer) => layer.role === role).length
  return same === 0 ? role : `${role}_${same + 1}`
}

/** Hash of a source, by the manifest's path. */
type SourceHashes = (file: string) => Promise<string>

/** Larger sources take long to hash and must say how far they are. */
const HASH_SILENTLY_BYTES = 2 ** 29

/** Each source is hashed once: small ones in the geometry thread from the start, large ones with progress when they are asked for. */
function sourceHashes({ manifest, root, report }: BuildJob, line: GeometryLine): SourceHashes {
  const known = new Map<string, Promise<string>>()
  for (const { path: file } of manifest.layers) {
    const full = resolveSource(root, file)
    if (known.has(file) || sourceBytes(full) > HASH_SILENTLY_BYTES) continue
    const hashed = line.hash(full)
    hashed.catch(() => undefined) // told to whoever asks for it
    known.set(file, hashed)
  }
  return (file) => {
    let done = 0
    const label = bilingual(`正在校验 ${file}`, `Hashing ${file}`)
    const tell = (bytes: number) => {
      done += bytes
      report({ done, total: 0, label }, file)
    }
    const hash = known.get(file) ?? Promise.resolve(sourceSha256(resolveSource(root, file), tell))
    known.set(file, hash)
    return hash
  }
}

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')
