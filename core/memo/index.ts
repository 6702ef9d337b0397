import type { MemoSection } from './context.ts'
import { adoption } from './sections/adoption.ts'
import { atlas } from './sections/atlas.ts'
import { attachments } from './sections/attachments.ts'
import { balance } from './sections/balance.ts'
import { charts } from './sections/charts.ts'
import { conclusion } from './sections/conclusion.ts'
import { conditions } from './sections/conditions.ts'
import { corrections } from './sections/corrections.ts'
import { cover } from './sections/cover.ts'
import { disclaimers } from './sections/disclaimers.ts'
import { findings } from './sections/findings.ts'
import { flip } from './sections/flip.ts'
import { gaps } from './sections/gaps.ts'
import { handover } from './sections/handover.ts'
import { indicators } from './sections/indicators.ts'
import { map } from './sections/map.ts'
import { meeting } from './sections/meeting.ts'
import { opinions } from './sections/opinions.ts'
import { recommendation } from './sections/recommendation.ts'
import { recommendedOption } from './sections/recommended-option.ts'
import { resubmission } from './sections/resubmission.ts'
import { rounds } from './sections/rounds.ts'
import { scores } from './sections/scores.ts'
import { seal } from './sections/seal.ts'
import { settlements } from './sections/settlements.ts'
import { sources } from './sections/sources.ts'
import { strengths } from './sections/strengths.ts'
import { tables } from './sections/tables.ts'

/** Every section that a memo can have, roughly in reading order; kinds pick theirs. A new section is a file and a line here. */
export const MEMO_SECTIONS: readonly MemoSection[] = [
  cover,
  meeting,
  handover,
  corrections,
  resubmission,
  rounds,
  conclusion,
  strengths,
  scores,
  charts,
  flip,
  settlements,
  map,
  atlas,
  findings,
  opinions,
  adoption,
  balance,
  recommendation,
  conditions,
  recommendedOption,
  gaps,
  indicators,
  tables,
  attachments,
  sources,
  disclaimers,
  seal,
]
