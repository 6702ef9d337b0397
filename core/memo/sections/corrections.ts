import { findingName } from '../../review/finding.ts'
import { answerText } from '../../reply/answer.ts'
import { cell, centreCell, headCells, muted, paragraph, run, strong, type MemoContext, type MemoSection } from '../context.ts'
import type { Block, Cell } from '../document.ts'
import { draftFindings } from '../drafts.ts'
import { SEVERITY_WORDS } from '../words.ts'
import { basisOf, placeOfFinding } from './findings.ts'

/** What was answered so far, or room to answer. */
const answerOf = (id: string, { answers, lang }: MemoContext): string => {
  const answer = answers?.[id]
  return answer === undefined ? ' ' : answerText(answer, lang)
}

/** Numbered items as a plan check writes them: place, rule, what is to be done, and room for the applicant's answer. */
export const corrections: MemoSection = {
  id: 'corrections',
  title: { zh: '补正事项', en: 'Items to correct' },
  compose(memo): Block[] {
    const { say } = memo
    const written = memo.result.findings
      .filter(({ withdrawn }) => !withdrawn)
      .map((finding): Cell[] => [
        centreCell(findingName(finding)),
        cell(strong(memo.inLang(SEVERITY_WORDS[finding.severity])), run(`\n${finding.text}`)),
        cell(...placeOfFinding(finding, memo), muted(`\n${basisOf(finding, memo) ?? ''}`)),
        cell(finding.action === '' ? '—' : finding.action),
        cell(answerOf(finding.id, memo)),
      ])
    const drafted = draftFindings(memo).map((draft): Cell[] => [
      centreCell(draft.name),
      cell(strong(memo.inLang(SEVERITY_WORDS[draft.severity])), run(`\n${draft.text}`)),
      cell(muted(draft.basis)),
      cell(draft.action),
      cell(' '),
    ])
    const rows = [...written, ...drafted]
    if (rows.length === 0) return [paragraph(run(say('没有需要补正的事项。', 'Nothing is to be corrected.')))]
    return [
      paragraph(
        run(
          say(
            `以下共 ${rows.length} 项，请逐项补正并按编号答复；编号以 D 开头的由程序依据测算结果起草。`,
            `There are ${rows.length} items. Correct each and answer under its number; numbers that begin with D are drafted from measurements.`,
          ),
        ),
      ),
      {
        kind: 'table',
        caption: say('补正事项表', 'Items to correct'),
        head: headCells(
          say('编号', 'No.'),
          say('问题', 'Problem'),
          say('位置与依据', 'Place and rule'),
          say('补正要求', 'Requested change'),
          say('编制单位答复', 'Applicant’s answer'),
        ),
        rows,
        widths: [9, 28, 22, 23, 18],
      },
    ]
  },
}
