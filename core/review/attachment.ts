import type { AttachmentId, FindingId, ReviewId } from '../model/ids.ts'

/** A file that proves something: kept in the catalogue under the hash of its bytes, named as it was handed in. */
export interface Attachment {
  id: AttachmentId
  reviewId: ReviewId
  /** What it belongs to; both null: the review as a whole. */
  item: string | null
  findingId: FindingId | null
  sha256: string
  name: string
  sizeBytes: number
  /** `snapshot`: a picture of the map made here; `file`: handed in. */
  kind: 'file' | 'snapshot'
  /** What it shows, in the reviewer's words. */
  caption: string
  by: string
  at: string
}
