import { randomUUID } from 'node:crypto'
import { statSync, watch, type FSWatcher } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { InboxView } from '#core/contract/inbox-procedures.ts'
import type { ExportedFile } from '#core/contract/exported-file.ts'
import type { CallContext, Input } from '#core/contract/procedures.ts'
import type { ReplyReceipt } from '#core/contract/reply-procedures.ts'
import { AppError } from '#core/errors.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { MergeReceipt } from '#core/share/receipt.ts'
import type { Actor } from '#db/actor.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { FileTokens } from '../backend.ts'
import { exportName } from '../export-name.ts'
import type { Log } from '../log.ts'
import type { ReplyService } from '../reply/reply-service.ts'
import type { ShareService } from '../share/share-service.ts'
import { hashOfFile } from '../share/package-writer.ts'
import { watchFolder, type FolderWatch, type KnownFile } from './folder-watch.ts'
import { judgeFile } from './judge.ts'
import { putAside, putInto } from './put-aside.ts'

export interface InboxService {
  get(): InboxView
  look(input: Input<'inbox.look'>, call: CallContext): Promise<InboxView>
  /** @throws AppError 'inbox.not-a-folder' */
  choose(folder: FileToken | null): InboxView
  /** @throws AppError 'inbox.nothing', 'inbox.changed', 'inbox.no-folder', 'share.*'; then nothing is merged */
  merge(input: Input<'inbox.merge'>, call: CallContext): Promise<MergeReceipt>
  bringReply(fileId: string, call: CallContext): Promise<ReplyReceipt>
  dismiss(input: Input<'inbox.dismiss'>): InboxView
  /** @throws AppError 'inbox.cannot-write', 'inbox.no-folder' */
  archive(fileIds: readonly string[], call: CallContext): Promise<InboxView>
  addOutbox(input: Input<'inbox.addOutbox'>): InboxView
  removeOutbox(outboxId: string): InboxView
  send(input: Input<'inbox.send'>, call: CallContext): Promise<ExportedFile>
  close(): void
}

interface Dependencies {
  catalogue: Catalogue
  /** Where what is brought in goes through. */
  shares: ShareService
  replies: ReplyService
  /** Looks without the library taking note. */
  lookers: Pick<ShareService, 'look'>
  tokens: FileTokens
  tempDir: string
  actor: () => Actor
  log: Pick<Log, 'bug'>
  changed: () => void
  /** Between two looks while something changes; for tests. */
  everyMs?: number
}

const EVERY_MS = 1500
const SLOWEST_MS = 60_000
const SLOWER = 1.6
/** Between the two looks at a folder that is looked at once. */
const BETWEEN_MS = 700
const DONE_WITH = ['taken', 'dismissed'] as const

