import { message, type MessageTable } from './message.ts'

/** Failures of reading or applying a checklist, and of a reviewer's entries. */
export const checklistMessages = {
  'review.reason-required': (p: { item: string }) =>
    message(
      ['需要填写理由', `修改 ${p.item} 的等级必须说明理由。`, '请填写理由后保存。'],
      [
        'A reason is required',
        `A level chosen by a reviewer for ${p.item} must carry a reason.`,
        'Write the reason and save again.',
      ],
    ),
  'checklist.unknown': (p: { checklist: string }) =>
    message(
      ['没有这份清单', `本版本不含审查清单“${p.checklist}”。`, '请选择列表中的清单；旧版本清单的评审请用原版本打开。'],
      [
        'No such checklist',
        `This version has no checklist “${p.checklist}”.`,
        'Choose one from the list; open a review of an older checklist with the version it was made in.',
      ],
    ),
  'review.unknown-item': (p: { item: string; checklist: string }) =>
    message(
      ['清单中没有该项', `审查清单“${p.checklist}”中没有 ${p.item}。`, '请核对条目编号（例如 A04）。'],
      ['No such item', `The checklist “${p.checklist}” has no item ${p.item}.`, 'Check the item’s code (for example A04).'],
    ),
  'checklist.invalid': (p: { file: string; path: string; problem: string }) =>
    message(
      ['审查清单无法使用', `“${p.file}”中的 ${p.path} 有误：${p.problem}`, '请改正该处后重新载入清单。'],
      [
        'The checklist cannot be used',
        `In “${p.file}”, ${p.path} is wrong: ${p.problem}`,
        'Correct that place and load the checklist again.',
      ],
    ),
  'checklist.unit-mismatch': (p: { item: string; indicator: string; expected: string; found: string }) =>
    message(
      [
        '清单与指标的单位不一致',
        `${p.item} 按“${p.expected}”设定等级，而指标 ${p.indicator} 的结果单位是“${p.found}”。`,
        '请在清单中改用该指标的单位。',
      ],
      [
        'Checklist and indicator differ in unit',
        `${p.item} sets its levels in “${p.expected}”, but the indicator ${p.indicator} answers in “${p.found}”.`,
        'Use the indicator’s unit in the checklist.',
      ],
    ),
} satisfies MessageTable
