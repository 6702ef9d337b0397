import { message, type MessageTable } from './message.ts'

/** Failures of reading or applying a checklist, and of a reviewer's entries. */
export const checklistMessages = {
  'review.reason-required': (p: { item: string }) =>
    message(
      ['需要填写理由', `修改 ${p.item} 的等级必须说明理由。`, '请填写理由后保存。'],
      [
        'A reason is required',
        `A level chosen by a reviewer for ${p.item} must carry a reason.`,
        'Write the reason and save again.',
      ],
    ),
} satisfies MessageTable
