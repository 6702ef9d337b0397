import type { Bilingual } from '../text.ts'
import type { NeedKind } from './orientation.ts'

/** What waits for the reviewer, as the page and the command line say it. */
export const NEED_WORDS: Readonly<Record<NeedKind, Bilingual>> = {
  'not-analysed': { zh: '尚未运行分析', en: 'Not analysed yet' },
  'gates-failed': { zh: '否决项未通过', en: 'Gates failed' },
  'gates-unchecked': { zh: '否决项尚未核查', en: 'Gates not checked' },
  stale: { zh: '测算结果已过时，需重新分析', en: 'Measurements are stale' },
  'to-carry': { zh: '上一轮意见尚未带入', en: 'Findings of the earlier round to carry over' },
  'to-verify': { zh: '意见已答复或已解决，待核实', en: 'Findings answered or resolved, to verify' },
  'late-reasons': { zh: '本轮新提意见需说明理由', en: 'Findings raised late lack a reason' },
  'to-answer': { zh: '意见待编制单位答复', en: 'Findings wait for an answer' },
  'not-judged': { zh: '清单项尚未评定', en: 'Items not judged' },
  'experts-waiting': { zh: '专家尚未提交评审', en: 'Experts have not submitted' },
  'newer-checklist': { zh: '清单已有新版本', en: 'The checklist has a newer version' },
}
