import type { Bilingual } from '../text.ts'
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
