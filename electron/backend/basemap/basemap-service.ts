import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { BasemapInfo, BasemapTile } from '#core/contract/basemap.ts'
import type { Input, Settings } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { FileToken, PlanId } from '#core/model/ids.ts'
import type { Plan } from '#core/model/plan.ts'
import { bilingual } from '#core/text.ts'
import type { FileTokens } from '../backend.ts'
import { killableReader, type ReaderDependencies } from './killable-reader.ts'
import type { BasemapRequest } from './messages.ts'
import type { ArchiveFacts } from './tile-archive.ts'

interface BasemapDependencies extends ReaderDependencies {
  /** `basemaps/` of the catalogue. */
  dir: string
  planOf: (planId: PlanId) => Pick<Plan, 'crs' | 'frame'>
  tokens: Pick<FileTokens, 'paths'>
  settings: { get: () => Settings; set: (patch: Partial<Settings>) => void }
}

export interface BasemapService {
  get(): BasemapInfo | null
  choose(files: FileToken): Promise<BasemapInfo>
  fade(opacity: number): BasemapInfo | null
  remove(): void
  tile(basemapId: string, z: number, x: number, y: number): Promise<BasemapTile | null>
  square(input: Input<'basemap.square'>): Promise<BasemapTile | null>
  /** The same square as red, green, blue, alpha, from every kind of basemap. @throws AppError `basemap.not-printable` */
  cells(input: Input<'basemap.square'>): Promise<Uint8Array | null>
  close(): void
}

const MEMORY_MB = 2048
const LIMIT_MB = 8000
const MB = 2 ** 20
/** Opening checks every page of the file, or thins out a large picture; tiles wait for those asked before them. */
const PATIENCE_MS = { open: 600_000, tile: 60_000 }
const SIDECARS = ['.tfw', '.tifw', '.wld', '.prj']
const MOST_SIDECAR_BYTES = 2 ** 20
const FIRST_OPACITY = 0.6

/** The picture under the plans: one file of tiles or one GeoTIFF, copied into the catalogue and read by its own killable process. */
export function createBasemapService(deps: BasemapDependencies): BasemapService {
  const reader = killableReader<BasemapRequest>('basemap-process', MEMORY_MB, deps)
  const at = (name: string): string => path.join(deps.dir, name)
  const get = (): BasemapInfo | null => deps.settings.get().basemap ?? null
  const kept = ({ id, kind, name }: BasemapInfo) => ({ file: at(`${id}.${kind}`), shown: name, thinFile: at(`${id}.thin`) })
  const forget = (id: string): void => {
    for (const name of fs.existsSync(deps.dir) ? fs.readdirSync(deps.dir) : []) if (name.startsWith(id)) fs.rmSync(at(name))
  }

  const squareAs = async (ask: 'square' | 'cells', { basemapId, planId, ...place }: Input<'basemap.square'>) => {
    const info = get()
    const { frame, crs } = deps.planOf(planId)
    if (info?.id !== basemapId || frame.kind !== 'equal-area') return null
    return reader.ask({ ask, ...kept(info), square: { ...place, frame, planCrs: crs } }, PATIENCE_MS.tile)
  }

  const remove = (): void => {
    const before = get()
    if (!before) return
    deps.settings.set({ basemap: null })
    reader.stop()
    forget(before.id)
  }
  return {
    get,
    async choose(files) {
      const { source, shown, sizeBytes } = sourceOf(deps.tokens.paths(files))
      fs.mkdirSync(deps.dir, { recursive: true })
      const id = randomUUID()
      const copy = at(`${id}.part`)
      try {
        await fs.promises.copyFile(source, copy)
        for (const [ending, sidecar] of sidecarsOf(source)) fs.copyFileSync(sidecar, at(`${id}${ending}`))
        const facts = (await reader.ask(
          { ask: 'open', file: copy, shown, thinFile: at(`${id}.thin`) },
          PATIENCE_MS.open,
        )) as ArchiveFacts
        const info: BasemapInfo = { id, name: shown.replace(/\.[^.]*$/, ''), sizeBytes, opacity: FIRST_OPACITY, ...facts }
        remove()
        reader.stop()
        fs.renameSync(copy, kept(info).file)
        deps.settings.set({ basemap: info })
        return info
      } catch (error) {
        reader.stop()
        forget(id)
        throw error
      }
    },
    fade(opacity) {
      const before = get()
      if (before) deps.settings.set({ basemap: { ...before, opacity } })
      return get()
    },
    remove,
    async tile(basemapId, z, x, y) {
      const info = get()
      if (info?.id !== basemapId) return null
      return (await reader.ask({ ask: 'tile', ...kept(info), z, x, y }, PATIENCE_MS.tile)) as BasemapTile | null
    },
    square: async (input) => (await squareAs('square', input)) as BasemapTile | null,
    cells: async (input) => (await squareAs('cells', input)) as Uint8Array | null,
    close: () => reader.stop(),
  }
}

/** The one basemap among chosen files: beside a GeoTIFF its world file and its .prj may be chosen too. */
function sourceOf(chosen: readonly string[] | undefined): { source: string; shown: string; sizeBytes: number } {
  const mains = (chosen ?? []).filter((file) => !SIDECARS.includes(path.extname(file).toLowerCase()))
  const [source] = mains
  if (chosen === undefined || chosen.length === 0) throw new AppError('import.files-gone', {})
  const shown = path.basename(source ?? chosen[0] ?? '')
  if (source === undefined || mains.length > 1 || !fs.statSync(source).isFile())
    throw new AppError('basemap.unreadable', { file: shown, problem: bilingual('请只选择一个文件', 'choose one file only') })
  const sizeBytes = fs.statSync(source).size
  if (sizeBytes > LIMIT_MB * MB)
    throw new AppError('import.file-too-large', { file: shown, sizeMb: Math.ceil(sizeBytes / MB), limitMb: LIMIT_MB })
  return { source, shown, sizeBytes }
}

/** Small files beside a picture that say where it lies: by lower-case ending, where they are. */
function sidecarsOf(source: string): [ending: string, file: string][] {
  const stem = source.slice(0, source.length - path.extname(source).length)
  return SIDECARS.flatMap((ending): [string, string][] => {
    const file = [ending, ending.toUpperCase()].map((one) => stem + one).find((one) => fs.existsSync(one))
    return file !== undefined && fs.statSync(file).size <= MOST_SIDECAR_BYTES ? [[ending, file]] : []
  })
}
