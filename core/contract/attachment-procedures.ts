import * as z from 'zod'
import type { AttachmentId, FileToken, FindingId, ReviewId } from '../model/ids.ts'
import type { Attachment } from '../review/attachment.ts'
import type { ExportedFile } from './exported-file.ts'
import { id, procedure } from './procedure.ts'

/** A picture of the map that the screen made: at most what a 4K window holds. */
const MOST_SNAPSHOT_BYTES = 32 * 2 ** 20

const place = z.strictObject({
  reviewId: id<ReviewId>(),
  /** What it belongs to; both null: the review as a whole. */
  item: z.string().min(1).max(10).nullable(),
  findingId: id<FindingId>().nullable(),
  caption: z.string().trim().max(400),
})

/** A file's bytes, in pieces that one message carries. */
export interface AttachmentBytes {
  bytes: Uint8Array
  totalBytes: number
}

/** Files and pictures that prove something; kept in the catalogue by the hash of their bytes. */
export const attachmentProcedures = {
  'attachments.list': procedure(z.strictObject({ reviewId: id<ReviewId>() })).returns<Attachment[]>(),
  /** Copies chosen files into the catalogue; folders are refused. */
  'attachments.add': procedure(place.extend({ files: id<FileToken>() })).returns<Attachment[]>(),
  /** Keeps a PNG of the map as it was seen. */
  'attachments.addSnapshot': procedure(
    place.extend({ png: z.instanceof(Uint8Array).refine(({ length }) => length > 8 && length <= MOST_SNAPSHOT_BYTES) }),
  ).returns<Attachment>(),
  'attachments.remove': procedure(z.strictObject({ attachmentId: id<AttachmentId>() })).returns<void>(),
  'attachments.bytes': procedure(
    z.strictObject({ attachmentId: id<AttachmentId>(), offset: z.number().int().min(0) }),
  ).returns<AttachmentBytes>(),
  /** Hands the file out as it was handed in, under the name that it had. */
  'attachments.save': procedure(
    z.strictObject({
      attachmentId: id<AttachmentId>(),
      lang: z.enum(['zh', 'en']),
      /** A save token from the host's dialog; null lets the host offer a download. */
      target: id<FileToken>().nullable(),
    }),
  ).returns<ExportedFile>(),
}
