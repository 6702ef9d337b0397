import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import { shortNames, type Member } from '../container.ts'
import { filesBelow, isFolder, isGeodatabase } from '../folder.ts'
import { readHead } from '../read-file.ts'
import { unpack } from '../unpack.ts'
import type { RasterFormat } from './raster-format.ts'
import { rasterFormatOf, rasterFormats } from './raster-formats.ts'

/** A grid inside a folder or an archive. */
export interface MemberGrid {
  /** How a manifest's `layer` names it; a band other than the first is added as "#2". */
  name: string
  path: string
  format: RasterFormat
}

export interface MemberGrids {
  grids: MemberGrid[]
  /** Deletes what was unpacked. */
  remove: () => void
}

/** What tells where a grid lies or how big its cells are, beside it. */
const BESIDE = ['.prj', '.tfw', '.tifw', '.tiffw']
const wanted = new Set([...rasterFormats.flatMap(({ extensions }) => [...extensions]), ...BESIDE])

const isZip = (file: string, shown: string): boolean =>
  path.extname(file).toLowerCase() === '.zip' || readHead(file, shown, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]))

/** True for what may hold several files: a folder that is no geodatabase, or a zip. @throws AppError `import.file-missing` */
export const mayHoldGrids = (file: string, shown: string): boolean => (isFolder(file) ? !isGeodatabase(file) : isZip(file, shown))

function gridsOf(members: readonly Member[]): MemberGrid[] {
  const found = members.flatMap((member) => {
    const format = rasterFormatOf(member.path, member.name)
    return format ? [{ member, format }] : []
  })
  const nameOf = shortNames(found.map(({ member }) => member))
  return found.map(({ member, format }) => ({ name: nameOf(member), path: member.path, format }))
}

/** The grids of a folder or a zip; those of a zip are unpacked. @throws AppError `import.archive-refused`, `import.limit` */
export async function gridsIn(file: string, shown: string): Promise<MemberGrids> {
  if (isFolder(file)) return { grids: gridsOf(filesBelow(file)), remove: () => undefined }
  const folder = mkdtempSync(path.join(tmpdir(), 'greenprint-grids-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    const { entries } = await unpack(file, shown, folder, (name) => wanted.has(path.posix.extname(name).toLowerCase()))
    return { grids: gridsOf(entries), remove }
  } catch (error) {
    remove()
    throw error
  }
}

const BAND = /^(.*)#(\d{1,4})$/

/**
 * The grid that a manifest's `layer` names inside a folder or a zip, and its band; without a name the only one there is.
 * @throws AppError `import.layer-missing`, `import.layer-ambiguous`, `import.no-layers`
 */
export function chooseGrid(
  grids: readonly MemberGrid[],
  layer: string | null,
  file: string,
): { grid: MemberGrid; band: string | null } {
  const [first, second] = grids
  if (!first) throw new AppError('import.no-layers', { file })
  const found = grids.map(({ name }) => name)
  if (layer === null) {
    if (second) throw new AppError('import.layer-ambiguous', { file, layers: found })
    return { grid: first, band: null }
  }
  const whole = grids.find(({ name }) => name === layer)
  if (whole) return { grid: whole, band: null }
  const [, name, band = null] = BAND.exec(layer) ?? []
  const grid = grids.find((candidate) => candidate.name === name)
  if (!grid) throw new AppError('import.layer-missing', { file, layer, found })
  return { grid, band }
}
