import { findingName } from '../../review/finding.ts'
import { muted, paragraph, run, strong, type MemoSection } from '../context.ts'
import { draftFindings } from '../drafts.ts'
import type { Run } from '../document.ts'
import { SEVERITY_WORDS } from '../words.ts'

/** What experts ask for, in prose and in the order of the findings; drafts stand in where nobody has written yet, and are named so. */
export const opinions: MemoSection = {
  id: 'opinions',
  title: { zh: '意见与建议', en: 'Opinions and suggestions' },
  compose(memo) {
    const { say } = memo
    const written = memo.result.findings.filter(({ withdrawn }) => !withdrawn)
    if (written.length > 0)
      return [
        {
          kind: 'list',
          ordered: true,
          items: written.map((finding): Run[] => [
            strong(`${memo.inLang(SEVERITY_WORDS[finding.severity])}${say('：', ': ')}`),
            run(finding.text),
            ...(finding.action === '' ? [] : [run(say(finding.action, ` ${finding.action}`))]),
            muted(say(`（意见 ${findingName(finding)}）`, ` (finding ${findingName(finding)})`)),
          ]),
        },
      ]
    const drafts = draftFindings(memo)
    if (drafts.length === 0) return [paragraph(run(say('专家组没有提出修改意见。', 'The panel asks for no changes.')))]
    return [
      paragraph(
        muted(
          say(
            '以下意见由程序依据测算结果自动起草，尚未经专家确认。',
            'The following are drafted by the program from measurements and not yet confirmed by an expert.',
          ),
        ),
      ),
      {
        kind: 'list',
        ordered: true,
        items: drafts.map(({ name, text, action }) => [
          run(say(`${text}${action}`, `${text} ${action}`)),
          muted(say(`（${name}）`, ` (${name})`)),
        ]),
      },
    ]
  },
}
