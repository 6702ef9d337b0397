import { fromWire } from '../errors.ts'
import type { FindingId, PlanId } from '../model/ids.ts'
import type { MergeReceipt } from '../share/receipt.ts'
import { bilingual } from '../text.ts'
import type { Handlers } from './procedures.ts'
import type { ConflictView, PackageView, shareProcedures } from './share-procedures.ts'

const WHEN = '2026-03-02T08:00:00.000Z'
const PLAN = 'plan-1' as PlanId
const MERGE = 'a0000000-0000-4000-8000-000000000001'
const entry = { item: 'A04', notApplicable: false, document: null, page: null, at: WHEN }
const counts = { operations: 124, reviews: 1, findings: 12, decisions: 40, attachments: 2 }
const part = {
  fileName: '周岚.greenprint',
  sha256: 'b'.repeat(64),
  by: '周岚',
  at: WHEN,
  in: 124,
  merged: 31,
  already: 93,
  dropped: 0,
}

const PACKAGES: PackageView[] = [
  {
    fileName: part.fileName,
    sizeBytes: 48_213,
    isEncrypted: false,
    content: {
      sha256: part.sha256,
      engine: { name: 'greenprint', version: '0.1.0' },
      made: { by: '周岚', office: '', at: WHEN },
      plans: [
        {
          id: PLAN,
          name: 'Qinglan 2035',
          nameZh: '青岚市国土空间总体规划',
          gpkgSha256: 'c'.repeat(64),
          isKnown: true,
          hasData: false,
        },
      ],
      checklists: [
        { id: 'green-low-carbon', version: '1.0.0', title: bilingual('绿色低碳空间格局', 'Green and low-carbon layout') },
      ],
      counts,
      fresh: 31,
    },
  },
  {
    fileName: '审查意见书.pdf',
    sizeBytes: 912_450,
    isEncrypted: false,
    memo: {
      reviewer: '郭晚',
      seal: 'd'.repeat(64),
      total: 71.25,
      opinion: bilingual('修改后通过', 'Approved after changes'),
      findings: [
        { id: 'finding-12' as FindingId, number: 12, severity: 'must', item: 'A04', text: '绿楔在环路处断开，应补齐。' },
        { id: 'finding-13' as FindingId, number: 13, severity: 'note', item: null, text: '图例中缺少河道一项。' },
      ],
    },
  },
  {
    fileName: '许诚.greenprint',
    sizeBytes: 0,
    isEncrypted: true,
    problem: { code: 'share.passphrase-needed', params: { file: '许诚.greenprint' } },
  },
]

const RECEIPT: MergeReceipt = {
  id: MERGE,
  planIds: [PLAN],
  parts: [part],
  in: 124,
  merged: 31,
  already: 93,
  dropped: 0,
  conflicts: 1,
  changed: { finding: { made: 3, changed: 1, removed: 0 }, item_entry: { made: 2, changed: 1, removed: 0 } },
  by: '评审员',
  at: WHEN,
}

const CONFLICT: ConflictView = {
  id: 'item_entry review-1/A04 *',
  planId: PLAN,
  entity: 'item_entry',
  entityId: 'review-1/A04',
  member: '*',
  name: 'A04',
  sides: [
    { opId: 'op-1', by: '周岚', office: '', at: WHEN, value: { ...entry, level: 1, reason: '现场只见一处入口', by: '周岚' } },
    { opId: 'op-2', by: '林青', office: '', at: WHEN, value: { ...entry, level: 3, reason: '图纸标注三处入口', by: '林青' } },
  ],
}

/** Answers about packages, for hosts and screens that need a backend but no catalogue. */
export const sampleShare: Pick<Handlers, keyof typeof shareProcedures> = {
  'share.export': () => ({ fileName: 'review.greenprint', sizeBytes: 48_213, sha256: 'b'.repeat(64), download: null }),
  'share.look': () => PACKAGES,
  'share.merge': () => RECEIPT,
  'share.asRound': ({ planId }) => ({
    planId,
    reviewId: null,
    how: 'by-layer',
    carried: 2,
    already: 0,
    lost: [{ number: 12, text: '绿楔在环路处断开。', places: ['green #4'] }],
  }),
  'share.receipts': () => [RECEIPT],
  'share.conflicts': () => [CONFLICT],
  'share.resolve': ({ conflictId }) => {
    if (conflictId !== CONFLICT.id) throw fromWire({ code: 'share.no-such-conflict', params: {} })
    return []
  },
}

/** What the procedures of packages must refuse. */
export const BAD_SHARE: Record<keyof typeof shareProcedures, unknown[]> = {
  'share.export': [
    { planId: '', withPlan: true, passphrase: null, target: null },
    { planId: 'p', withPlan: 'yes', passphrase: null, target: null },
    { planId: 'p', withPlan: true, passphrase: '', target: null },
    { planId: 'p', withPlan: true, passphrase: null, target: '/tmp/x'.repeat(20) },
  ],
  'share.look': [{ files: '', passphrase: null }, { files: 'f' }, { path: '/etc/passwd', passphrase: null }],
  'share.merge': [
    { files: 'f', passphrase: '' },
    { files: ['f'], passphrase: null },
  ],
  'share.asRound': [
    { files: 'f', passphrase: null },
    { files: 'f', passphrase: null, planId: '' },
  ],
  'share.receipts': ['receipts'],
  'share.conflicts': [{}, { planId: '' }],
  'share.resolve': [
    { planId: 'p', conflictId: '', side: 's' },
    { planId: 'p', conflictId: 'c' },
  ],
}
