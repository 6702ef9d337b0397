import { message, type MessageTable } from './message.ts'

/** Failures of composing, printing and verifying memos. */
export const memoMessages = {
  'memo.not-a-memo': (p: { file: string }) =>
    message(
      ['不是绿图意见书', `“${p.file}”中没有评审数据附件。`, '请选择由绿图导出的 PDF、评审包或 JSON 结果。'],
      [
        'Not a Greenprint memo',
        `“${p.file}” carries no review attachment.`,
        'Choose a PDF, package or JSON result that Greenprint exported.',
      ],
    ),
} satisfies MessageTable
