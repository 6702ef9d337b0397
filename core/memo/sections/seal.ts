import { code, paragraph, run, type MemoSection } from '../context.ts'
import { recordDate } from '../result.ts'
import { dayInWords } from '../words.ts'

/** How anyone can check that figures and judgements are those of the record. */
export const seal: MemoSection = {
  id: 'seal',
  title: { zh: '校验与签署', en: 'Seal and signature' },
  compose({ result, lang, say }) {
    return [
      paragraph(
        run(
          say(
            '本意见所附 review.json 为完整评审记录。校验码为该记录规范化后的 SHA-256；用绿图“校验意见书”或命令 greenprint verify 可重新计算，并由测算值与评审意见重新推得全部等级与总分。',
            'The attached review.json is the complete review record. The seal is the SHA-256 of that record in canonical form; “Verify a memo” in Greenprint, or the command greenprint verify, recomputes it and derives every level and the total again from measurements and entries.',
          ),
        ),
      ),
      {
        kind: 'facts',
        rows: [
          { label: say('校验码', 'Seal'), runs: [code(result.seal)] },
          { label: say('审查人', 'Reviewer'), runs: [run(result.review.reviewer === '' ? '—' : result.review.reviewer)] },
          { label: say('复核人', 'Checked by'), runs: [run(' ')] },
          { label: say('日期', 'Date'), runs: [run(dayInWords(recordDate(result), lang))] },
          { label: say('（盖章处）', 'Office stamp'), runs: [run(' ')] },
        ],
      },
    ]
  },
}
