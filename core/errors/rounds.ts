import { message, type MessageTable } from './message.ts'

/** Failures of taking a review from one round to the next. */
export const roundMessages = {
  'round.no-earlier-plan': (p: { plan: string }) =>
    message(
      ['尚未指定上一轮的规划', `“${p.plan}”没有指定它所答复的上一轮规划。`, '请先选择上一轮的规划，再带入意见。'],
      [
        'No earlier plan is chosen',
        `Nothing says which plan “${p.plan}” answers.`,
        'Choose the plan of the earlier round first, then carry the findings over.',
      ],
    ),
  'round.no-earlier-review': (p: { plan: string; checklist: string }) =>
    message(
      [
        '上一轮没有评审',
        `上一轮的“${p.plan}”没有按清单“${p.checklist}”做过评审，没有意见可带入。`,
        '请换用上一轮所用的清单，或选择另一份上一轮规划。',
      ],
      [
        'The earlier round has no review',
        `“${p.plan}” was never reviewed against “${p.checklist}”, so there are no findings to carry.`,
        'Use the checklist of the earlier round, or choose another earlier plan.',
      ],
    ),
  'round.numbers-taken': (p: { numbers: string }) =>
    message(
      [
        '编号已被本轮意见占用',
        `本轮在带入之前已提出编号为 ${p.numbers} 的意见，与上一轮的编号相同；编号终身不变。`,
        '请撤销本轮先提出的意见，带入之后再提出，它们会接着上一轮编号。',
      ],
      [
        'Numbers are taken by findings of this round',
        `Findings ${p.numbers} were raised in this round before the earlier ones came over, and numbers are for life.`,
        'Undo adding them, carry the findings over, then raise them again: they continue the earlier numbers.',
      ],
    ),
  'round.already-carried': (p: { count: number }) =>
    message(
      [
        '意见已经带入',
        `本轮已从上一轮带入 ${p.count} 条意见，不能再更换上一轮的规划。`,
        '如选错了规划，请先撤销“带入上一轮的意见”。',
      ],
      [
        'Findings came over already',
        `This round has ${p.count} findings of the earlier plan, which can no longer be exchanged.`,
        'If it was the wrong plan, undo carrying the findings over first.',
      ],
    ),
} satisfies MessageTable
