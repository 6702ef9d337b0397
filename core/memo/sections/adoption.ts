import { answerText } from '../../reply/answer.ts'
import { ADOPTION_OPEN, ADOPTION_WORDS, type AdoptionRow } from '../../review/adoption.ts'
import { findingName, statusOf } from '../../review/finding.ts'
import { STATUS_WORDS } from '../../review/words.ts'
import { cell, centreCell, headCells, muted, paragraph, run, strong, type MemoContext, type MemoSection } from '../context.ts'
import type { Block, Cell } from '../document.ts'

/** From the second round on: what became of the findings of earlier rounds (采纳情况表). */
export const adoption: MemoSection = {
  id: 'adoption',
  title: { zh: '意见采纳情况', en: 'Adoption of earlier findings' },
  compose(memo): Block[] {
    const { say, round } = memo
    if (round === undefined || round.adoption.length === 0) return []
    const { number, adoption: rows } = round
    const count = (wanted: AdoptionRow['adoption']) => rows.filter((row) => row.adoption === wanted).length
    return [
      paragraph(
        run(
          say(
            `本次为第 ${number} 轮审查。此前提出的 ${rows.length} 条意见中，采纳 ${count('adopted')} 条，部分采纳 ${count('partly')} 条，未采纳 ${count('not')} 条，待核定 ${count(null)} 条。`,
            `This is round ${number}. Of ${rows.length} earlier findings ${count('adopted')} were adopted, ${count('partly')} in part, ${count('not')} not; ${count(null)} are to be settled.`,
          ),
        ),
      ),
      {
        kind: 'table',
        caption: say('意见采纳情况表', 'Adoption of findings'),
        head: headCells(
          say('编号', 'No.'),
          say('审查意见', 'Finding'),
          say('编制单位答复', 'Answer of the applicant'),
          say('采纳情况', 'Adoption'),
          say('说明', 'Explanation'),
        ),
        rows: rows.map((row) => adoptionRow(row, memo)),
        widths: [8, 32, 24, 14, 22],
      },
    ]
  },
}

function adoptionRow({ finding, answer, adoption: how, explanation }: AdoptionRow, memo: MemoContext): Cell[] {
  const came = memo.answers?.[finding.id]
  const answered = came === undefined ? answer : answerText(came, memo.lang)
  return [
    centreCell(findingName(finding)),
    cell(finding.text, ...(finding.item === null ? [] : [muted(memo.say(`（${finding.item}）`, ` (${finding.item})`))])),
    cell(answered === '' ? '—' : answered),
    cell(
      strong(memo.inLang(how === null ? ADOPTION_OPEN : ADOPTION_WORDS[how])),
      muted(`\n${memo.inLang(STATUS_WORDS[statusOf(finding)])}`),
    ),
    cell(explanation === '' ? '—' : explanation),
  ]
}
