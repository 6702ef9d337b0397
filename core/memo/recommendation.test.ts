import { expect, it } from 'vitest'
import { judgedPercent } from '../review/words.ts'
import { composeMemo } from './compose.ts'
import { memoContext } from './context.ts'
import { draftFindings } from './drafts.ts'
import { exampleFinding, exampleInput } from './fixture.ts'
import { memoText } from './memo-text.ts'

const confirmed = exampleFinding(3, 'A03', 'must', '公园服务半径未覆盖北部居住地块。', '请补充两处社区公园。')
const withdrawn = { ...exampleFinding(4, 'A03', 'must', '误记。', ''), withdrawn: true }
const input = exampleInput(undefined, { findings: [confirmed, withdrawn] })

it('a recommendation names what it rests on: the total, what is judged, gates, and findings that stand apart from drafts', () => {
  const drafts = draftFindings(memoContext(input, 'zh', {})).filter(({ severity }) => severity === 'must').length
  expect(drafts).toBeGreaterThan(0)
  const { opinion, coverage, total } = input.result.checklist
  const said = (lang: 'zh' | 'en') => memoText(composeMemo(input, lang, { sections: ['recommendation'] }))
  for (const part of [opinion.title.zh, `综合得分 ${total?.toFixed(1)} 分`, `判定覆盖率 ${judgedPercent(coverage, 'zh')}%`])
    expect(said('zh')).toContain(part)
  expect(said('zh')).toContain(`必须修改的意见 1 条（另有自动起草、待确认的 ${drafts} 条）`)
  expect(said('en')).toContain(`findings that require a change: 1 (and ${drafts} drafted from measurements, not yet confirmed)`)
  expect(said('en')).toContain('no statutory decision')
})
