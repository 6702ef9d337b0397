import { ADOPTION_OPEN, ADOPTION_WORDS } from '../../review/adoption.ts'
import { findingName, SEVERITIES } from '../../review/finding.ts'
import { cell, headCells, paragraph, rightCell, run, type MemoSection } from '../context.ts'
import type { Block } from '../document.ts'
import { listText, SEVERITY_WORDS } from '../words.ts'

const HOWS = ['adopted', 'partly', 'not', null] as const

/** What became of earlier findings in figures, by kind, and what is new in this round. */
export const rounds: MemoSection = {
  id: 'rounds',
  title: { zh: '轮次比较', en: 'Comparison of rounds' },
  compose(memo): Block[] {
    const { say, lang, round, result } = memo
    if (round === undefined)
      return [
        paragraph(run(say('这是第一轮审查，尚无可以比较的轮次。', 'This is the first round: there is nothing to compare with.'))),
      ]
    const earlier = new Set(round.adoption.map(({ finding }) => finding.id))
    const fresh = result.findings.filter(({ id, withdrawn }) => !withdrawn && !earlier.has(id)).map(findingName)
    const count = (severity: string | null, how: (typeof HOWS)[number]) =>
      round.adoption.filter((row) => (severity === null || row.finding.severity === severity) && row.adoption === how).length
    const line = (title: string, severity: string | null) => [
      cell(title),
      ...HOWS.map((how) => rightCell(String(count(severity, how)))),
    ]
    return [
      {
        kind: 'table',
        caption: say(
          `第 ${round.number} 轮：此前意见的落实情况（条）`,
          `Round ${round.number}: earlier findings, by what became of them`,
        ),
        head: headCells(
          say('类别', 'Kind'),
          ...HOWS.map((how) => memo.inLang(how === null ? ADOPTION_OPEN : ADOPTION_WORDS[how])),
        ),
        rows: [
          ...SEVERITIES.map((severity) => line(memo.inLang(SEVERITY_WORDS[severity]), severity)),
          line(say('合计', 'Total'), null),
        ],
        widths: [28, 18, 18, 18, 18],
      },
      paragraph(
        run(
          fresh.length === 0
            ? say('本轮没有新增意见。', 'Nothing new was found in this round.')
            : say(
                `本轮新增意见 ${fresh.length} 条：${listText(fresh, lang)}。`,
                `New in this round (${fresh.length}): ${listText(fresh, lang)}.`,
              ),
        ),
      ),
    ]
  },
}
