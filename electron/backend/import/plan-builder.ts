import fs from 'node:fs'
import path from 'node:path'
import type { Progress } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { totalAreaM2, totalLengthM } from '#core/geo/measure.ts'
import type { Manifest } from '#core/model/manifest.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import { bilingual } from '#core/text.ts'
import { columnsFromGpkg } from '../store/gpkg-columns.ts'
import { createGpkg, type GpkgLayerRecord } from '../store/gpkg-writer.ts'
import { chooseLayers, resolveSource, sourceOpener, type ChosenLayer, type SourceRoot } from './open-sources.ts'
import { gpkgCrs, layerCrs, planCrs, type LayerCrs } from './plan-crs.ts'
import { extentOf, frameOf } from './plan-frame.ts'
import { fileSha256, sourceSha256 } from './source-hash.ts'
import { writeLayer, type WrittenLayer } from './write-layer.ts'

/** A plan without the identity and the date that the catalogue gives it. */
export interface PlanDraft {
  plan: Pick<Plan, 'crs' | 'frame' | 'extent' | 'gpkgSha256'>
  layers: Omit<Layer, 'id' | 'planId'>[]
}

export interface BuildJob {
  manifest: Manifest
  root: SourceRoot
  /** Where the GeoPackage is written; must not exist. */
  gpkg: string
  /** Called often; `file` is the manifest's path that is being read. */
  report: (progress: Progress, file: string | null) => void
}

interface FoundLayer extends LayerCrs {
  chosen: ChosenLayer
}

interface StoredLayer extends WrittenLayer {
  found: FoundLayer
  record: GpkgLayerRecord
}

/**
 * Manifest and files → one synced GeoPackage and what the catalogue stores of it. Runs in the import process only.
 * @throws AppError `import.*` with file, layer and row where known; the half-written file is left to the caller.
 */
export async function buildPlan(job: BuildJob): Promise<PlanDraft> {
  const { manifest, root, report } = job
  const opener = sourceOpener(root, (file, done, total) =>
    report({ done, total, label: bilingual(`正在读取 ${file}`, `Reading ${file}`) }, file),
  )
  try {
    const found: FoundLayer[] = []
    for (const wanted of manifest.layers)
      for (const chosen of chooseLayers(wanted, await opener.open(wanted))) found.push({ chosen, ...layerCrs(manifest, chosen) })
    const crs = planCrs(manifest, found)
    const stored = await writeGpkg(job, found, crs)
    return describePlan(job, stored, crs)
  } finally {
    opener.close()
  }
}

async function writeGpkg(
  { manifest, root, gpkg, report }: BuildJob,
  found: readonly FoundLayer[],
  crs: string,
): Promise<StoredLayer[]> {
  const geos = await loadGeos()
  const hashes = sourceHashes(root, report)
  const writer = createGpkg(gpkg, gpkgCrs(crs))
  try {
    const stored: StoredLayer[] = []
    for (const [index, layer] of found.entries()) {
      const { wanted, source, kind } = layer.chosen
      const name = nameOf(layer.chosen)
      const label = bilingual(
        `正在导入“${name}”（${index + 1}/${found.length}）`,
        `Importing “${name}” (${index + 1} of ${found.length})`,
      )
      const table = freeTable(wanted.role, stored)
      const written = writeLayer(
        writer,
        {
          chosen: layer.chosen,
          from: layer.crs,
          to: crs,
          table,
          name,
          report: (done, total) => report({ done, total, label }, wanted.path),
        },
        geos,
      )
      if (!written) continue
      const record: GpkgLayerRecord = {
        ...{ role: wanted.role, table, name, kind, sha256: written.sha256, sourcePath: wanted.path },
        ...{ sourceSha256: hashes(wanted.path), sourceCrs: layer.crs, crs, encoding: wanted.encoding ?? source.encoding.value },
      }
      stored.push({ ...written, found: layer, record })
    }
    refuseEmptyLayers(manifest, stored)
    writer.finish(
      stored.map(({ record }) => record),
      stored.flatMap(({ repairs }) => repairs),
    )
    return stored
  } catch (error) {
    writer.abandon()
    throw isDiskFull(error) ? new AppError('import.disk-full', {}, { cause: error }) : error
  }
}

/** Each layer that the manifest asks for must have given at least one feature. */
function refuseEmptyLayers(manifest: Manifest, stored: readonly StoredLayer[]): void {
  for (const wanted of manifest.layers)
    if (!stored.some(({ found }) => found.chosen.wanted === wanted))
      throw new AppError('import.nothing-left', { file: wanted.path, layer: wanted.layer ?? null, cause: 'where' })
}

/** Totals, frame and extent, from the file as it was written: what the engine will read is what is summed here. */
function describePlan({ gpkg, report }: BuildJob, stored: readonly StoredLayer[], crs: string): PlanDraft {
  const frame = frameOf(
    crs,
    stored.map(({ box, record }) => ({ box, name: record.name })),
  )
  const label = bilingual('正在核算面积和长度', 'Measuring areas and lengths')
  const measured = stored.map(({ record, found, ...layer }, index) => {
    report({ done: index, total: stored.length, label }, record.sourcePath)
    const { wanted } = found.chosen
    const { kind, name, table, sha256 } = record
    const columns = columnsFromGpkg(gpkg, { role: wanted.role, name, kind, table, sha256 }, { crs, frame })
    const { sourcePath, sourceSha256: sourceHash, sourceCrs, encoding } = record
    return {
      extent: extentOf([columns]),
      layer: {
        ...{ role: wanted.role, name, kind, table, features: layer.features, sha256 },
        areaM2: kind === 'polygon' ? totalAreaM2(columns) : null,
        lengthM: kind === 'line' ? totalLengthM(columns) : null,
        ...{ sourcePath, sourceSha256: sourceHash, sourceCrs, crsReason: found.reason, encoding },
        ...{ notes: layer.notes, unknownClasses: layer.unknownClasses },
      },
    }
  })
  syncFile(gpkg)
  return {
    plan: {
      crs,
      frame,
      extent: [
        Math.min(...measured.map(({ extent }) => extent[0])),
        Math.min(...measured.map(({ extent }) => extent[1])),
        Math.max(...measured.map(({ extent }) => extent[2])),
        Math.max(...measured.map(({ extent }) => extent[3])),
      ],
      gpkgSha256: fileSha256(gpkg),
    },
    layers: measured.map(({ layer }) => layer),
  }
}

/** What people call the layer: its name in the container, or its file's. */
const nameOf = ({ wanted, source }: ChosenLayer): string =>
  wanted.layer ?? source.layer ?? path.basename(wanted.path, path.extname(wanted.path))

/** A table is named after its role; the second of a role ends in _2. */
function freeTable(role: string, stored: readonly StoredLayer[]): string {
  const same = stored.filter(({ record }) => record.role === role).length
  return same === 0 ? role : `${role}_${same + 1}`
}

/** Hash of each source, computed once, with progress: a big file takes seconds. */
function sourceHashes(root: SourceRoot, report: BuildJob['report']): (file: string) => string {
  const known = new Map<string, string>()
  return (file) => {
    let done = 0
    const label = bilingual(`正在校验 ${file}`, `Hashing ${file}`)
    const hash =
      known.get(file) ??
      sourceSha256(resolveSource(root, file), (bytes) => {
        done += bytes
        report({ done, total: 0, label }, file)
      })
    known.set(file, hash)
    return hash
  }
}

function syncFile(file: string): void {
  const descriptor = fs.openSync(file, 'r+')
  fs.fsyncSync(descriptor)
  fs.closeSync(descriptor)
}

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')