/** The folder that others put files into, looked at while the program runs; and the folders of others. */
export function createInboxService(desk: Dependencies): InboxService {
  const { catalogue, tokens, actor } = desk
  const everyMs = desk.everyMs ?? EVERY_MS
  const stop = new AbortController()
  let current: { folder: string; watch: FolderWatch } | null = null
  let hint: FSWatcher | null = null
  let timer: NodeJS.Timeout | undefined
  let waitMs = everyMs
  let lookedAt: string | null = null

  const watching = (folder: string, changed: () => void): FolderWatch =>
    watchFolder({
      folder,
      judge: (file, signal) => judgeFile({ shares: desk.lookers, replies: desk.replies, tokens }, file, signal),
      seen: () => catalogue.inbox.seen(),
      changed,
    })

  function viewOf(watch: FolderWatch | null, folder: string | null): InboxView {
    const seen = watch?.view()
    const outboxes = catalogue.inbox.places().outboxes.map(({ id, name, folder: at }) => ({
      id,
      name,
      isThere: statSync(at, { throwIfNoEntry: false })?.isDirectory() ?? false,
    }))
    return {
      state: seen?.state ?? 'none',
      folder: folder === null ? null : path.basename(folder),
      isReadOnly: seen?.isReadOnly ?? false,
      files: seen?.files ?? [],
      others: seen?.others ?? 0,
      left: seen?.left ?? 0,
      fresh: seen?.files.filter(({ state }) => state === 'new' || state === 'locked').length ?? 0,
      lookedAt,
      outboxes,
    }
  }
  const view = (): InboxView => viewOf(current?.watch ?? null, current?.folder ?? null)

  /** Again after a while: soon after something changed, seldom where nothing does or the folder is gone. */
  function later(): void {
    clearTimeout(timer)
    if (current === null || stop.signal.aborted) return
    timer = setTimeout(() => void lookAgain(), waitMs)
    timer.unref()
  }
  async function lookAgain(): Promise<void> {
    const at = current
    if (at === null) return
    try {
      const isChanged = await at.watch.look(stop.signal)
      if (at !== current || stop.signal.aborted) return
      lookedAt = new Date().toISOString()
      waitMs = isChanged || at.watch.isWaiting() ? everyMs : Math.min(SLOWEST_MS, waitMs * SLOWER)
      listen(at.folder)
    } catch (error) {
      if (stop.signal.aborted) return
      desk.log.bug(error, 'inbox')
      waitMs = SLOWEST_MS
    }
    later()
  }
  /** Events only make the next look come sooner: shares give none, and none says that a file is whole. */
  function listen(folder: string): void {
    if (hint !== null) return
    try {
      hint = watch(folder, { persistent: false }, () => {
        waitMs = everyMs
        later()
      })
      hint.on('error', unlisten)
    } catch {
      // A folder without events is looked at all the same.
      hint = null
    }
  }
  function unlisten(): void {
    hint?.close()
    hint = null
  }
  function begin(folder: string | null): void {
    unlisten()
    lookedAt = null
    waitMs = everyMs
    current = folder === null ? null : { folder, watch: watching(folder, desk.changed) }
    if (current !== null) void lookAgain()
  }

  const folderOf = (token: FileToken): string => {
    const [folder, ...more] = tokens.paths(token) ?? []
    const isFolder =
      folder !== undefined && more.length === 0 && statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true
    // What a browser sent is a copy in this program's own folder: nobody else could put anything into it.
    if (!isFolder || folder.startsWith(desk.tempDir + path.sep))
      throw new AppError('inbox.not-a-folder', { folder: path.basename(folder ?? '') })
    return folder
  }

  /** The chosen folder, or another one that is looked at twice and then no more. */
  async function standing(token: FileToken | undefined, call: CallContext): Promise<{ folder: string; watch: FolderWatch }> {
    if (token === undefined) {
      if (current === null) throw new AppError('inbox.no-folder', {})
      await current.watch.look(call.signal)
      lookedAt = new Date().toISOString()
      return current
    }
    const folder = folderOf(token)
    const once = watching(folder, () => undefined)
    await once.look(call.signal)
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS))
    await once.look(call.signal)
    return { folder, watch: once }
  }

  const chosen = (watch: FolderWatch, fileIds: readonly string[] | null): KnownFile[] => {
    const wanted = fileIds && new Set(fileIds)
    return watch
      .known()
      .filter(
        ({ shown: { id, state, kind } }) =>
          (wanted ? wanted.has(id) : state === 'new') && (kind === 'package' || kind === 'memo'),
      )
      .filter(({ shown: { state } }) => state !== 'refused')
  }

  /** What was judged must be what is brought in. */
  async function assertUnchanged(files: readonly KnownFile[]): Promise<void> {
    for (const { file, name, sha256 } of files)
      if ((await stat(file).catch(() => null)) === null || (await hashOfFile(file)) !== sha256)
        throw new AppError('inbox.changed', { file: name })
  }

  const marked = (files: readonly KnownFile[], state: 'taken' | 'dismissed' | 'seen'): InboxView => {
    catalogue.commands.markSeen(files.map(({ sha256, name }) => ({ sha256, fileName: name, state })))
    if (current?.watch.tell() === false) desk.changed()
    return view()
  }

  begin(catalogue.inbox.places().folder)

  return {
    get: view,
    async look({ folder }, call) {
      if (folder === undefined && current === null) return view()
      const { watch, folder: at } = await standing(folder, call)
      return folder === undefined ? view() : viewOf(watch, at)
    },
    choose(token) {
      const folder = token === null ? null : folderOf(token)
      catalogue.commands.setInboxPlaces({ ...catalogue.inbox.places(), folder }, actor())
      begin(folder)
      return view()
    },
    async merge({ fileIds, passphrase, folder }, call) {
      const { watch } = await standing(folder, call)
      const files = chosen(watch, fileIds)
      if (files.length === 0) throw new AppError('inbox.nothing', {})
      await assertUnchanged(files)
      const token = tokens.registerFiles(files.map(({ file }) => file))
      try {
        const receipt = await desk.shares.merge({ files: token, passphrase }, call)
        marked(files, 'taken')
        return receipt
      } finally {
        tokens.forget(token)
      }
    },
    async bringReply(fileId, call) {
      const { watch } = await standing(undefined, call)
      const files = watch.known().filter(({ shown }) => shown.id === fileId && shown.kind === 'reply')
      const [file] = files
      if (file === undefined) throw new AppError('inbox.nothing', {})
      await assertUnchanged(files)
      const token = tokens.registerFiles([file.file])
      try {
        const receipt = await desk.replies.bring({ files: token, keys: null }, call)
        marked(files, 'taken')
        return receipt
      } finally {
        tokens.forget(token)
      }
    },
    dismiss({ fileIds, dismissed }) {
      const wanted = new Set(fileIds)
      const files = (current?.watch.known() ?? []).filter(({ shown }) => wanted.has(shown.id))
      return marked(files, dismissed ? 'dismissed' : 'seen')
    },
    async archive(fileIds, call) {
      if (current === null) throw new AppError('inbox.no-folder', {})
      const { watch, folder } = current
      const wanted = new Set(fileIds)
      // Only what is done with: a file that nobody has dealt with is not put out of sight.
      const files = watch.known().filter(({ shown }) => wanted.has(shown.id) && DONE_WITH.some((state) => state === shown.state))
      for (const { name } of files) await putAside(folder, name)
      await watch.look(call.signal)
      const detail = { files: files.length }
      if (files.length > 0) catalogue.audit.record({ actor: actor(), action: 'inbox.archived', detail })
      return view()
    },
    addOutbox({ name, folder }) {
      const places = catalogue.inbox.places()
      const outboxes = [...places.outboxes, { id: randomUUID(), name, folder: folderOf(folder) }]
      catalogue.commands.setInboxPlaces({ ...places, outboxes }, actor())
      return view()
    },
    removeOutbox(outboxId) {
      const places = catalogue.inbox.places()
      const outboxes = places.outboxes.filter(({ id }) => id !== outboxId)
      catalogue.commands.setInboxPlaces({ ...places, outboxes }, actor())
      return view()
    },
    async send({ outboxId, planId, withPlan, passphrase }, call) {
      const box = catalogue.inbox.places().outboxes.find(({ id }) => id === outboxId)
      if (box === undefined) throw new AppError('inbox.no-folder', {})
      const plan = catalogue.plans.get(planId)
      const name = exportName(plan.nameZh ?? plan.name, 'review.greenprint')
      const { fileName, value } = await putInto(box.folder, name, (file) =>
        desk.shares.export({ planId, withPlan, passphrase, target: tokens.registerSave(file) }, call),
      )
      return { ...value, fileName }
    },
    close() {
      stop.abort()
      clearTimeout(timer)
      unlisten()
    },
  }
}
