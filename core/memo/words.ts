import type { Level, LevelSource } from '../checklist/result.ts'
import type { Certainty } from '../checklist/schema.ts'
import type { ChecklistItem } from '../checklist/schema.ts'
import type { Measurement } from '../model/measurement.ts'
import { formatValue, readableValue, toBase, UNITS, type AreaUnit, type BaseUnit, type UnitId } from '../model/units.ts'
import type { Severity } from '../review/finding.ts'
import type { Bilingual, Lang } from '../text.ts'
import type { MemoContext } from './context.ts'

/** Words for the five levels (domain: 0 absent or violated … 4 leading). */
export const LEVEL_WORDS: Record<Level, Bilingual> = {
  0: { zh: '缺失或违反', en: 'absent or violated' },
  1: { zh: '较弱', en: 'weak' },
  2: { zh: '达到底线', en: 'meets the minimum' },
  3: { zh: '良好', en: 'good' },
  4: { zh: '领先', en: 'leading' },
}

export const SOURCE_WORDS: Record<LevelSource, Bilingual> = {
  auto: { zh: '自动测算', en: 'measured' },
  reviewer: { zh: '评审人', en: 'reviewer' },
  document: { zh: '文本依据', en: 'document' },
  none: { zh: '未判定', en: 'not judged' },
}

export const SEVERITY_WORDS: Record<Severity, Bilingual> = {
  must: { zh: '必须修改', en: 'Must change' },
  should: { zh: '建议', en: 'Advice' },
  note: { zh: '说明', en: 'Note' },
}

/** Marks beside thresholds: readable in print, in grey and aloud, never parted from what they mark. Explained under the table that uses them. */
export const CERTAINTY_MARKS: Record<Certainty, Bilingual> = {
  verified: { zh: '〔核〕', en: '\u00a0[V]' },
  seed: { zh: '〔文〕', en: '\u00a0[P]' },
  unverified: { zh: '〔待〕', en: '\u00a0[U]' },
  interpolated: { zh: '〔拟〕', en: '\u00a0[I]' },
}

export const CERTAINTY_KEY: Bilingual = {
  zh: '◆ 为一票否决项。可信度：〔核〕已与公开文本核对；〔文〕引自方法来源论文；〔待〕尚待核对原文；〔拟〕内插拟定，须由本机构确认后采用。',
  en: '◆ marks gate items. Certainty: [V] checked against a public text; [P] from the paper the method rests on; [U] not yet checked against its text; [I] interpolated, to be adopted by the office.',
}

export const PLAN_LEVEL_WORDS: Record<string, Bilingual> = {
  master: { zh: '总体规划', en: 'master plan' },
  special: { zh: '专项规划', en: 'special plan' },
  unit: { zh: '详细规划（单元）', en: 'detailed plan (unit)' },
  parcel: { zh: '详细规划（地块）', en: 'detailed plan (parcel)' },
}

export const CITY_KIND_WORDS: Record<string, Bilingual> = {
  super: { zh: '超大城市', en: 'super city' },
  mega: { zh: '特大城市', en: 'mega city' },
  large: { zh: '大城市', en: 'large city' },
  medium: { zh: '中等城市', en: 'medium city' },
  small: { zh: '小城市', en: 'small city' },
  shrinking: { zh: '收缩城市', en: 'shrinking city' },
}

/** A day as people write it: 2026年11月22日 / 22 November 2026. Reads the record's own date; no time zone is applied. */
export function dayInWords(iso: string, lang: Lang): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso) ?? []
  if (year === undefined || month === undefined || day === undefined) return iso
  if (lang === 'zh') return `${year}年${Number(month)}月${Number(day)}日`
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** A value in base units, in a unit of its own kind; a small value never reads as zero. */
export function valueText(value: number, baseUnit: BaseUnit, wished: UnitId, lang: Lang): string {
  const unit: UnitId = UNITS[wished].base === baseUnit ? wished : baseUnit
  return withMinus(readableValue(value, unit, lang))
}

/** Figures below zero with a true minus sign, which is as wide as a digit and is never taken for a hyphen. */
export const withMinus = (figure: string): string => figure.replace(/^-(?=[\d.])/, '−')

/** Where an item's levels begin, in base units. */
function limitsOf({ rule }: Pick<ChecklistItem, 'rule'>): number[] {
  if (rule === null) return []
  if (rule.kind === 'edges') return rule.edges.flatMap((edge) => (edge === null ? [] : [toBase(edge, rule.unit)]))
  return rule.cases.flatMap(({ all }) => all.flatMap(({ path, than }) => (path === 'value' && than !== undefined ? [than] : [])))
}

/** More decimals than these settle nothing. */
const MOST_MORE_DECIMALS = 4

/** A value with as many decimals as it takes not to look like a limit that it misses: 1.252 where at most 1.25 is asked for. */
function besideLimits(value: number, unit: UnitId, limits: readonly number[], lang: Lang): string | null {
  const { decimals } = UNITS[unit]
  const missed = limits.filter((limit) => limit !== value && Math.abs(limit - value) > 1e-9 * Math.abs(limit))
  for (let more = 0; more <= MOST_MORE_DECIMALS; more++) {
    const words = formatValue(value, unit, lang, decimals + more)
    if (missed.every((limit) => formatValue(limit, unit, lang, decimals + more) !== words))
      return more === 0 ? null : withMinus(words)
  }
  return null
}

/** The outcome of a measurement in the unit an item is judged in; a dash where there is none. */
export function outcomeText(measurement: Measurement | null, item: Pick<ChecklistItem, 'unit' | 'rule'>, lang: Lang): string {
  const { unit } = item
  if (measurement === null) return '—'
  const { outcome } = measurement
  return outcome.kind === 'missing'
    ? lang === 'zh'
      ? '资料不足'
      : 'no data'
    : ((UNITS[unit].base === outcome.unit ? besideLimits(outcome.value, unit, limitsOf(item), lang) : null) ??
        valueText(outcome.value, outcome.unit, unit, lang))
}

export const areaText = (areaM2: number, unit: AreaUnit, lang: Lang): string => valueText(areaM2, 'm2', unit, lang)

/** Points of a total or a dimension: one decimal. */
export const pointsText = (points: number): string => points.toFixed(1)

/** "A04 人均公园绿地面积". */
export const itemTitle = (item: ChecklistItem, memo: MemoContext): string => `${item.id} ${memo.inLang(item.title)}`

/** "2 级（达到底线）" / "level 2 (meets the minimum)". */
export const levelText = (level: Level, memo: MemoContext): string =>
  memo.say(`${level} 级（${LEVEL_WORDS[level].zh}）`, `level ${level} (${LEVEL_WORDS[level].en})`)

/** Joins a list in the manner of the language. */
export const listText = (parts: readonly string[], lang: Lang): string => parts.join(lang === 'zh' ? '、' : ', ')
