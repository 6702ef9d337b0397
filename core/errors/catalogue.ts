import { message, type MessageTable } from './message.ts'

/** Failures of the catalogue folder and what is stored in it. */
export const catalogueMessages = {
  'catalogue.not-found': (p: { what: string }) =>
    message(
      ['找不到该记录', `目录库中没有“${p.what}”。它可能已被删除。`, '请刷新列表后重试。'],
      ['Not found', `“${p.what}” is not in the catalogue. It may have been removed.`, 'Refresh the list and try again.'],
    ),
} satisfies MessageTable
