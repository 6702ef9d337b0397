import { findingName, type Finding } from '../../review/finding.ts'
import { paragraph, run, strong, type MemoContext, type MemoSection } from '../context.ts'
import type { Block } from '../document.ts'

/** Conditions are what must be met; informatives what the applicant should know. */
export const conditions: MemoSection = {
  id: 'conditions',
  title: { zh: '条件与提示', en: 'Conditions and informatives' },
  compose(memo) {
    const { say } = memo
    const standing = memo.result.findings.filter(({ withdrawn }) => !withdrawn)
    const must = standing.filter(({ severity }) => severity === 'must')
    const others = standing.filter(({ severity }) => severity !== 'must')
    return [...listed(say('条件', 'Conditions'), must, memo), ...listed(say('提示', 'Informatives'), others, memo)]
  },
}

function listed(title: string, findings: readonly Finding[], { say }: MemoContext): Block[] {
  if (findings.length === 0) return [paragraph(strong(title), run(say('：无。', ': none.')))]
  return [
    paragraph(strong(title)),
    {
      kind: 'list',
      ordered: true,
      items: findings.map((finding) => [
        run(finding.action === '' ? finding.text : finding.action),
        run(say(`（意见 ${findingName(finding)}）`, ` (finding ${findingName(finding)})`)),
      ]),
    },
  ]
}
