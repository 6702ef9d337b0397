import type { ReadMemo, MemoSource } from '#core/library/reading.ts'
import { MEMO_SOURCES } from '#core/library/reading.ts'
import type { LibraryMemoId } from '#core/model/ids.ts'
import type { Actor } from './actor.ts'
import { auditedWith } from './audited.ts'
import type { ActDeps } from './acts.ts'
import { inboxWriter, type InboxPlaces, type SeenState } from './inbox.ts'
import { libraryId, libraryWriter } from './library.ts'

/** A file of an inbox and what became of it. */
export interface SeenFile {
  sha256: string
  fileName: string
  state: SeenState
}

/** What is kept of other offices' files: audited, and no step of the history, because no review here changes by it. */
export function libraryActs({ db, audit, transact, clock }: ActDeps) {
  const library = libraryWriter(db)
  const inbox = inboxWriter(db)

  const audited = auditedWith({ audit, transact })

  return {
    /** Takes the memos of one file in; of bytes that are known already only the stronger source is noted. Returns how many are new. */
    addToLibrary(memos: readonly ReadMemo[], source: MemoSource, actor: Actor): number {
      const [first] = memos
      if (first === undefined) return 0
      const known = library.ofFile(first.sha256)
      const fresh = memos.filter((memo) => !known.some((one) => one.id === libraryId(memo) && !one.head.problem))
      if (fresh.length === 0) {
        raiseSource([first.sha256], source)
        return 0
      }
      const at = clock().toISOString()
      const detail = { fileSha256: first.sha256, memos: fresh.length, source }
      audited({ actor, action: 'library.added', object: libraryId(first), detail }, () => {
        for (const memo of fresh) library.put({ memo, source, by: actor.name, at })
      })
      return fresh.length
    },

    raiseSource,

    /** The files themselves stay where they are. Returns how many there were. */
    removeFromLibrary(ids: readonly LibraryMemoId[], actor: Actor): number {
      const [only] = ids
      const object = ids.length === 1 && only !== undefined ? only : null
      return audited(
        { actor, action: 'library.removed', object, detail: { memos: ids.length } },
        () => ids.filter((id) => library.remove(id)).length,
      )
    },

    /** Where files come in and go; the log tells that it changed, never a path. */
    setInboxPlaces(places: InboxPlaces, actor: Actor): void {
      const detail = { hasFolder: places.folder !== null, outboxes: places.outboxes.length }
      audited({ actor, action: 'inbox.placed', detail }, () => inbox.setPlaces(places))
    },

    /** Remembers by their hashes what was shown and taken. */
    markSeen(files: readonly SeenFile[]): void {
      const known = inbox.seen()
      const changed = files.filter(({ sha256, state }) => known.get(sha256) !== state)
      if (changed.length === 0) return
      const at = clock().toISOString()
      transact(
        () => changed.forEach(({ sha256, fileName, state }) => inbox.mark(sha256, fileName, state, at)),
        () => changed.every(({ sha256, state }) => inbox.seen().get(sha256) === state),
      )
    },
  }

  /** Notes that files which were only looked at have since been brought in or sent. */
  function raiseSource(sha256s: readonly string[], source: MemoSource): void {
    const rank = (one: MemoSource) => MEMO_SOURCES.indexOf(one)
    const weaker = sha256s.filter((sha256) => library.ofFile(sha256).some((one) => rank(one.source) < rank(source)))
    if (weaker.length === 0) return
    transact(
      () => weaker.forEach((sha256) => library.setSource(sha256, source)),
      () => weaker.every((sha256) => library.ofFile(sha256).every((one) => one.source === source)),
    )
  }
}
