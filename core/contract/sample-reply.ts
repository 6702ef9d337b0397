import type { PlanId, ReviewId } from '../model/ids.ts'
import { NO_ANSWERS, type ReplyPack } from '../reply/pack.ts'
import type { Handlers } from './procedures.ts'
import type { ReplyLook, replyProcedures } from './reply-procedures.ts'

const keyOf = (n: number): string => `GP-00000000-0000-4000-8000-00000000000${n}-${'ab'.repeat(8)}`
const review = '00000000-0000-4000-8000-000000000009'
const head = { pack: 'a'.repeat(32), review, seal: 'd'.repeat(64), plan: '青岚市国土空间总体规划' }

export const SAMPLE_PACK: ReplyPack = {
  greenprint: 'greenprint-reply',
  format: 1,
  pack: head.pack,
  review,
  seal: head.seal,
  plan: head.plan,
  office: '总体规划科',
  lang: 'zh',
  questions: [
    {
      key: keyOf(1),
      name: '12',
      severity: 'must',
      item: 'A04',
      text: '绿楔在环路处断开。',
      action: '补齐绿楔，净宽不小于 60 米。',
    },
    { key: keyOf(2), name: '13', severity: 'note', item: null, text: '图例中缺少河道一项。', action: '' },
  ],
}

const row = { findingId: 'f', text: '', says: null, changed: [] }
const LOOKS: ReplyLook[] = [
  {
    fileName: '答复.xlsx',
    view: {
      fileName: '答复.xlsx',
      sizeBytes: 9120,
      sha256: 'b'.repeat(64),
      form: 'xlsx',
      head,
      by: '青岚市规划设计院',
      on: '2026-03-20',
      here: {
        reviewId: review as ReviewId,
        planId: 'plan-1' as PlanId,
        isOurs: true,
        isCurrent: true,
        rows: [
          {
            ...row,
            key: keyOf(1),
            state: 'ready',
            name: '12',
            question: '绿楔在环路处断开。',
            text: '已补齐绿楔。',
            says: 'adopted',
          },
          { ...row, key: keyOf(2), state: 'empty', name: '13', question: '图例中缺少河道一项。' },
          {
            ...row,
            key: keyOf(3),
            state: 'changed',
            name: '14',
            question: '缺少说明。',
            text: '见第四章。',
            says: 'partly',
            changed: ['file'],
          },
        ],
        missing: ['15'],
      },
    },
  },
  {
    fileName: '答复包.greenprint-reply',
    view: {
      fileName: '答复包.greenprint-reply',
      sizeBytes: 2048,
      sha256: 'c'.repeat(64),
      form: 'package',
      head,
      by: '',
      on: null,
      questions: { pack: SAMPLE_PACK, answers: NO_ANSWERS },
    },
  },
  { fileName: '别的.xlsx', problem: { code: 'reply.not-a-reply', params: { file: '别的.xlsx' } } },
]

/** Answers about reply packs, for hosts and screens that need a backend but no catalogue. */
export const sampleReplies: Pick<Handlers, keyof typeof replyProcedures> = {
  'replies.make': ({ format }) => ({
    fileName: `答复表.${format}`,
    sizeBytes: 9000,
    sha256: 'b'.repeat(64),
    download: null,
    questions: 2,
  }),
  'replies.look': () => LOOKS,
  'replies.bring': () => ({
    fileName: '答复.xlsx',
    reviewId: review as ReviewId,
    planId: 'plan-1' as PlanId,
    brought: 2,
    numbers: ['12', '14'],
  }),
  'replies.answer': ({ format }) => ({ fileName: `答复.${format}`, sizeBytes: 2100, sha256: 'c'.repeat(64), download: null }),
}

/** What the procedures of reply packs must refuse. */
export const BAD_REPLIES: Record<keyof typeof replyProcedures, unknown[]> = {
  'replies.make': [
    { reviewId: '', findingIds: null, format: 'xlsx', lang: 'zh', target: null },
    { reviewId: 'r', findingIds: [], format: 'xlsx', lang: 'zh', target: null },
    { reviewId: 'r', findingIds: null, format: 'docx', lang: 'zh', target: null },
  ],
  'replies.look': [{ files: '' }, { path: '/etc/passwd' }],
  'replies.bring': [{ files: 'f' }, { files: 'f', keys: [''] }],
  'replies.answer': [
    { files: 'f', answers: {}, format: 'html', target: null },
    { files: 'f', answers: { by: '', on: '1.1.', answers: [] }, format: 'html', target: null },
    { files: 'f', answers: { by: '', on: null, answers: [{ key: 'x', text: '', says: null }] }, format: 'html', target: null },
  ],
}
