import { run, type MemoSection } from '../context.ts'

/** What this paper is and is not. */
export const disclaimers: MemoSection = {
  id: 'disclaimers',
  title: { zh: '使用说明', en: 'How to use this memo' },
  compose({ say }) {
    const lines = [
      say(
        '本意见为技术审查的辅助材料，不替代法定审查和审批，也不构成行政许可。',
        'This memo is a technical aid to review. It replaces no statutory examination or approval and grants no permission.',
      ),
      say(
        '标有〔拟〕的等级标准为内插拟定，须经本机构确认后方可作为审查依据；标有〔待〕者应先核对原文。',
        'Thresholds marked [I] are interpolated: the office must adopt them before they can be relied on. Those marked [U] must first be checked against their source.',
      ),
      say(
        '自动测算结果取决于送审数据的完整性与现势性；资料缺失的条目不计零分，已单独列出。',
        'Measured values depend on how complete and current the submitted data are. Items without data are listed apart and never count as zero.',
      ),
      say(
        '评审人修改等级的，自动等级、修改后等级及理由均已如实列出。',
        'Where a reviewer changed a level, the measured level, the chosen level and the reason are all printed.',
      ),
      say('全部计算在本机完成，未向外部传送任何数据。', 'All computation was done on this computer; no data left it.'),
    ]
    return [{ kind: 'list', ordered: true, items: lines.map((line) => [run(line)]) }]
  },
}
