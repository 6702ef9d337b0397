import type { Bilingual } from '#core/text.ts'

/** What the log's actions are called. An action that a newer version wrote is shown by its own code. */
const ACTIONS: Readonly<Record<string, Bilingual>> = {
  'catalogue.opened': { zh: '打开目录库', en: 'Catalogue opened' },
  'catalogue.restored': { zh: '恢复目录库', en: 'Catalogue restored' },
  'audit.sealed': { zh: '封存日志', en: 'Log sealed' },
  'clock.jumped': { zh: '系统时钟跳变', en: 'Clock jumped' },
  'backup.made': { zh: '备份目录库', en: 'Backup made' },
  'settings.set': { zh: '修改设置', en: 'Settings changed' },
  'plan.added': { zh: '导入方案', en: 'Plan imported' },
  'plan.removed': { zh: '移除方案', en: 'Plan removed' },
  'measurements.saved': { zh: '保存测算结果', en: 'Measurements saved' },
  'review.opened': { zh: '开始审查', en: 'Review opened' },
  'entry.set': { zh: '评定条目', en: 'Item judged' },
  'entry.cleared': { zh: '清除评定', en: 'Entry cleared' },
  'finding.added': { zh: '新增意见', en: 'Finding added' },
  'finding.updated': { zh: '修改意见', en: 'Finding changed' },
  'finding.withdrawn': { zh: '撤回意见', en: 'Finding withdrawn' },
  'memo.exported': { zh: '导出意见书', en: 'Memo exported' },
  'table.exported': { zh: '导出结果表', en: 'Table exported' },
  'monitoring.exported': { zh: '导出监测表', en: 'Monitoring tables exported' },
  'opportunity.exported': { zh: '导出机遇地区评分卡', en: 'Score cards exported' },
  'overlays.exported': { zh: '导出专题图', en: 'Overlays exported' },
  'profile.saved': { zh: '保存对照方案', en: 'Mapping saved' },
  'profile.removed': { zh: '删除对照方案', en: 'Mapping removed' },
  'history.undone': { zh: '撤销', en: 'Undone' },
  'history.redone': { zh: '重做', en: 'Redone' },
}

/** The words for an action, or undefined where this version has none. */
export const actionWords = (action: string): Bilingual | undefined => ACTIONS[action]
