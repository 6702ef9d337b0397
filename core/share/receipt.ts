import type { Bilingual } from '../text.ts'
import type { SharedEntity, SharedOp } from './operation.ts'

/** What came of one package or memo. Every operation in it is either new or was there: `dropped` is counted, never assumed. */
export interface ReceiptPart {
  fileName: string
  sha256: string
  /** Who made the package, when. */
  by: string
  at: string
  in: number
  merged: number
  already: number
  dropped: number
}

/** The record of one merge. It is kept for as long as the merge stands. */
export interface MergeReceipt {
  id: string
  planIds: string[]
  parts: ReceiptPart[]
  /** Sums over the parts. */
  in: number
  merged: number
  already: number
  dropped: number
  /** Conflicts on these plans after the merge that nobody has decided. */
  conflicts: number
  /** Things that came to be, were changed or were removed here, by kind. */
  changed: Partial<Record<SharedEntity, { made: number; changed: number; removed: number }>>
  by: string
  at: string
}

/** An operation of somebody else, kept word for word under the merge that brought it. */
export interface MergedOperation {
  id: string
  mergeId: string
  planId: string
  op: SharedOp
}

export const ENTITY_WORDS: Readonly<Record<SharedEntity, Bilingual>> = {
  plan: { zh: '规划方案', en: 'Plans' },
  layer: { zh: '图层', en: 'Layers' },
  round: { zh: '审查轮次', en: 'Rounds' },
  review: { zh: '评审', en: 'Reviews' },
  item_entry: { zh: '评分与理由', en: 'Decisions' },
  finding: { zh: '审查意见', en: 'Findings' },
  remark: { zh: '答复与状态', en: 'Replies and steps' },
  attachment: { zh: '附件', en: 'Attachments' },
  option: { zh: '比选方案', en: 'Options' },
  option_edit: { zh: '方案调整', en: 'Steps of options' },
  resolution: { zh: '冲突处理', en: 'Settled conflicts' },
}
