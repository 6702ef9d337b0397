import { run, type MemoSection } from '../context.ts'

/** How corrected material comes back so that answers find their items again. */
export const resubmission: MemoSection = {
  id: 'resubmission',
  title: { zh: '重新报送要求', en: 'How to resubmit' },
  compose: ({ say, result }) => [
    {
      kind: 'list',
      ordered: true,
      items: [
        say(
          '修改后的文本、图件与数据库应一并报送，图层名称与属性字段保持不变。',
          'Submit text, maps and data together; keep the names of layers and attributes.',
        ),
        say(
          '逐项填写“编制单位答复”，写明修改位置（章节、图号、图斑号）；不采纳的说明理由。',
          'Answer every item: say where it is met (chapter, sheet, feature), or why it is not.',
        ),
        say('编号在各轮审查中保持不变，请勿重新编号。', 'Numbers stay the same over all rounds: do not renumber.'),
        say(`报送时附本通知（校验码 ${result.seal.slice(0, 12)}）。`, `Enclose this letter (seal ${result.seal.slice(0, 12)}).`),
      ].map((text) => [run(text)]),
    },
  ],
}
