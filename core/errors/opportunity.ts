import { message, type MessageTable } from './message.ts'

/** Failures of looking for opportunity areas. */
export const opportunityMessages = {
  'opportunity.no-ground': (p: { plan: string }) =>
    message(
      [
        '没有可评的机遇地区',
        `“${p.plan}”没有存量用地图层，也没有申报的机遇（潜力）地区。`,
        '请导入存量用地或机遇地区图层后再试。',
      ],
      [
        'There is no opportunity area to score',
        `“${p.plan}” has neither a layer of stock land nor submitted opportunity areas.`,
        'Import the plan with one of them and try again.',
      ],
    ),
  'opportunity.not-computed': (p: { plan: string }) =>
    message(
      ['还没有评分结果', `“${p.plan}”的机遇地区还没有评过分。`, '请先计算评分卡，再导出。'],
      [
        'There are no scores yet',
        `The opportunity areas of “${p.plan}” have not been scored.`,
        'Compute the score cards first, then export them.',
      ],
    ),
} satisfies MessageTable
