import path from 'node:path'
import { makeTransform } from '#core/crs/crs.ts'
import { AppError } from '#core/errors.ts'
import { toFrame, type Frame, type PointMap } from '#core/geo/frame.ts'
import { RasterTally } from '#core/geo/raster-tally.ts'
import { rasterExtent } from '#core/geo/raster.ts'
import type { Manifest, ManifestLayer } from '#core/model/manifest.ts'
import type { Note, RasterFigures } from '#core/model/plan.ts'
import { isRasterRole, roleInfo } from '#core/model/roles.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
import type { StatFs } from '#db/filesystem.ts'
import { isFolder } from '../formats/folder.ts'
import { chooseGrid, gridsIn, mayHoldGrids } from '../formats/raster/raster-container.ts'
import { rasterFormatOf } from '../formats/raster/raster-formats.ts'
import type { RasterSource } from '../formats/raster/raster-format.ts'
import type { GpkgWriter } from '../store/gpkg-writer.ts'
import { toGeographic } from '../store/plan-to-frame.ts'
import { kindName } from './import-notes.ts'
import { localSource } from './local-copy.ts'
import { resolveSource, type SourceRoot } from './resolve-source.ts'
import { knownCrs, layerCrs } from './plan-crs.ts'

/** A grid that the manifest asks for, found and placed. */
export interface ChosenRaster {
  wanted: ManifestLayer
  source: RasterSource
  band: number
  name: string
  crs: string
  reason: Bilingual
}

export interface WrittenRaster {
  sha256: string
  tally: RasterTally
  notes: Note[]
}

/** Whether a line of the manifest means a grid. @throws AppError `import.wrong-kind` where its role and its file disagree. */
export function isRasterLayer(wanted: ManifestLayer, root: SourceRoot): boolean {
  const full = resolveSource(root, wanted.path)
  const wantsGrid = isRasterRole(wanted.role)
  if (mayHoldGrids(full, wanted.path)) return wantsGrid // its role says which of the files in it are meant
  const isGrid = !isFolder(full) && rasterFormatOf(full, wanted.path) !== undefined
  if (isGrid === wantsGrid) return isGrid
  const { title, kinds } = roleInfo(wanted.role)
  throw new AppError('import.wrong-kind', {
    file: wanted.path,
    layer: wanted.layer ?? null,
    role: title,
    wanted: wantsGrid ? kindName('raster') : kindName(kinds[0] ?? 'polygon'),
    found: isGrid ? kindName('raster') : bilingual('矢量要素或其他文件', 'features or another kind of file'),
  })
}

interface FoundGrid {
  source: RasterSource
  /** As the manifest writes it: a number from 1, or nothing. */
  band: string | null
  name: string
}

/** A grid on a share is read from a private copy, as everything else is. */
async function findGrid(original: string, wanted: ManifestLayer, statfs?: StatFs): Promise<FoundGrid> {
  const local = localSource(original, wanted.path, statfs)
  try {
    const found = await findLocalGrid(local.path, wanted)
    const { source } = found
    const close = (): void => {
      source.close()
      local.remove()
    }
    return { ...found, source: { ...source, strips: (of) => source.strips(of), close } }
  } catch (error) {
    local.remove()
    throw error
  }
}

async function findLocalGrid(full: string, { path: file, layer = null }: ManifestLayer): Promise<FoundGrid> {
  if (!mayHoldGrids(full, file)) {
    const source = await rasterFormatOf(full, file)?.open(full, { displayName: file })
    if (!source) throw new AppError('import.unknown-format', { file })
    return { source, band: layer, name: path.basename(file, path.extname(file)) }
  }
  const { grids, remove } = await gridsIn(full, file)
  try {
    const { grid, band } = chooseGrid(grids, layer, file)
    const source = await grid.format.open(grid.path, { displayName: `${file}/${grid.name}` })
    const close = (): void => {
      source.close()
      remove()
    }
    return { source: { ...source, strips: (of) => source.strips(of), close }, band, name: grid.name }
  } catch (error) {
    remove()
    throw error
  }
}

