import type { inboxProcedures } from '#core/contract/inbox-procedures.ts'
import type { libraryProcedures } from '#core/contract/library-procedures.ts'
import type { Handlers } from '#core/contract/procedures.ts'
import type { InboxService } from '../inbox/inbox-service.ts'
import type { MemoDesk } from '../memo-desk.ts'
import type { MergeReceipt } from '#core/share/receipt.ts'
import type { ShareService } from '../share/share-service.ts'
import type { LibraryService } from './library-service.ts'

type LibraryNames = keyof typeof libraryProcedures | keyof typeof inboxProcedures

interface Desks {
  library: LibraryService
  inbox: InboxService
}

/** Library and inbox, one line per procedure. @param toldAll says that anything may have changed */
export const libraryHandlers = ({ library, inbox }: Desks, toldAll: <T>(value: T) => T): Pick<Handlers, LibraryNames> => ({
  'library.list': (input) => library.list(input),
  'library.get': ({ memoId }) => library.get(memoId),
  'library.add': (input, call) => library.add(input, call),
  'library.remove': ({ memoIds }) => library.remove(memoIds),
  'library.statistics': (input) => library.statistics(input),
  'inbox.get': () => inbox.get(),
  'inbox.look': (input, call) => inbox.look(input, call),
  'inbox.choose': ({ folder }) => inbox.choose(folder),
  'inbox.merge': async (input, call) => toldAll(await inbox.merge(input, call)),
  'inbox.bringReply': async ({ fileId }, call) => toldAll(await inbox.bringReply(fileId, call)),
  'inbox.dismiss': (input) => inbox.dismiss(input),
  'inbox.archive': ({ fileIds }, call) => inbox.archive(fileIds, call),
  'inbox.addOutbox': (input) => inbox.addOutbox(input),
  'inbox.removeOutbox': ({ outboxId }) => inbox.removeOutbox(outboxId),
  'inbox.send': async (input, call) => toldAll(await inbox.send(input, call)),
})

/** A merge whose files the library then knows as received. */
export const notedShares = (shares: ShareService, library: LibraryService): ShareService => {
  const noted = (receipt: MergeReceipt): void => library.received(receipt.parts.map(({ sha256 }) => sha256))
  return {
    ...shares,
    async merge(input, call) {
      const receipt = await shares.merge(input, call)
      noted(receipt)
      return receipt
    },
    async prepare(input, call) {
      const { merge, note } = await shares.prepare(input, call)
      return { merge, note: (receipt) => (note(receipt), noted(receipt)) }
    },
  }
}

/** Memos that leave, which the library then knows as exported. */
export const notedMemos = (memos: MemoDesk, library: LibraryService): MemoDesk => ({
  ...memos,
  async export(input, call) {
    const file = await memos.export(input, call)
    library.exported(input, file, await memos.result(input.reviewId))
    return file
  },
})
