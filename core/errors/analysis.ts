import { message, type MessageTable } from './message.ts'

/** Failures of an analysis run as a whole; missing data is an outcome of an indicator, not an error. */
export const analysisMessages = {
  'analysis.no-layers': (p: { plan: string }) =>
    message(
      ['没有可分析的图层', `方案“${p.plan}”不含任何图层。`, '请先导入图层。'],
      ['Nothing to analyse', `The plan “${p.plan}” holds no layers.`, 'Import layers first.'],
    ),
} satisfies MessageTable