/** @throws AppError `import.*` with the file */
export async function openRaster(
  manifest: Manifest,
  wanted: ManifestLayer,
  root: SourceRoot,
  statfs?: StatFs,
): Promise<ChosenRaster> {
  const { source, band: written, name } = await findGrid(resolveSource(root, wanted.path), wanted, statfs)
  const band = written === null ? 1 : Number(written)
  if (!Number.isInteger(band) || band < 1 || band > source.bands) {
    source.close()
    throw new AppError('import.raster-band', { file: wanted.path, band: written ?? '', bands: source.bands })
  }
  const place = { layer: null, crs: source.crs, extent: rasterExtent(source.place) }
  return { wanted, source, band, name, ...layerCrs(manifest, { wanted, source: place }) }
}

/** Streams a grid into the plan's file, in its own cells and its own system: nothing is resampled. */
export async function writeRaster(
  gpkg: GpkgWriter,
  { wanted, source, band, name, crs }: ChosenRaster,
  job: { table: string; planCrs: string; report: (done: number, total: number) => void },
): Promise<WrittenRaster> {
  const { place } = source
  const tally = new RasterTally(place)
  const writer = gpkg.addRaster({ table: job.table, name, crs, place })
  for await (const { firstRow, values } of source.strips(band)) {
    job.report(firstRow, place.rows)
    tally.add(values, firstRow)
    writer.add(values)
  }
  const { sha256 } = writer.finish()
  if (tally.cells === 0) throw new AppError('import.raster-empty', { file: wanted.path })
  return { sha256, tally, notes: [...source.notes, ...(crs === job.planCrs ? [] : [ownCrsNote(crs, job.planCrs)])] }
}

const ownCrsNote = (crs: string, planCrs: string): Note => ({
  severity: 'info',
  code: 'raster.own-crs',
  params: { crs, planCrs },
  text: bilingual(
    `栅格保留自身坐标系 ${crs}（方案为 ${planCrs}），未重采样。`,
    `The grid keeps its own system ${crs} (the plan's is ${planCrs}); it was not resampled.`,
  ),
})

/**
 * A grid's system → metres of the plan's frame.
 * @throws AppError `import.datum-shift-needs-parameters`, `import.local-plane` where the two cannot be brought together
 */
export function gridToFrame(crs: string, planCrs: string, frame: Frame): PointMap {
  const project = toFrame(frame)
  const base = knownCrs(planCrs).base ?? planCrs
  const toEarth =
    crs === planCrs
      ? toGeographic(crs)
      : crs === base
        ? (x: number, y: number): [number, number] => [x, y]
        : makeTransform(crs, base)
  return (x, y) => project(...toEarth(x, y))
}

/** What the catalogue keeps of a grid. */
export function figuresOf({ source: { place }, crs }: ChosenRaster, { tally }: WrittenRaster): RasterFigures {
  const { columns, rows, cellX, cellY } = place
  const { noDataShare, min, max, mean } = tally
  return { columns, rows, cellX, cellY, crs, noDataShare, min, max, mean }
}

const short = (value: number): string => String(Number(value.toPrecision(6)))

/** The grid in one sentence, for the memo's list of sources. */
export const figuresNote = (figures: RasterFigures): Note => {
  const { columns, rows, noDataShare, min, max, mean } = figures
  const empty = `${(noDataShare * 100).toFixed(1)}%`
  return {
    severity: 'info',
    code: 'raster.figures',
    params: { ...figures },
    text: bilingual(
      `格网 ${columns} × ${rows}，空值占 ${empty}，数值 ${short(min)} 至 ${short(max)}，平均 ${short(mean)}。`,
      `Grid of ${columns} × ${rows} cells, ${empty} without a value; values ${short(min)} to ${short(max)}, mean ${short(mean)}.`,
    ),
  }
}
