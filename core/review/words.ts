import { formatValue } from '../model/units.ts'
import type { Bilingual, Lang } from '../text.ts'
import type { FindingStatus } from './finding.ts'

/** 待处理 → 已答复 → 已解决 | 例外 → 已核实, as the screen, the tables and the command line say it. */
export const STATUS_WORDS: Readonly<Record<FindingStatus, Bilingual>> = {
  open: { zh: '待处理', en: 'Open' },
  answered: { zh: '已答复', en: 'Answered' },
  resolved: { zh: '已解决', en: 'Resolved' },
  exception: { zh: '例外', en: 'Exception' },
  verified: { zh: '已核实', en: 'Verified' },
}

export const WITHDRAWN_WORD: Bilingual = { zh: '已撤回', en: 'Withdrawn' }

/**
 * How much of the weight is judged, a share of 0..1, in per cent without its sign: one decimal wherever it is told, on screens, in memos and
 * by the command line, and 100.0 only when nothing is open.
 */
export const judgedPercent = (share: number, lang: Lang): string =>
  formatValue(share >= 1 ? 1 : Math.min(share, 0.9994), 'percent', lang).replace(/%$/, '')
