import { code, run, type MemoSection } from '../context.ts'
import { planName } from '../plan-words.ts'
import { recordDate } from '../result.ts'
import { CITY_KIND_WORDS, dayInWords, PLAN_LEVEL_WORDS } from '../words.ts'

/** What was reviewed, against what, by whom and when. The title itself stands in the document; the answer follows on the same page. */
export const cover: MemoSection = {
  id: 'cover',
  title: null,
  compose(memo) {
    const { result, checklist, lang, say } = memo
    const { plan, review } = result
    const level = PLAN_LEVEL_WORDS[plan.planLevel]
    const kind = plan.city.kind === null ? undefined : CITY_KIND_WORDS[plan.city.kind]
    const city = [plan.city.name, kind && memo.inLang(kind)].filter((part) => part !== null && part !== undefined)
    const years = [plan.baseYear, plan.targetYear].map((year) => (year === null ? '—' : String(year)))
    const rows: [string, string][] = [
      [say('送审方案', 'Plan'), planName(result, lang)],
      [say('城市', 'City'), city.length === 0 ? '—' : city.join(say('，', ', '))],
      [say('规划层级', 'Plan level'), level === undefined ? plan.planLevel : memo.inLang(level)],
      [
        say('基期年—目标年', 'Base – target year'),
        plan.baseYear === null && plan.targetYear === null ? '—' : years.join(say('—', ' – ')),
      ],
      [
        say('审查依据', 'Reviewed against'),
        say(`${checklist.title.zh}（${checklist.version}）`, `${checklist.title.en} (${checklist.version})`),
      ],
      [say('审查人', 'Reviewer'), review.reviewer === '' ? '—' : review.reviewer],
      [say('记录日期', 'Date of record'), dayInWords(recordDate(result), lang)],
    ]
    return [
      {
        kind: 'facts',
        rows: [
          ...rows.map(([label, text]) => ({ label, runs: [run(text)] })),
          { label: say('校验码', 'Seal'), runs: [code(result.seal)] },
        ],
      },
    ]
  },
}
