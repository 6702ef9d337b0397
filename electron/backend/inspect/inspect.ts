import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Progress } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { together } from '#core/intake/together.ts'
import type { InspectedFile, InspectedLayer, Inspection, LayerChoice, LayerPlace } from '#core/model/inspection.ts'
import type { Manifest } from '#core/model/manifest.ts'
import { bilingual } from '#core/text.ts'
import { filesBelow, isFolder, isGeodatabase } from '../formats/folder.ts'
import type { Format } from '../formats/format.ts'
import { formatOf, formats } from '../formats/index.ts'
import { gridsIn } from '../formats/raster/raster-container.ts'
import type { RasterFormat } from '../formats/raster/raster-format.ts'
import { rasterFormatOf } from '../formats/raster/raster-formats.ts'
import { fileError, readHead } from '../formats/read-file.ts'
import { localSource } from '../import/local-copy.ts'
import { inspectSheet, sheetKindOf } from '../sheets/inspect-sheet.ts'
import { inspectLayer } from './inspect-layer.ts'
import { inspectRaster } from './inspect-raster.ts'
import { looksLikeDatumShift, looksLikeManifest, readManifest } from './manifest-file.ts'

/** Told while files are read: what is being done, and which file it is. */
export type InspectReport = (progress: Progress, file: string | null) => void

export interface InspectOptions {
  choices?: readonly LayerChoice[]
  only?: readonly string[]
  /** Layers of the files that are left alone, as they were told before. */
  beside?: readonly LayerPlace[]
}

/** Formats that planners have and Greenprint does not read: worth a word when found in a folder. */
const UNREAD = new Set(['.mdb', '.dgn', '.rar', '.7z'])

/** Parts of a shapefile set, or what tells where a grid lies: read through the .shp or the grid beside them. */
const PARTS = new Set(['.tfw', '.dbf', '.shx', '.prj', '.qpj', '.cpg', '.sbn', '.sbx', '.qix', '.qmd', '.xml'])

interface Candidate {
  path: string
  shown: string
  /** True when a person named this very file: then an unknown format is an error and not something to pass over. */
  chosen: boolean
}

/** Path relative to the root, with "/" on every system; a file outside it is known by its name alone. */
function shownPath(root: string, file: string): string {
  const relative = path.relative(root, file).split(path.sep).join('/')
  return relative === '' || relative.startsWith('../') || path.isAbsolute(relative) ? path.basename(file) : relative
}

const belowFolder = (folder: string, root: string): Candidate[] =>
  filesBelow(folder).map((member) => ({ path: member.path, shown: shownPath(root, member.path), chosen: false }))

function candidatesOf(paths: readonly string[], root: string): { candidates: Candidate[]; failed: InspectedFile[] } {
  const candidates = new Map<string, Candidate>()
  const failed: InspectedFile[] = []
  for (const file of paths) {
    const shown = shownPath(root, file)
    try {
      const found = isFolder(file) && !isGeodatabase(file) ? belowFolder(file, root) : [{ path: file, shown, chosen: true }]
      for (const candidate of found)
        if (!candidates.has(candidate.path) || candidate.chosen) candidates.set(candidate.path, candidate)
    } catch (error) {
      failed.push(failedFile(shown, 0, error))
    }
  }
  return { candidates: [...candidates.values()].filter(({ path: file }) => !isPart(file, candidates)), failed }
}

function isPart(file: string, chosen: ReadonlyMap<string, Candidate>): boolean {
  const extension = path.extname(file).toLowerCase()
  const stem = file.replace(/(\.shp)?\.[^.]*$/i, '') // roads.dbf, and roads.shp.xml
  const wholes = PARTS.has(extension) ? ['.shp', '.asc', '.tif', '.tiff'] : sidecarsOf(extension)
  return wholes.some((whole) => chosen.has(`${stem}${whole}`) || chosen.has(`${stem}${whole.toUpperCase()}`))
}

/** Extensions of the files that are read together with files of this one. */
const sidecarsOf = (extension: string): string[] =>
  formats.filter(({ sidecars = [] }) => sidecars.includes(extension)).flatMap(({ extensions }) => [...extensions])

