import { judgedPercent } from '#core/review/words.ts'
import { done, text, type Command } from './command.ts'
import {
  ANALYSIS_OPTIONS,
  analysePlan,
  IMPORT_OPTIONS,
  importPlan,
  openReview,
  OUTPUT_OPTIONS,
  writeOutputs,
} from './review-steps.ts'
import { withSession } from './session.ts'

export const run: Command = {
  name: 'run',
  usage:
    '<manifest.json> [--datum-shift FILE] [--checklist ID] [--memo F.pdf] [--html F.html] [--json F.json] [--gpkg F.gpkg] [--catalogue DIR] [--even-if-short]',
  does: { zh: '导入、测算、评分并输出意见书', en: 'imports, analyses, scores and writes the memo' },
  options: {
    checklist: { type: 'string' },
    catalogue: { type: 'string' },
    ...IMPORT_OPTIONS,
    ...ANALYSIS_OPTIONS,
    ...OUTPUT_OPTIONS,
  },
  positionals: [1, 1],
  run: ([manifestFile = ''], values, around) =>
    withSession(text(values, 'catalogue'), around, async (session) => {
      const { planId } = await importPlan(session, manifestFile, text(values, 'datum-shift'))
      await analysePlan(session, planId, values, around)
      // A new review starts with the manifest's entries.
      const reviewId = await openReview(session, planId, text(values, 'checklist'))
      const result = await session.call('result.get', { reviewId })
      await writeOutputs(session, reviewId, { lang: around.lang }, values, around)
      const { total, coverage, opinion } = result.checklist
      const score = total === null ? '—' : total.toFixed(1)
      const judged = `${judgedPercent(coverage, around.lang)}%`
      around.say({
        zh: `总分 ${score}，已评比例 ${judged}：${opinion.title.zh}`,
        en: `Total ${score}, judged ${judged}: ${opinion.title.en}`,
      })
      return done(result)
    }),
}
