import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { isCustomCode } from '#core/crs/custom.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import type { Layer, Plan, VectorLayer } from '#core/model/plan.ts'
import type { Log } from '../log.ts'
import { readColumnsFile, writeColumnsFile, type CachedColumns } from './columns-file.ts'
import { columnsFromGpkg } from './gpkg-columns.ts'

export interface LayerFiles {
  /** The plan's GeoPackage. */
  gpkg: string
  /** Folder of rebuildable copies; created when missing. */
  cacheDir: string
  /** Told when a copy was damaged or could not be written: it costs time, never data. */
  log?: Pick<Log, 'write'>
}

export type LayerSource = Pick<VectorLayer, 'role' | 'name' | 'kind' | 'table' | 'sha256'>
type AnyLayer = Pick<Layer, keyof LayerSource>

const isVectorSource = (layer: AnyLayer): layer is LayerSource => layer.kind !== 'raster'

/**
 * The cache file of a layer's content in a frame. The content's hash names a system without a code by a short number only, which
 * another system may have too: there the whole system is part of the name.
 */
export function columnsFile(cacheDir: string, sha256: string, { crs, frame }: Pick<Plan, 'crs' | 'frame'>): string {
  const place = JSON.stringify(isCustomCode(crs) ? [frame, crs] : frame)
  return path.join(cacheDir, `${sha256}-${createHash('sha256').update(place).digest('hex').slice(0, 16)}.columns`)
}

/**
 * A layer as the engine reads it, in shared memory: from the cache, or from the GeoPackage (and then cached). Attributes
 * are named as `core/model/roles.ts` names them; attributes that the source did not have are absent. A grid has no columns:
 * `loadRaster` reads it.
 */
export function loadLayerColumns(files: LayerFiles, layer: AnyLayer, plan: Pick<Plan, 'crs' | 'frame'>): LayerColumns {
  if (!isVectorSource(layer)) throw new TypeError(`the layer ${layer.name} is a grid and has no columns`)
  const file = columnsFile(files.cacheDir, layer.sha256, plan)
  const head = { role: layer.role, name: layer.name, kind: layer.kind, frame: plan.frame, sha256: layer.sha256 }
  const cached = readCache(file, files)
  if (cached) return { ...head, ...cached }
  const columns = columnsFromGpkg(files.gpkg, layer, plan)
  writeCache(file, columns, files)
  return columns
}

function readCache(file: string, { log }: LayerFiles): CachedColumns | undefined {
  try {
    return readColumnsFile(file)
  } catch (error) {
    log?.write('warn', 'columns-cache.damaged', { ref: path.basename(file, '.columns'), code: reasonCode(error) })
    return undefined
  }
}

/** A full disk or a read-only folder must not stop an analysis. */
function writeCache(file: string, columns: LayerColumns, { cacheDir, log }: LayerFiles): void {
  try {
    fs.mkdirSync(cacheDir, { recursive: true })
    writeColumnsFile(file, columns)
  } catch (error) {
    log?.write('warn', 'columns-cache.not-written', { ref: path.basename(file, '.columns'), code: reasonCode(error) })
  }
}

const reasonCode = (error: unknown): string =>
  error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.name) : typeof error
