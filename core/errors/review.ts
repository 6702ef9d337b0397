import { message, type MessageTable } from './message.ts'

const STATUS_ZH: Record<string, string> = {
  open: '待处理',
  answered: '已答复',
  resolved: '已解决',
  exception: '例外',
  verified: '已核实',
}
const zh = (status: string): string => STATUS_ZH[status] ?? status

/** Failures of findings, experts, rounds and options. */
export const reviewMessages = {
  'finding.no-such-step': (p: { number: number; from: string; to: string }) =>
    message(
      [
        '状态不能这样变更',
        `意见 ${p.number} 现为“${zh(p.from)}”，不能直接改为“${zh(p.to)}”。`,
        '请按 待处理→已答复→已解决或例外→已核实 的顺序变更，或先重新打开。',
      ],
      [
        'This step of status does not exist',
        `Finding ${p.number} is “${p.from}” and cannot become “${p.to}” directly.`,
        'Follow open → answered → resolved or exception → verified, or open it again first.',
      ],
    ),
  'finding.reason-required': (p: { number: number; to: string }) =>
    message(
      ['需要说明理由', `把意见 ${p.number} 改为“${zh(p.to)}”必须说明理由。`, '请填写理由后再保存。'],
      [
        'A reason is required',
        `Finding ${p.number} can become “${p.to}” only with a reason.`,
        'Write the reason and save again.',
      ],
    ),
  'finding.locked': (p: { number: number; why: 'withdrawn' | 'verified' }) =>
    message(
      [
        '意见已锁定',
        `意见 ${p.number} 已${p.why === 'verified' ? '核实' : '撤回'}，内容不能再改。`,
        p.why === 'verified' ? '如需修改，请先重新打开并说明理由。' : '请新增一条意见，或撤销上一步。',
      ],
      [
        'The finding is locked',
        `Finding ${p.number} is ${p.why}; its words cannot be changed any more.`,
        p.why === 'verified' ? 'Open it again with a reason first.' : 'Add another finding, or undo the withdrawal.',
      ],
    ),
  'review.submitted': (p: { reviewer: string }) =>
    message(
      ['评审已提交', `${p.reviewer}的评审已提交，不能再改分或改意见。`, '请由组长退回后再修改。'],
      [
        'The review is submitted',
        `The review of ${p.reviewer} is submitted; its scores and findings cannot be changed.`,
        'Ask the lead to hand it back first.',
      ],
    ),
  'review.blind': (p: { waiting: number }) =>
    message(
      [
        '首轮背靠背评审尚未结束',
        `还有 ${p.waiting} 位专家未提交，暂不能查看其他专家的评分和意见。`,
        '请等全部专家提交，或由组长结束背靠背评审。',
      ],
      [
        'The blind round is not over',
        `${p.waiting} experts have not submitted yet, so what the others wrote stays hidden.`,
        'Wait until all have submitted, or let the lead end the blind round.',
      ],
    ),
  'review.already-in-panel': (p: { reviewer: string }) =>
    message(
      ['该专家已在评审组中', `“${p.reviewer}”对该规划已有一份评审。`, '请换一个姓名，或打开已有的评审。'],
      ['Already on the panel', `“${p.reviewer}” has a review of this plan already.`, 'Use another name, or open that review.'],
    ),
  'review.nothing-to-settle': (p: { item: string }) =>
    message(
      ['没有可商定的等级', `${p.item} 还没有半数以上的专家评定等级，无法取中位数。`, '请由组长选定等级，或等专家评完该项。'],
      [
        'There is nothing to settle',
        `Fewer than half of the experts gave ${p.item} a level, so there is no median.`,
        'Let the lead choose a level, or wait until the experts have judged it.',
      ],
    ),
  'review.nothing-left': (_: Record<string, never>) =>
    message(
      [
        '没有待商定的事项',
        '有分歧的条目都已商定，或专家评定不足半数，取不出中位数。未作修改。',
        '其余条目请由组长逐项选定等级。',
      ],
      [
        'Nothing is left to settle by the median',
        'Every item on which the experts differ is settled, or too few of them judged it for a median. Nothing was changed.',
        'Let the lead choose the level of the other items one by one.',
      ],
    ),
  'round.same-plan': (p: { plan: string }) =>
    message(
      ['不能作为自身的上一轮', `“${p.plan}”不能同时是上一轮和本轮的规划。`, '请选择另一份规划作为上一轮。'],
      [
        'A plan cannot answer itself',
        `“${p.plan}” was chosen both as this round and as the one before.`,
        'Choose another plan as the earlier round.',
      ],
    ),
  'round.loop': (p: { plan: string }) =>
    message(
      ['轮次相互循环', `“${p.plan}”已经是本规划之后的一轮。`, '请检查各轮次的先后顺序。'],
      [
        'Rounds would go in a circle',
        `“${p.plan}” already follows this plan as a later round.`,
        'Check which plan was submitted first.',
      ],
    ),
  'option.letters-used-up': (p: { most: number }) =>
    message(
      ['方案数量已达上限', `一次评审最多保留 ${p.most} 个比选方案。`, '请先删除不再需要的方案。'],
      ['No more options', `A review keeps at most ${p.most} options.`, 'Remove one that is no longer needed.'],
    ),
  'checklist.version-taken': (p: { checklist: string; version: string }) =>
    message(
      ['该版本号已使用', `清单“${p.checklist}”已有 ${p.version} 版，已发布的版本不可更改。`, '请使用新的版本号发布。'],
      [
        'This version exists already',
        `The checklist “${p.checklist}” has a version ${p.version}; what is published is never changed.`,
        'Publish it under a new version.',
      ],
    ),
  'checklist.tests-failed': (p: { item: string; at: number; expected: string; found: string }) =>
    message(
      [
        '清单的自检用例未通过',
        `${p.item} 的第 ${p.at} 个用例应得等级 ${p.expected}，规则给出 ${p.found}。未发布。`,
        '请改正规则或用例后再发布。',
      ],
      [
        'The checklist does not hold its own test cases',
        `Case ${p.at} of ${p.item} should give level ${p.expected}; the rule gives ${p.found}. Nothing was published.`,
        'Correct the rule or the case, then publish again.',
      ],
    ),
  'attachment.too-large': (p: { name: string; sizeMb: number; mostMb: number }) =>
    message(
      ['附件过大', `“${p.name}”为 ${p.sizeMb} MB，单个附件上限为 ${p.mostMb} MB。`, '请压缩、拆分，或只引用文件名与页码。'],
      [
        'The attachment is too large',
        `“${p.name}” has ${p.sizeMb} MB; one attachment may have ${p.mostMb} MB.`,
        'Compress or split it, or quote its name and page instead.',
      ],
    ),
  'attachment.not-a-file': (p: { name: string }) =>
    message(
      ['不能作为附件', `“${p.name}”不是文件，或已被移走。未添加任何附件。`, '请选择文件；文件夹请先压缩为一个文件。'],
      [
        'This cannot be attached',
        `“${p.name}” is not a file, or is gone. Nothing was attached.`,
        'Choose files; put a folder into one archive first.',
      ],
    ),
  'attachment.not-a-picture': (_: Record<string, never>) =>
    message(
      ['截图无法保存', '地图截图不是有效的 PNG 图片。', '请重新截图。'],
      ['The snapshot cannot be kept', 'The picture of the map is not a valid PNG.', 'Take the snapshot again.'],
    ),
  'attachment.gone': (p: { name: string }) =>
    message(
      [
        '附件的文件已丢失或改动',
        `目录库中“${p.name}”的文件已不在，或内容与入库时不同。`,
        '请从备份恢复目录库，或重新添加该附件。',
      ],
      [
        'The attachment’s file is missing or changed',
        `The file of “${p.name}” is gone from the catalogue, or is no longer what was attached.`,
        'Restore the catalogue from a backup, or attach it again.',
      ],
    ),
} satisfies MessageTable
