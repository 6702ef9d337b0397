import * as z from 'zod'
import type { WireError } from '../errors.ts'
import type { FileToken, PlanId } from '../model/ids.ts'
import type { MergeReceipt } from '../share/receipt.ts'
import type { ExportedFile } from './exported-file.ts'
import { id, procedure } from './procedure.ts'
import type { ReplyReceipt } from './reply-procedures.ts'
import type { PackageView } from './share-procedures.ts'

/**
 * What is known of a file: `waiting` until it is the same at two looks, `new` when it was found sound, `taken` and `dismissed` by what a
 * person did with these bytes, `locked` while it needs a passphrase, `refused` with the reason, `outside` for a link that leads out of the
 * folder, `large` for what is not read unasked.
 */
export const INBOX_STATES = ['waiting', 'new', 'taken', 'dismissed', 'locked', 'refused', 'outside', 'large'] as const
export type InboxFileState = (typeof INBOX_STATES)[number]

export interface InboxFile {
  /** Of its name. */
  id: string
  name: string
  sizeBytes: number
  modifiedAt: string
  state: InboxFileState
  /** By its content, never by its name. */
  kind: 'package' | 'memo' | 'reply' | null
  view?: PackageView
  /** Answers of an applicant. */
  reply?: { plan: string; by: string; ready: number; isHere: boolean }
  problem?: WireError
}

/** Whether the folder can be looked at. */
export type InboxState = 'none' | 'ready' | 'gone' | 'not-a-folder' | 'unreadable'

export interface InboxView {
  state: InboxState
  /** The folder's own name; the screen never learns the path. */
  folder: string | null
  /** Nothing can be put aside in it. */
  isReadOnly: boolean
  files: InboxFile[]
  /** Files that carry no review. */
  others: number
  /** Files beyond the number that is looked at. */
  left: number
  /** How many wait for a person. */
  fresh: number
  lookedAt: string | null
  outboxes: { id: string; name: string; isThere: boolean }[]
}

const fileIds = z
  .array(z.string().regex(/^[0-9a-f]{32}$/))
  .min(1)
  .max(5000)
const passphrase = z.string().min(1).max(1000).nullable()
/** Another folder than the chosen one, looked at once. */
const folder = id<FileToken>().optional()

/** A folder that others put packages, memos and answers into. Nothing is brought in, moved or written without being asked for. */
export const inboxProcedures = {
  'inbox.get': procedure(z.strictObject({})).returns<InboxView>(),
  /** Looks again at once; at another folder with two looks, one shortly after the other. */
  'inbox.look': procedure(z.strictObject({ folder })).returns<InboxView>(),
  /** Chooses the folder, or none. */
  'inbox.choose': procedure(z.strictObject({ folder: id<FileToken>().nullable() })).returns<InboxView>(),
  /** Merges the named packages and memos as one step; null: all that are new and sound. */
  'inbox.merge': procedure(z.strictObject({ fileIds: fileIds.nullable(), passphrase, folder })).returns<MergeReceipt>(),
  /** Brings in the answers of one file. */
  'inbox.bringReply': procedure(z.strictObject({ fileId: z.string().regex(/^[0-9a-f]{32}$/) })).returns<ReplyReceipt>(),
  /** Says of files that they are not wanted, or that they are after all; the files stay. */
  'inbox.dismiss': procedure(z.strictObject({ fileIds, dismissed: z.boolean() })).returns<InboxView>(),
  /** Moves files into the folder `done` inside the folder. */
  'inbox.archive': procedure(z.strictObject({ fileIds })).returns<InboxView>(),
  /** Remembers the folder of another office. */
  'inbox.addOutbox': procedure(
    z.strictObject({ name: z.string().trim().min(1).max(80), folder: id<FileToken>() }),
  ).returns<InboxView>(),
  'inbox.removeOutbox': procedure(z.strictObject({ outboxId: id<string>() })).returns<InboxView>(),
  /** Writes a package into the folder of another office, whole or not at all, over no other file. */
  'inbox.send': procedure(
    z.strictObject({ planId: id<PlanId>(), withPlan: z.boolean(), passphrase, outboxId: id<string>() }),
  ).returns<ExportedFile>(),
}
