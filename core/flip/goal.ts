import { levelFromRule } from '../checklist/rules.ts'
import type { Level } from '../checklist/result.ts'
import type { Checklist, ChecklistItem, LevelRule } from '../checklist/schema.ts'
import type { Measurement } from '../model/measurement.ts'
import { toBase } from '../model/units.ts'
import type { Bilingual } from '../text.ts'
import { flipRuleOf, NO_SEARCH, type FlipRule } from './flip-rules.ts'

/** What a search is for: from the measured level of an item to a higher one. */
export interface Goal {
  item: string
  indicator: string
  rule: LevelRule
  from: Level
  to: Level
  flip: FlipRule
}

/** Why there is nothing to search for; every reason is a sentence that a person reads. */
export interface NoGoal {
  because: Bilingual
}

/** The levels that a rule can give at all, ascending. */
export function levelsOf(rule: LevelRule): Level[] {
  const levels =
    rule.kind === 'cases'
      ? rule.cases.map(({ level }) => level)
      : rule.edges.flatMap((edge, at) => (edge === null ? [] : [at + 1]))
  return [...new Set(levels)].toSorted((one, other) => one - other) as Level[]
}

/**
 * What a search for one item would aim at: the next level that its rule can give above the measured one, or the one asked for.
 * A reviewer's own level is not looked at: a search can only change what is measured.
 */
export function goalOf(item: ChecklistItem, measurement: Measurement | undefined, wanted?: Level): Goal | NoGoal {
  const { rule } = item
  if (rule === null) return { because: NOT_MEASURED }
  if (!measurement || measurement.outcome.kind === 'missing') return { because: NO_VALUE }
  const from = levelFromRule(item.id, rule, measurement)
  if (from === null) return { because: NO_VALUE }
  const above = levelsOf(rule).filter((level) => level > from)
  const to = wanted === undefined ? above[0] : above.find((level) => level >= wanted)
  if (wanted !== undefined && wanted <= from) return { because: REACHED }
  if (to === undefined) return { because: from === 4 ? BEST : NO_HIGHER }
  const none = NO_SEARCH.find(({ indicator }) => indicator === rule.indicator)
  if (none) return { because: none.because }
  const flip = flipRuleOf(rule.indicator)
  return flip ? { item: item.id, indicator: rule.indicator, rule, from, to, flip } : { because: NO_MOVES }
}

export const isGoal = (goal: Goal | NoGoal): goal is Goal => 'to' in goal

/** Whether a measurement reaches a goal. */
export function reaches({ item, rule, to }: Goal, measurement: Measurement): boolean {
  const level = levelFromRule(item, rule, measurement)
  return level !== null && level >= to
}

/** The edge of a level as a value in base units; undefined where the rule is told in cases. */
export function edgeOf(rule: LevelRule, level: Level): number | undefined {
  if (rule.kind !== 'edges' || level === 0) return undefined
  const edge = rule.edges[level - 1]
  return edge === null || edge === undefined ? undefined : toBase(edge, rule.unit)
}

/** The words of a level in the checklist. */
export const levelText = (checklist: Checklist, item: string, level: Level): Bilingual | undefined =>
  checklist.items.find(({ id }) => id === item)?.levels.find((one) => one.level === level)?.text

const NOT_MEASURED: Bilingual = {
  zh: '此项由评审人查阅文本判定，没有可测算的数值，因此没有可搜索的改动。',
  en: 'A reviewer judges this item from the documents: there is no measured value that a change of the map could lift.',
}
const NO_VALUE: Bilingual = {
  zh: '此项还没有测得数值（资料不足或尚未分析），补齐资料后才能搜索。',
  en: 'This item has no measured value yet (data are missing or the plan is not analysed): search when they are there.',
}
const BEST: Bilingual = { zh: '此项按测算已是最高等级。', en: 'As measured, this item is at its highest level.' }
const REACHED: Bilingual = { zh: '按测算已达到所问的等级。', en: 'As measured, the item is at that level already.' }
const NO_HIGHER: Bilingual = {
  zh: '更高的等级不由测算给出，需由评审人判定，因此不搜索。',
  en: 'Higher levels are not given by measuring; a reviewer decides on them. There is nothing to search.',
}
const NO_MOVES: Bilingual = {
  zh: '本版本还没有能改善此项的改动类型，因此不搜索。',
  en: 'This version knows no kind of change that could lift this item, so that it does not search.',
}
