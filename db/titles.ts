import type { ItemEntry } from '#core/checklist/result.ts'
import type { Plan } from '#core/model/plan.ts'
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
  addFinding: (number: number): Bilingual => bilingual(`新增意见 ${number}`, `Add finding ${number}`),
  addSheet: (name: string): Bilingual => bilingual(`放置图纸“${name}”`, `Lay the sheet “${name}”`),
  placeSheet: (name: string): Bilingual => bilingual(`重新配准图纸“${name}”`, `Lay the sheet “${name}” anew`),
  removeSheet: (name: string): Bilingual => bilingual(`移除图纸“${name}”`, `Remove the sheet “${name}”`),
  updateFinding: (number: number): Bilingual => bilingual(`修改意见 ${number}`, `Edit finding ${number}`),
  withdrawFinding: (number: number): Bilingual => bilingual(`撤回意见 ${number}`, `Withdraw finding ${number}`),
}
