import type { MemoSection } from './context.ts'
import { adoption } from './sections/adoption.ts'
import { attachments } from './sections/attachments.ts'
import { conclusion } from './sections/conclusion.ts'
import { cover } from './sections/cover.ts'
import { disclaimers } from './sections/disclaimers.ts'
import { findings } from './sections/findings.ts'
import { gaps } from './sections/gaps.ts'
import { indicators } from './sections/indicators.ts'
import { map } from './sections/map.ts'
import { recommendedOption } from './sections/recommended-option.ts'
import { scores } from './sections/scores.ts'
import { settlements } from './sections/settlements.ts'
import { seal } from './sections/seal.ts'
import { sources } from './sections/sources.ts'
import { strengths } from './sections/strengths.ts'
import { tables } from './sections/tables.ts'

/** The memo's sections in reading order: the answer first, then why, then from what. A new section is a file and a line here. */
export const MEMO_SECTIONS: readonly MemoSection[] = [
  cover,
  conclusion,
  strengths,
  scores,
  settlements,
  map,
  findings,
  adoption,
  recommendedOption,
  gaps,
  indicators,
  tables,
  attachments,
  sources,
  disclaimers,
  seal,
]
