import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { InboxFile } from '#core/contract/inbox-procedures.ts'
import type { CancelSignal } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { SeenState } from '#db/inbox.ts'
import { without } from '#core/without.ts'
import { hashOfFile } from '../share/package-writer.ts'
import { carriesNothing, isFree, lookInto, type Look, type SeenEntry } from './scan.ts'

/** What a file holds, by its content. */
export type Judgement = Pick<InboxFile, 'kind' | 'view' | 'reply' | 'problem'> & { isOther?: true }

interface Watched {
  sizeBytes: number
  modifiedMs: number
  /** Looks at which it was the same. */
  looks: number
  isOther: boolean | null
  sha256: string | null
  judged: Judgement | null
}

export interface WatchDependencies {
  folder: string
  judge: (file: string, signal: CancelSignal) => Promise<Judgement>
  seen: () => ReadonlyMap<string, SeenState>
  /** Told whenever something that is shown has changed. */
  changed: () => void
}

/** A file that a person may do something with. */
export interface KnownFile {
  file: string
  name: string
  sha256: string
  shown: InboxFile
}

/** Larger files are not read without being asked for. */
const MOST_UNASKED_BYTES = 2 * 2 ** 30
/** A file is taken to be whole when this many looks found it the same. */
const STABLE_LOOKS = 2
const LOCKED = ['share.passphrase-needed', 'share.wrong-passphrase']
const TELL_EVERY = 20

export const fileIdOf = (name: string): string => createHash('sha256').update(name, 'utf8').digest('hex').slice(0, 32)

/** One folder, looked at again and again. Each look compares; only what is new and holds still is opened, by the package process. */
export function watchFolder({ folder, judge, seen, changed }: WatchDependencies) {
  const files = new Map<string, Watched>()
  let last: Look = { state: 'ready', isReadOnly: false, entries: [], others: 0, left: 0 }
  let told = ''
  let running: Promise<boolean> | null = null

  const watched = (entry: SeenEntry): Watched | undefined => files.get(entry.name)
  const isSame = (entry: SeenEntry, known: Watched): boolean =>
    known.sizeBytes === entry.sizeBytes && known.modifiedMs === entry.modifiedMs

  async function isOther(entry: SeenEntry): Promise<boolean> {
    const known = watched(entry)
    if (known?.isOther !== null && known !== undefined && isSame(entry, known)) return known.isOther
    return carriesNothing(entry)
  }

  /** Remembers what this look saw. */
  async function notice(entry: SeenEntry): Promise<void> {
    const known = watched(entry)
    if (known !== undefined && isSame(entry, known)) known.looks += 1
    else {
      const { sizeBytes, modifiedMs } = entry
      files.set(entry.name, { sizeBytes, modifiedMs, looks: 1, isOther: null, sha256: null, judged: null })
    }
  }

  /** Opens what holds still; what changes meanwhile waits again. */
  async function settle(entry: SeenEntry, signal: CancelSignal): Promise<void> {
    const known = watched(entry)
    if (known === undefined || entry.isOutside || known.judged !== null || known.looks < STABLE_LOOKS) return
    if (entry.sizeBytes > MOST_UNASKED_BYTES || entry.sizeBytes === 0) return
    try {
      if (!(await isFree(entry.file))) return
      const sha256 = await hashOfFile(entry.file)
      const judged = await judge(entry.file, signal)
      const now = await stat(entry.file)
      if (now.size !== known.sizeBytes || now.mtimeMs !== known.modifiedMs) known.looks = 0
      else Object.assign(known, { sha256, judged, isOther: judged.isOther ?? false } satisfies Partial<Watched>)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException | null)?.code ?? ''
      if (code === 'ENOENT') files.delete(entry.name)
      else if (/^E[A-Z]+$/.test(code))
        known.judged = { kind: null, problem: new AppError('share.unreadable', { file: entry.name }, { cause: error }).toWire() }
      else throw error
    }
  }

  function stateOf(entry: SeenEntry): Pick<InboxFile, 'state' | 'kind' | 'view' | 'reply' | 'problem'> {
    const known = watched(entry)
    if (entry.isOutside) return { state: 'outside', kind: null }
    if (entry.sizeBytes > MOST_UNASKED_BYTES) return { state: 'large', kind: null }
    if (!known?.judged) return { state: 'waiting', kind: null }
    const judged = without(known.judged, 'isOther')
    const before = known.sha256 === null ? undefined : seen().get(known.sha256)
    if (before === 'taken' || before === 'dismissed') return { ...judged, state: before }
    if (judged.problem) return { ...judged, state: LOCKED.includes(judged.problem.code) ? 'locked' : 'refused' }
    return { ...judged, state: 'new' }
  }

  const shown = (): InboxFile[] =>
    last.entries
      .filter((entry) => watched(entry)?.isOther !== true)
      .map((entry) => ({
        id: fileIdOf(entry.name),
        name: entry.name,
        sizeBytes: entry.sizeBytes,
        modifiedAt: new Date(entry.modifiedMs).toISOString(),
        ...stateOf(entry),
      }))

  const tell = (): boolean => {
    const now = JSON.stringify([
      last.state,
      last.isReadOnly,
      last.others,
      last.left,
      shown().map((file) => without(file, 'view')),
    ])
    if (now === told) return false
    told = now
    changed()
    return true
  }

  async function look(signal: CancelSignal): Promise<boolean> {
    last = await lookInto(folder, isOther)
    const there = new Set(last.entries.map(({ name }) => name))
    for (const name of files.keys()) if (!there.has(name)) files.delete(name)
    for (const entry of last.entries) await notice(entry)
    let isChanged = tell()
    for (const [at, entry] of last.entries.entries()) {
      if (signal.aborted) break
      await settle(entry, signal)
      if (at % TELL_EVERY === 0) isChanged = tell() || isChanged
    }
    return tell() || isChanged
  }

  return {
    /** Looks once; a look that is under way is waited for instead. Answers whether anything was different. */
    look: (signal: CancelSignal): Promise<boolean> => (running ??= look(signal).finally(() => (running = null))),
    /** Says again how things stand, after a person did something. */
    tell,
    view: () => ({
      state: last.state,
      isReadOnly: last.isReadOnly,
      files: shown(),
      others: last.others + [...files.values()].filter((file) => file.isOther === true).length,
      left: last.left,
    }),
    /** Whether some file has not yet been the same at two looks. */
    isWaiting: (): boolean => shown().some(({ state }) => state === 'waiting'),
    /** Files whose bytes are known. */
    known: (): KnownFile[] => {
      const byId = new Map(shown().map((file) => [file.id, file]))
      return last.entries.flatMap((entry) => {
        const sha256 = watched(entry)?.sha256 ?? null
        const one = byId.get(fileIdOf(entry.name))
        return sha256 === null || one === undefined ? [] : [{ file: entry.file, name: entry.name, sha256, shown: one }]
      })
    },
  }
}

export type FolderWatch = ReturnType<typeof watchFolder>
