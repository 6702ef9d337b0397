import { bilingual, type Bilingual } from '../text.ts'

/** The documents that a review can leave as. */
export const MEMO_KIND_IDS = ['special', 'expert', 'officer', 'correction', 'rounds', 'intake', 'handover'] as const
export type MemoKindId = (typeof MEMO_KIND_IDS)[number]

/** A kind of memo: what it is called, and the sections that it is made of, in their order. */
export interface MemoKind {
  id: MemoKindId
  title: Bilingual
  /** What the document is called; {name} is the plan. */
  heading: Bilingual
  /** Line above the title; that of a technical review when absent. */
  kicker?: Bilingual
  /** Who signs; the reviewer when absent. */
  signer?: Bilingual
  sections: readonly string[]
}

const sections = (ids: string): readonly string[] => ids.split(' ')

/** Every kind. A new kind is an entry here; structures after domain.md §6.3 (China), §6.5 (England) and §6.6 (United States). */
export const MEMO_KINDS: readonly MemoKind[] = [
  {
    id: 'special',
    title: bilingual('专项审查意见', 'Special review opinion'),
    heading: bilingual(
      '关于《{name}》绿色低碳国土空间格局专项审查意见',
      'Review opinion on the green and low-carbon spatial pattern of “{name}”',
    ),
    sections: sections(
      'cover conclusion strengths scores settlements map findings adoption recommended-option ' +
        'gaps indicators tables attachments sources disclaimers seal',
    ),
  },
  {
    id: 'expert',
    title: bilingual('专家评审意见', 'Expert review opinion'),
    heading: bilingual('《{name}》专家评审意见', 'Opinion of the expert panel on “{name}”'),
    kicker: bilingual('国土空间规划专家评审', 'Expert review of a territorial spatial plan'),
    signer: bilingual('专家组组长（签字）', 'Chair of the panel (signature)'),
    sections: sections('cover meeting conclusion strengths opinions settlements recommendation seal'),
  },
  {
    id: 'officer',
    title: bilingual('审查报告', 'Officer report'),
    heading: bilingual('《{name}》审查报告', 'Officer report on “{name}”'),
    kicker: bilingual('国土空间规划审查报告', 'Officer report'),
    signer: bilingual('承办人', 'Case officer'),
    sections: sections('cover sources map scores findings adoption balance recommendation conditions gaps disclaimers seal'),
  },
  {
    id: 'correction',
    title: bilingual('补正通知', 'Correction letter'),
    heading: bilingual('关于补正《{name}》送审成果的通知', 'Corrections required for “{name}”'),
    kicker: bilingual('国土空间规划送审成果补正', 'Plan check'),
    sections: sections('cover corrections resubmission map seal'),
  },
  {
    id: 'rounds',
    title: bilingual('轮次比较', 'Comparison of rounds'),
    heading: bilingual('《{name}》各轮审查意见落实情况', 'What became of the findings on “{name}”'),
    sections: sections('cover rounds adoption conclusion findings seal'),
  },
  {
    id: 'intake',
    title: bilingual('成果质检说明', 'Intake report'),
    heading: bilingual('《{name}》送审成果质检说明', 'Intake report on “{name}”'),
    kicker: bilingual('国土空间规划成果质检', 'Quality of the submitted data'),
    sections: sections('cover sources gaps seal'),
  },
  {
    id: 'handover',
    title: bilingual('一张图指标表', 'Indicator table for hand-over'),
    heading: bilingual('《{name}》“一张图”实施监测指标表', 'Indicator table of “{name}” for implementation monitoring'),
    kicker: bilingual('国土空间规划实施监测网络（CSPON）', 'Implementation monitoring network (CSPON)'),
    sections: sections('cover handover sources seal'),
  },
]

/** The kind of an id. */
export function memoKindOf(id: MemoKindId): MemoKind {
  const found = MEMO_KINDS.find((kind) => kind.id === id)
  if (found === undefined) throw new RangeError(`no memo kind ${id}`)
  return found
}