/** A bad file is an entry with its reason; anything that is not an expected failure is a bug and goes on. */
function failedFile(shown: string, sizeBytes: number, error: unknown): InspectedFile {
  if (!(error instanceof AppError)) throw error
  const { code, params } = error.toWire()
  return { path: shown, sizeBytes, layers: [], error: { code, params } }
}

async function inspectFile(
  { path: file, shown, chosen }: Candidate,
  report: (done: number, total: number) => void,
  choices: readonly LayerChoice[],
): Promise<InspectedFile | null> {
  let sizeBytes = 0
  try {
    sizeBytes = sizeOf(file, shown)
    const extension = path.extname(file).toLowerCase()
    const grid = isGeodatabase(file) ? undefined : rasterFormatOf(file, shown)
    if (grid) {
      const local = localSource(file, shown)
      try {
        return { path: shown, sizeBytes, ...(await gridOrSheet(grid, { file: local.path, shown }, choices)), error: null }
      } finally {
        local.remove()
      }
    }
    const format = formatOf(file, shown)
    if (!format) {
      if (chosen && sheetKindOf(readHead(file, shown)) !== undefined)
        return { path: shown, sizeBytes, layers: [], sheet: await inspectSheet(file, shown), error: null }
      if (!chosen && !UNREAD.has(extension)) return null
      throw new AppError('import.unknown-format', { file: shown })
    }
    const local = localSource(file, shown)
    try {
      const grids = format.id === 'zip' ? await gridLayers(local.path, shown, choices) : []
      const layers = await layersOf(format, { file: local.path, shown }, report, choices).catch((error: unknown) => {
        if (grids.length > 0 && error instanceof AppError && error.code === 'import.no-layers') return []
        throw error
      })
      return { path: shown, sizeBytes, layers: [...layers, ...grids], error: null }
    } finally {
      local.remove()
    }
  } catch (error) {
    return failedFile(shown, sizeBytes, error)
  }
}

/** Grids inside an archive are layers of it, beside those of features. */
async function gridLayers(file: string, shown: string, choices: readonly LayerChoice[]): Promise<InspectedLayer[]> {
  const { grids, remove } = await gridsIn(file, shown)
  try {
    const layers: InspectedLayer[] = []
    for (const { name, path: member, format } of grids)
      layers.push(await inspectRaster(format, { file: member, shown, layer: name }, choices))
    return layers
  } finally {
    remove()
  }
}

/** A TIFF without a place is no grid that could be measured, but it may be a scanned sheet. */
async function gridOrSheet(
  grid: RasterFormat,
  { file, shown }: { file: string; shown: string },
  choices: readonly LayerChoice[],
): Promise<Pick<InspectedFile, 'layers' | 'sheet'>> {
  try {
    return { layers: [await inspectRaster(grid, { file, shown }, choices)] }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'import.raster-no-place') throw error
    const sheet = await inspectSheet(file, shown).catch((unreadable: unknown) => {
      // Figures without a place: that it has none is what must be mended.
      throw unreadable instanceof AppError ? error : unreadable
    })
    return { layers: [], sheet }
  }
}

/** A layer is read in the encoding that was chosen for it: the file is opened once for each. */
async function layersOf(
  format: Format,
  { file, shown }: { file: string; shown: string },
  report: (done: number, total: number) => void,
  choices: readonly LayerChoice[],
): Promise<InspectedLayer[]> {
  const own = choices.filter(({ path: of }) => of === shown)
  const choiceFor = (layer: string | null) => own.find((choice) => choice.layer === layer)
  const encodings = [...new Set<string | null>([null, ...own.map(({ encoding }) => encoding ?? null)])]
  const geos = await loadGeos()
  let layers: InspectedLayer[] = []
  for (const encoding of encodings) {
    const source = await format.open(file, { encoding, report, displayName: shown })
    try {
      layers = source.layers.map((layer, index) => {
        const choice = choiceFor(layer.layer)
        const isItsEncoding = (choice?.encoding ?? null) === encoding
        const before = layers[index]
        return before !== undefined && !isItsEncoding
          ? before
          : inspectLayer(layer, shown, format.id, geos, isItsEncoding ? choice : undefined)
      })
    } finally {
      source.close()
    }
  }
  return layers
}

