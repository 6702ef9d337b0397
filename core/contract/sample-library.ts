import { AppError } from '../errors.ts'
import type { LibraryMemoId } from '../model/ids.ts'
import { bilingual } from '../text.ts'
import type { inboxProcedures, InboxView } from './inbox-procedures.ts'
import type { LibraryMemo, libraryProcedures } from './library-procedures.ts'
import type { Handlers } from './procedures.ts'
import { sampleReplies } from './sample-reply.ts'
import { sampleShare } from './sample-share.ts'

const WHEN = '2026-03-02T08:00:00.000Z'
const ID = `${'a'.repeat(48)}-0` as LibraryMemoId
const counts = { must: 2, should: 1, note: 0 }
const A04 = { item: 'A04', title: bilingual('绿楔与绿环完整度', 'Green wedges and rings are whole'), ...counts }
const opinion = { id: 'revise', title: bilingual('修改后通过', 'Approved after changes') }

export const SAMPLE_MEMO: LibraryMemo = {
  id: ID,
  source: 'received',
  addedBy: '林青',
  addedAt: WHEN,
  onDate: WHEN,
  office: '总体规划科',
  kind: 'special',
  head: {
    fileName: '审查意见书.pdf',
    sizeBytes: 912_450,
    form: 'pdf',
    plan: { name: 'Qinglan 2035', nameZh: '青岚市国土空间总体规划' },
    reviewer: '周岚',
    checklist: { id: 'green-low-carbon', version: '1.0.0' },
    round: 2,
    total: 71.25,
    coverage: 0.9,
    opinion,
    dimensions: [{ id: 'structure', score: 64 }],
    counts,
    withdrawn: 0,
    byItem: [A04],
    seal: 'd'.repeat(64),
    sealState: 'match',
    differsAt: null,
    signed: { state: 'signed', by: ['周岚'] },
  },
  version: 1,
  versions: 1,
  hits: [
    {
      place: 'finding',
      ref: '12',
      item: 'A04',
      severity: 'must',
      snippet: { text: '绿楔在环路处断开，应补齐。', marks: [[0, 2]] },
    },
  ],
  hitCount: 1,
}

export const SAMPLE_DAMAGED: LibraryMemo = {
  ...SAMPLE_MEMO,
  id: `${'b'.repeat(48)}-0` as LibraryMemoId,
  office: '',
  kind: null,
  head: {
    ...SAMPLE_MEMO.head,
    fileName: '损坏.greenprint',
    form: 'package',
    plan: { name: '损坏.greenprint', nameZh: null },
    total: null,
    opinion: null,
    counts: { must: 0, should: 0, note: 0 },
    byItem: [],
    seal: null,
    sealState: 'none',
    problem: { code: 'share.truncated', params: { file: '损坏.greenprint' } },
  },
  hits: [],
  hitCount: 0,
}

const view = (): InboxView => ({
  state: 'ready',
  folder: '收件',
  isReadOnly: false,
  files: [
    {
      id: 'a'.repeat(32),
      name: '周岚.greenprint',
      sizeBytes: 48_213,
      modifiedAt: WHEN,
      state: 'new',
      kind: 'package',
    },
    { id: 'b'.repeat(32), name: '还在复制.greenprint', sizeBytes: 1024, modifiedAt: WHEN, state: 'waiting', kind: null },
  ],
  others: 3,
  left: 0,
  fresh: 1,
  lookedAt: WHEN,
  outboxes: [{ id: 'box-1', name: '总体规划科', isThere: true }],
})

