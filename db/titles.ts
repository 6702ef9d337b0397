import type { ItemEntry } from '#core/checklist/result.ts'
import type { Plan } from '#core/model/plan.ts'
import type { FindingStatus } from '#core/review/finding.ts'
import { bilingual, type Bilingual } from '#core/text.ts'

/** What the steps of the history are called. */
export const titles = {
  addPlan: (plan: Plan): Bilingual => bilingual(`导入“${plan.nameZh ?? plan.name}”`, `Import “${plan.name}”`),
  removePlan: (plan: Plan): Bilingual => bilingual(`移除“${plan.nameZh ?? plan.name}”`, `Remove “${plan.name}”`),
  openReview: (plan: Plan): Bilingual => bilingual(`开始评审“${plan.nameZh ?? plan.name}”`, `Open a review of “${plan.name}”`),
  setEntry: ({ item, level, notApplicable }: Pick<ItemEntry, 'item' | 'level' | 'notApplicable'>): Bilingual => {
    if (notApplicable) return bilingual(`${item} 标为不适用`, `${item} marked as not applicable`)
    if (level === null) return bilingual(`修改 ${item} 的评审记录`, `Note on ${item}`)
    return bilingual(`${item} 的等级设为 ${level}`, `Level of ${item} set to ${level}`)
  },
  clearEntry: (item: string): Bilingual => bilingual(`清除 ${item} 的评审记录`, `Clear the entry of ${item}`),
  restoreEntry: (item: string): Bilingual => bilingual(`恢复 ${item} 从前的评审记录`, `Bring back an earlier entry of ${item}`),
  restoreFinding: (number: number): Bilingual =>
    bilingual(`恢复意见 ${number} 从前的内容`, `Bring back earlier words of finding ${number}`),
  addFinding: (number: number): Bilingual => bilingual(`新增意见 ${number}`, `Add finding ${number}`),
  addSheet: (name: string): Bilingual => bilingual(`放置图纸“${name}”`, `Lay the sheet “${name}”`),
  placeSheet: (name: string): Bilingual => bilingual(`重新配准图纸“${name}”`, `Lay the sheet “${name}” anew`),
  removeSheet: (name: string): Bilingual => bilingual(`移除图纸“${name}”`, `Remove the sheet “${name}”`),
  updateFinding: (number: number): Bilingual => bilingual(`修改意见 ${number}`, `Edit finding ${number}`),
  updateFindings: (count: number): Bilingual => bilingual(`批量修改 ${count} 条意见`, `Change ${count} findings`),
  memoAsRound: (count: number): Bilingual =>
    bilingual(`由意见书带入上一轮的 ${count} 条意见`, `Carry ${count} findings over from a memo`),
  carryFindings: (count: number): Bilingual => bilingual(`带入上一轮的 ${count} 条意见`, `Carry ${count} findings over`),
  withdrawFindings: (numbers: readonly number[]): Bilingual =>
    bilingual(`撤回意见 ${few(numbers)}`, `Withdraw finding ${few(numbers)}`),
  moveFindings: (numbers: readonly number[], to: FindingStatus): Bilingual =>
    bilingual(`意见 ${few(numbers)} 改为“${STATUS[to].zh}”`, `Finding ${few(numbers)} ${STATUS[to].en}`),
  replyTo: (number: number): Bilingual => bilingual(`答复意见 ${number}`, `Reply to finding ${number}`),
  bringReplies: (count: number, by: string): Bilingual =>
    bilingual(`带入“${by}”对 ${count} 条意见的答复`, `Bring in answers of “${by}” to ${count} findings`),
  addExpert: (name: string): Bilingual => bilingual(`评审组加入“${name}”`, `Add “${name}” to the panel`),
  removeExpert: (name: string): Bilingual => bilingual(`评审组移除“${name}”`, `Take “${name}” off the panel`),
  submitReview: (name: string): Bilingual => bilingual(`提交“${name}”的评审`, `Submit the review of “${name}”`),
  reopenReview: (name: string): Bilingual => bilingual(`退回“${name}”的评审`, `Hand the review of “${name}” back`),
  settleItems: (count: number): Bilingual => bilingual(`按中位数商定 ${count} 项`, `Settle ${count} items by the median`),
  setBlind: (isBlind: boolean): Bilingual =>
    isBlind ? bilingual('开始背靠背评审', 'Begin the blind round') : bilingual('结束背靠背评审', 'End the blind round'),
  setRound: (plan: Plan, number: number): Bilingual =>
    bilingual(`“${plan.nameZh ?? plan.name}”设为第 ${number} 轮`, `“${plan.name}” is round ${number}`),
  addAttachment: (name: string): Bilingual => bilingual(`添加附件“${name}”`, `Attach “${name}”`),
  removeAttachment: (name: string): Bilingual => bilingual(`移除附件“${name}”`, `Remove the attachment “${name}”`),
  addOption: (letter: string): Bilingual => bilingual(`新建比选方案 ${letter}`, `New option ${letter}`),
  changeOption: (letter: string, isRecommendation: boolean): Bilingual =>
    isRecommendation
      ? bilingual(`方案 ${letter} 的推荐意见`, `Recommendation of option ${letter}`)
      : bilingual(`重命名方案 ${letter}`, `Rename option ${letter}`),
  removeOption: (letter: string): Bilingual => bilingual(`删除方案 ${letter}`, `Remove option ${letter}`),
  editOption: (letter: string, step: Bilingual): Bilingual =>
    bilingual(`方案 ${letter}：${step.zh}`, `Option ${letter}: ${step.en}`),
  putTemplate: (title: string): Bilingual => bilingual(`保存常用意见“${title}”`, `Keep the frequent remark “${title}”`),
  removeTemplate: (title: string): Bilingual => bilingual(`删除常用意见“${title}”`, `Remove the frequent remark “${title}”`),
  moveToChecklist: (version: string): Bilingual =>
    bilingual(`改用清单 ${version} 版评审`, `Judge by version ${version} of the checklist`),
  merge: (files: number, merged: number): Bilingual =>
    bilingual(`合并 ${files} 个评审包（新增 ${merged} 项操作）`, `Merge ${files} packages (${merged} new operations)`),
  resolve: (what: Bilingual, by: string): Bilingual =>
    bilingual(`处理冲突：${what.zh}采用“${by}”的内容`, `Settle a conflict: ${what.en} as “${by}” has it`),
  publishChecklist: (title: Bilingual, version: string): Bilingual =>
    bilingual(`发布清单“${title.zh}” ${version}`, `Publish “${title.en}” ${version}`),
}

const STATUS: Record<FindingStatus, Bilingual> = {
  open: bilingual('待处理', 'opened again'),
  answered: bilingual('已答复', 'answered'),
  resolved: bilingual('已解决', 'resolved'),
  exception: bilingual('例外', 'made an exception'),
  verified: bilingual('已核实', 'verified'),
}

const MOST_NAMED = 5

/** "3, 5, 9" or "3, 5, 9, 11, 12 … (40)". */
const few = (numbers: readonly number[]): string =>
  numbers.length <= MOST_NAMED ? numbers.join(', ') : `${numbers.slice(0, MOST_NAMED).join(', ')} … (${numbers.length})`
