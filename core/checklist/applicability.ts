import { CITY_KINDS } from '../model/manifest.ts'
import type { Bilingual } from '../text.ts'
import type { ChecklistItem } from './schema.ts'

/** What kinds of city are called; by id. */
export const CITY_TITLES: Readonly<Record<string, Bilingual>> = {
  super: { zh: '超大城市', en: 'super cities' },
  mega: { zh: '特大城市', en: 'mega cities' },
  large: { zh: '大城市', en: 'large cities' },
  medium: { zh: '中等城市', en: 'medium cities' },
  small: { zh: '小城市', en: 'small cities' },
  shrinking: { zh: '收缩城市', en: 'shrinking cities' },
}

/** What levels of plans are called; by id. */
export const LEVEL_TITLES: Readonly<Record<string, Bilingual>> = {
  master: { zh: '总体规划', en: 'master plans' },
  special: { zh: '专项规划', en: 'special plans' },
  unit: { zh: '详细规划（单元）', en: 'detailed plans of units' },
  parcel: { zh: '详细规划（地块）', en: 'detailed plans of parcels' },
}

function titles(ids: readonly string[], table: Readonly<Record<string, Bilingual>>): Bilingual {
  const known = ids.map((id) => table[id] ?? { zh: id, en: id })
  return { zh: known.map(({ zh }) => zh).join('、'), en: known.map(({ en }) => en).join(', ') }
}

/**
 * Why an item does not apply to this plan, or null where it does. An item for certain kinds of city is left out while the kind
 * is not stated: assuming either way would change the score on a guess.
 */
export function whyNotApplicable(item: ChecklistItem, cityKind: string | null, planLevel: string): Bilingual | null {
  const { cities, planLevels } = item.applies
  if (!planLevels.some((level) => level === planLevel)) {
    const only = titles(planLevels, LEVEL_TITLES)
    return { zh: `仅适用于${only.zh}。`, en: `Applies to ${only.en} only.` }
  }
  if (CITY_KINDS.every((kind) => cities.includes(kind))) return null
  const only = titles(cities, CITY_TITLES)
  if (cityKind === null) {
    return {
      zh: `仅适用于${only.zh}；方案未注明城市类型。`,
      en: `Applies to ${only.en} only; the plan does not state the city's kind.`,
    }
  }
  return cities.some((kind) => kind === cityKind) ? null : { zh: `仅适用于${only.zh}。`, en: `Applies to ${only.en} only.` }
}