/** Answers about library and inbox, for hosts and screens that need a backend but no catalogue. */
export const sampleLibrary: Pick<Handlers, keyof typeof libraryProcedures | keyof typeof inboxProcedures> = {
  'library.list': ({ query }) => ({
    memos: [query === '' ? { ...SAMPLE_MEMO, hits: [], hitCount: 0 } : SAMPLE_MEMO, SAMPLE_DAMAGED],
    found: 2,
    all: 2,
    facets: {
      year: [{ value: '2026', title: null, count: 1 }],
      office: [{ value: '总体规划科', title: null, count: 1 }],
      kind: [{ value: 'special', title: null, count: 1 }],
      opinion: [{ value: opinion.id, title: opinion.title, count: 1 }],
      item: [{ value: 'A04', title: A04.title, count: 1 }],
    },
  }),
  'library.get': ({ memoId }) => {
    if (memoId !== ID) throw new AppError('library.gone', {})
    return {
      memo: SAMPLE_MEMO,
      reading: {
        items: [
          {
            id: 'A04',
            title: A04.title,
            applicable: true,
            level: 1,
            autoLevel: 2,
            source: 'reviewer',
            reason: '现场只见一处入口',
            gap: null,
          },
        ],
        findings: [
          {
            name: '12',
            item: 'A04',
            severity: 'must',
            text: '绿楔在环路处断开，应补齐。',
            action: '净宽不小于 60 米。',
            withdrawn: false,
            status: 'answered',
            by: '周岚',
            at: WHEN,
            notes: [{ text: '已补齐。', by: '青岚市规划设计院', at: WHEN, isApplicant: true }],
          },
        ],
        checklistTitle: bilingual('绿色低碳空间格局', 'Green and low-carbon layout'),
        dimensionTitles: { structure: bilingual('空间结构', 'Spatial structure') },
      },
      series: [
        { id: ID, onDate: WHEN, head: { fileName: '审查意见书.pdf', form: 'pdf', total: 71.25, round: 2, sealState: 'match' } },
      ],
    }
  },
  'library.add': () => ({ added: 1, already: 0, damaged: [], others: 2 }),
  'library.remove': ({ memoIds }) => ({ removed: memoIds.length }),
  'library.statistics': () => ({ memos: 1, findings: 3, items: [{ ...A04, memos: 1 }] }),
  'inbox.get': view,
  'inbox.look': view,
  'inbox.choose': ({ folder }) => (folder === null ? { ...view(), state: 'none', folder: null, files: [], fresh: 0 } : view()),
  'inbox.merge': (_, call) => sampleShare['share.merge']({ files: 'files' as never, passphrase: null }, call),
  'inbox.bringReply': () => {
    throw new AppError('inbox.nothing', {})
  },
  'inbox.dismiss': view,
  'inbox.archive': view,
  'inbox.addOutbox': view,
  'inbox.removeOutbox': () => ({ ...view(), outboxes: [] }),
  'inbox.send': () => ({ fileName: 'review.greenprint', sizeBytes: 48_213, sha256: 'b'.repeat(64), download: null }),
}

/** All that comes in from elsewhere. */
export const sampleIncoming = { ...sampleReplies, ...sampleLibrary }

/** What the procedures of library and inbox must refuse. */
export const BAD_LIBRARY: Record<keyof typeof sampleLibrary, unknown[]> = {
  'library.list': [{}, { query: 'x'.repeat(201) }, { query: '', kind: 'novel' }, { query: '', limit: 501 }],
  'library.get': [{ memoId: '' }, { memoId: 'x'.repeat(65) }],
  'library.add': [{ files: '', passphrase: null }, { files: 'f' }, { path: '/etc', passphrase: null }],
  'library.remove': [{ memoIds: [] }, { memoIds: [''] }],
  'library.statistics': [{ query: 1 }],
  'inbox.get': ['inbox'],
  'inbox.look': [{ folder: '' }, { path: '/etc' }],
  'inbox.choose': [{}, { folder: '' }, { path: '/etc/passwd' }],
  'inbox.merge': [{ fileIds: [], passphrase: null }, { fileIds: ['../x'], passphrase: null }, { fileIds: null }],
  'inbox.bringReply': [{ fileId: '../../x' }],
  'inbox.dismiss': [{ fileIds: ['x'], dismissed: true }, { fileIds: ['a'.repeat(32)] }],
  'inbox.archive': [{ fileIds: [] }, { fileIds: ['/etc/passwd'] }],
  'inbox.addOutbox': [
    { name: '', folder: 'f' },
    { name: 'x', folder: '' },
    { name: 'x', path: '/etc' },
  ],
  'inbox.removeOutbox': [{ outboxId: '' }],
  'inbox.send': [
    { planId: 'p', withPlan: true, passphrase: '', outboxId: 'x' },
    { planId: 'p', withPlan: true, passphrase: null },
  ],
}
