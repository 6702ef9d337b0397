import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import type { BasemapInfo, BasemapTile } from '#core/contract/basemap.ts'
import type { Settings } from '#core/contract/procedures.ts'
import { AppError, fromWire } from '#core/errors.ts'
import type { FileToken } from '#core/model/ids.ts'
import { bilingual } from '#core/text.ts'
import type { FileTokens } from '../backend.ts'
import type { ChildProcessHandle, LaunchChild } from '../child.ts'
import type { Log } from '../log.ts'
import type { BasemapReply, BasemapRequest } from './messages.ts'
import type { ArchiveFacts } from './tile-archive.ts'

interface BasemapDependencies {
  /** `basemaps/` of the catalogue. */
  dir: string
  tempDir: string
  launchChild: LaunchChild
  tokens: Pick<FileTokens, 'paths'>
  settings: { get: () => Settings; set: (patch: Partial<Settings>) => void }
  log: Pick<Log, 'bug'>
}

export interface BasemapService {
  get(): BasemapInfo | null
  choose(files: FileToken): Promise<BasemapInfo>
  fade(opacity: number): BasemapInfo | null
  remove(): void
  tile(basemapId: string, z: number, x: number, y: number): Promise<BasemapTile | null>
  close(): void
}

type Ask<T> = T extends BasemapRequest ? Omit<T, 'id' | 'stagingDir'> : never
const MEMORY_MB = 1024
const LIMIT_MB = 8000
const MB = 2 ** 20
/** Opening checks every page of the file; a tile is a look-up. */
const PATIENCE_MS = { open: 600_000, tile: 15_000 }
const FIRST_OPACITY = 0.6

/** The picture under the plans: one file of tiles, copied into the catalogue and read by its own killable process. */
export function createBasemapService(deps: BasemapDependencies): BasemapService {
  const reader = basemapReader(deps)
  const fileOf = ({ id, kind }: Pick<BasemapInfo, 'id' | 'kind'>): string => path.join(deps.dir, `${id}.${kind}`)
  const get = (): BasemapInfo | null => deps.settings.get().basemap ?? null

  const remove = (): void => {
    const before = get()
    if (!before) return
    deps.settings.set({ basemap: null })
    reader.stop()
    fs.rmSync(fileOf(before), { force: true })
  }
  return {
    get,
    async choose(files) {
      const chosen = deps.tokens.paths(files)
      const [source] = chosen ?? []
      if (chosen === undefined || source === undefined) throw new AppError('import.files-gone', {})
      const shown = path.basename(source)
      if (chosen.length > 1 || !fs.statSync(source).isFile())
        throw new AppError('basemap.unreadable', { file: shown, problem: bilingual('请只选择一个文件', 'choose one file only') })
      const sizeBytes = fs.statSync(source).size
      if (sizeBytes > LIMIT_MB * MB)
        throw new AppError('import.file-too-large', { file: shown, sizeMb: Math.ceil(sizeBytes / MB), limitMb: LIMIT_MB })
      fs.mkdirSync(deps.dir, { recursive: true })
      const id = randomUUID()
      const copy = path.join(deps.dir, `${id}.part`)
      try {
        await fs.promises.copyFile(source, copy)
        const facts = (await reader.ask({ ask: 'open', file: copy, shown })) as ArchiveFacts
        const info: BasemapInfo = { id, name: shown.replace(/\.[^.]*$/, ''), sizeBytes, opacity: FIRST_OPACITY, ...facts }
        remove()
        reader.stop()
        fs.renameSync(copy, fileOf(info))
        deps.settings.set({ basemap: info })
        return info
      } catch (error) {
        reader.stop()
        throw error
      } finally {
        fs.rmSync(copy, { force: true })
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
      return (await reader.ask({ ask: 'tile', file: fileOf(info), shown: info.name, z, x, y })) as BasemapTile | null
    },
    close: () => reader.stop(),
  }
}

/** The process, started when first asked; it is ended when it keeps silent, and what waited for it fails. */
function basemapReader({ launchChild, tempDir, log }: BasemapDependencies) {
  let child: ChildProcessHandle | null = null
  let lastId = 0
  let stagingDir = ''
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()

  function stop(): void {
    child?.kill()
    child = null
    if (stagingDir !== '') fs.rmSync(stagingDir, { recursive: true, force: true, maxRetries: 5 })
    const broken = new AppError('import.reader-crashed', { file: null })
    for (const call of waiting.values()) call.reject(broken)
    waiting.clear()
  }
  function start(): ChildProcessHandle {
    stagingDir = path.join(tempDir, `basemap-${randomUUID()}`)
    fs.mkdirSync(stagingDir, { recursive: true, mode: 0o700 })
    const started = launchChild('basemap-process', { memoryMb: MEMORY_MB })
    started.onExit(() => {
      if (child === started) stop()
    })
    started.onMessage((message) => {
      const reply = message as BasemapReply
      const call = waiting.get(reply.id)
      waiting.delete(reply.id)
      if ('value' in reply) call?.resolve(reply.value)
      else if ('refused' in reply) call?.reject(fromWire(reply.refused))
      else {
        log.bug(new Error(reply.failed), 'basemap.tile')
        call?.reject(new AppError('import.reader-crashed', { file: null }))
      }
    })
    return started
  }
  return {
    stop,
    async ask(request: Ask<BasemapRequest>): Promise<unknown> {
      child ??= start()
      const id = ++lastId
      const answer = Promise.withResolvers<unknown>()
      waiting.set(id, answer)
      child.post({ ...request, id, stagingDir })
      const overdue = setTimeout(stop, PATIENCE_MS[request.ask])
      try {
        return await answer.promise
      } finally {
        clearTimeout(overdue)
      }
    },
  }
}