function sizeOf(file: string, shown: string): number {
  try {
    const stat = statSync(file)
    if (!stat.isDirectory()) return stat.size
    return readdirSync(file).reduce((sum, name) => sum + statSync(path.join(file, name)).size, 0)
  } catch (error) {
    throw fileError(error, shown)
  }
}

function manifestOf({ path: file, shown }: Candidate): { manifest: Manifest | null; entry: InspectedFile } | null {
  try {
    if (path.extname(file).toLowerCase() !== '.json') return null
    // A file of datum-shift parameters: known, and not looked into.
    if (looksLikeDatumShift(file, shown))
      return { manifest: null, entry: { path: shown, sizeBytes: sizeOf(file, shown), layers: [], error: null } }
    if (!looksLikeManifest(file, shown)) return null
    const manifest = readManifest(file, shown)
    return { manifest, entry: { path: shown, sizeBytes: sizeOf(file, shown), layers: [], error: null } }
  } catch (error) {
    return { manifest: null, entry: failedFile(shown, 0, error) }
  }
}

/**
 * What files hold: layers with counts, kinds, CRS, encoding, role and fields, each choice with its reason; and the manifest
 * among them when there is exactly one and it is valid. Imports nothing. Folders are searched; a file that cannot be read
 * carries its error and hides no other. Paths are told relative to `root`. With `choices` layers are told as they would be read
 * with them; `only` (paths as told) leaves the other files alone, of which `beside` says where they lie.
 */
export async function inspectPaths(
  paths: readonly string[],
  root: string,
  report: InspectReport = () => undefined,
  { choices = [], only, beside = [] }: InspectOptions = {},
): Promise<Inspection> {
  const { candidates: all, failed } = candidatesOf(paths, root)
  const candidates = only === undefined ? all : all.filter(({ shown }) => only.includes(shown))
  const files = [...failed]
  const manifests: { manifest: Manifest; entry: InspectedFile }[] = []
  for (const [index, candidate] of candidates.entries()) {
    const label = bilingual(`正在读取 ${candidate.shown}`, `Reading ${candidate.shown}`)
    const tell = (done: number, total: number): void =>
      report({ done: index + Math.min(0.99, total > 0 ? done / total : 0), total: candidates.length, label }, candidate.shown)
    tell(0, 1)
    const found = manifestOf(candidate)
    if (found?.manifest) manifests.push({ manifest: found.manifest, entry: found.entry })
    const entry = found?.entry ?? (await inspectFile(candidate, tell, choices))
    if (entry) files.push(entry)
  }
  if (manifests.length > 1) for (const { entry } of manifests) entry.error = ambiguous(entry, manifests)
  const sole = manifests.length === 1 ? (manifests[0]?.manifest ?? null) : null
  return { files: seenTogether(files, sole, path.basename(root), beside), manifest: sole }
}

/** Two manifests that both hold: which is meant is a person's to say. */
const ambiguous = ({ path: file }: InspectedFile, all: readonly { entry: InspectedFile }[]): InspectedFile['error'] => ({
  code: 'import.manifest-ambiguous',
  params: { file, others: all.map(({ entry }) => entry.path).filter((other) => other !== file) },
})

/** Layers are judged against each other and against the city that the plan's name states. */
function seenTogether(
  files: readonly InspectedFile[],
  manifest: Manifest | null,
  folder: string,
  beside: readonly LayerPlace[],
): InspectedFile[] {
  const name = manifest === null ? null : [manifest.name, manifest.nameZh, manifest.city?.name].join(' ')
  const judged = together(
    files.flatMap(({ layers }) => layers),
    name,
    folder,
    beside,
  )
  let at = 0
  return files.map((file) => ({ ...file, layers: judged.slice(at, (at += file.layers.length)) }))
}
