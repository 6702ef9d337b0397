import type { Checklist } from '../checklist/schema.ts'
import type { Attachment } from '../review/attachment.ts'
import type { attachmentProcedures } from './attachment-procedures.ts'
import type { officeProcedures } from './office-procedures.ts'
import type { AttachmentId, FindingId, OptionEditId, OptionId, RemarkId, ReviewId } from '../model/ids.ts'
import type { Finding, Remark } from '../review/finding.ts'
import type { PlanOption } from '../review/option.ts'
import type { ReviewView } from '../review/review.ts'
import { bilingual } from '../text.ts'
import type { findingProcedures } from './finding-procedures.ts'
import type { findingTableProcedures } from './finding-table-procedures.ts'
import type { optionProcedures, OptionView } from './option-procedures.ts'
import type { panelProcedures } from './panel-procedures.ts'
import { samplePanel } from './sample-panel.ts'
import type { pastProcedures } from './past-procedures.ts'
import type { Handlers } from './procedures.ts'

const WHEN = '2026-03-01T08:00:00.000Z'

export const sampleFinding: Finding = {
  id: 'finding-1' as FindingId,
  reviewId: 'review-1' as ReviewId,
  number: 1,
  item: 'A04',
  severity: 'must',
  text: '西北片区缺少 500 米可达的公园。',
  action: '补充两处社区公园。',
  evidence: [{ layer: 'green', fid: 7 }],
  withdrawn: false,
  by: '评审员',
  at: WHEN,
}

const REMARK: Remark = { id: 'remark-1' as RemarkId, findingId: sampleFinding.id, text: '已补充', by: '评审员', at: WHEN }

const ATTACHMENT: Attachment = {
  id: 'attachment-1' as AttachmentId,
  reviewId: sampleFinding.reviewId,
  item: 'A04',
  findingId: null,
  sha256: 'a'.repeat(64),
  name: '现场照片.jpg',
  sizeBytes: 3,
  kind: 'file',
  caption: '',
  by: '评审员',
  at: WHEN,
}

const OPTION: PlanOption = {
  id: 'option-1' as OptionId,
  reviewId: sampleFinding.reviewId,
  letter: 'A',
  name: '加宽西楔',
  recommended: null,
  by: '评审员',
  at: WHEN,
}

const optionView = ({ result: { total, coverage, opinion, ...rest } }: ReviewView): OptionView => ({
  option: OPTION,
  steps: [{ id: 'step-1' as OptionEditId, position: 1, title: bilingual('改为公园绿地', 'To park'), by: '评审员', at: WHEN }],
  result: { ...rest, total, coverage, opinion },
  base: { total, coverage, opinion },
  deltas: [{ item: 'A04', before: { level: 1, value: 10.2 }, after: { level: 2, value: 12.4 }, isWaiting: false }],
  waiting: ['N03'],
  ms: 41,
})

type ReviewAnswers = Pick<
  Handlers,
  | keyof typeof findingProcedures
  | keyof typeof findingTableProcedures
  | keyof typeof panelProcedures
  | keyof typeof optionProcedures
  | keyof typeof pastProcedures
  | keyof typeof attachmentProcedures
  | keyof typeof officeProcedures
  | 'memo.planSize'
>

/** Answers about findings, panels and options, for hosts and screens that need a backend but no catalogue. */
export const sampleReview = (view: ReviewView, checklist: Checklist): ReviewAnswers => ({
  'findings.add': (input) => ({ ...sampleFinding, text: input.text, severity: input.severity }),
  'findings.update': () => sampleFinding,
  'findings.withdraw': () => [{ ...sampleFinding, withdrawn: true }],
  'findings.move': ({ to }) => [to === 'open' ? sampleFinding : { ...sampleFinding, status: to }],
  'findings.patch': () => [sampleFinding],
  'findings.reply': ({ text }) => ({ ...REMARK, text }),
  'findings.thread': () => [REMARK],
  'findings.facts': () => ({ replies: { [sampleFinding.id]: 1 }, round: 1 }),
  'findings.export': ({ format }) => ({ fileName: `findings.${format}`, sizeBytes: 9, sha256: 'a'.repeat(64), download: null }),
  'attachments.list': () => [ATTACHMENT],
  'attachments.add': () => [ATTACHMENT],
  'attachments.addSnapshot': () => ({ ...ATTACHMENT, kind: 'snapshot' }),
  'attachments.remove': () => undefined,
  'attachments.save': () => ({ fileName: '依据.pdf', sizeBytes: 3, sha256: 'a'.repeat(64), download: null }),
  'attachments.bytes': () => ({ bytes: Uint8Array.of(1, 2, 3), totalBytes: 3 }),
  'templates.list': () => [],
  'templates.put': () => [],
  'templates.remove': () => [],
  'checklists.versions': () => [],
  'checklists.version': () => checklist,
  'checklists.compare': () => [],
  'checklists.check': () => ({ problem: null, failedTests: [] }),
  'checklists.publish': () => [],
  'checklists.read': () => checklist,
  'checklists.export': () => ({ fileName: 'checklist.json', sizeBytes: 9, sha256: 'a'.repeat(64), download: null }),
  'reviews.moveToChecklist': () => view,
  ...samplePanel(view),
  'options.list': () => [OPTION],
  'options.add': ({ name }) => ({ ...OPTION, name }),
  'options.change': ({ name }) => ({ ...OPTION, name: name ?? OPTION.name }),
  'options.remove': () => undefined,
  'options.open': () => optionView(view),
  'options.edit': () => optionView(view),
  'memo.planSize': () => ({ bytes: 2_345_678 }),
  'options.settle': () => ({ ...optionView(view), waiting: [] }),
  'options.compare': () => ({ base: optionView(view).base, options: [], items: [] }),
  'options.changes': () => [],
  'options.close': () => undefined,
  'history.ofItem': () => [],
  'history.ofFinding': () => [],
  'history.restore': () => undefined,
  'reviews.asOf': ({ at }) => ({ at, result: view.result, measuredLater: [] }),
})
