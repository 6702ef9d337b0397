import { SEVERITY_WORDS } from '../memo/words.ts'
import { SEVERITIES } from '../review/finding.ts'
import { bilingual, inDrawn, type Bilingual, type DrawnLang } from '../text.ts'
import { SEVERITY_LOOKS } from './mark-looks.ts'
import type { LegendRow } from './sheet-legend.ts'
import type { DrawnFindings } from './sheet-marks.ts'

const FINDINGS_TITLE = bilingual('审查意见（数字为意见编号）', 'Findings (with their numbers)')
const LAYERS_TITLE = bilingual('规划内容', 'The plan')

/** The kinds of findings that are drawn, and a word on those whose place is not on the sheet. */
export function findingRows({ seen, outside }: Pick<DrawnFindings, 'seen' | 'outside'>, lang: DrawnLang): LegendRow[] {
  const say = (label: Bilingual) => inDrawn(label, lang)
  const kinds = SEVERITIES.filter((severity) => seen.has(severity)).map((severity) => ({
    badge: SEVERITY_LOOKS[severity],
    label: say(SEVERITY_WORDS[severity]),
  }))
  const title = kinds.length === 0 ? [] : [{ heading: say(FINDINGS_TITLE) }]
  const away =
    outside === 0 ? [] : [{ heading: say(bilingual(`另有 ${outside} 条意见位于图幅之外`, `${outside} more beyond this sheet`)) }]
  return kinds.length + outside === 0 ? [] : [...title, ...kinds, ...away, { heading: say(LAYERS_TITLE) }]
}
