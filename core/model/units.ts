import type { Bilingual } from '../text.ts'
import { inChosenSigns } from './digit-signs.ts'

/** Units of measured values. Results are stored in base units (m, m², ratio …); people read display units. */
export interface UnitInfo {
  id: string
  label: Bilingual
  /** The base unit this one is a multiple of; a base unit names itself. */
  base: BaseUnit
  /** Multiply a value in this unit by `toBase` to get the base unit. */
  toBase: number
  /** Decimals that a reader expects; results themselves are never rounded. */
  decimals: number
}

export type BaseUnit =
  | 'ratio'
  | 'm2'
  | 'm'
  | 'count'
  | 'persons'
  | 'm2_per_person'
  | 'm_per_person'
  | 'level'
  | 'index'
  | 'tco2'
  | 'tco2_per_year'
  | 'tco2_per_ha_year'

const unit = (id: string, zh: string, en: string, base: BaseUnit, toBase: number, decimals: number): UnitInfo => ({
  id,
  label: { zh, en },
  base,
  toBase,
  decimals,
})

export const UNITS = {
  ratio: unit('ratio', '', '', 'ratio', 1, 3),
  percent: unit('percent', '%', '%', 'ratio', 0.01, 1),
  percentage_point: unit('percentage_point', '个百分点', 'pp', 'ratio', 0.01, 2),
  multiple: unit('multiple', '倍', '×', 'ratio', 1, 2),
  m2: unit('m2', 'm²', 'm²', 'm2', 1, 0),
  ha: unit('ha', '公顷', 'ha', 'm2', 10_000, 2),
  mu: unit('mu', '亩', 'mu', 'm2', 10_000 / 15, 1),
  km2: unit('km2', 'km²', 'km²', 'm2', 1_000_000, 3),
  m: unit('m', 'm', 'm', 'm', 1, 0),
  km: unit('km', 'km', 'km', 'm', 1000, 2),
  count: unit('count', '个', '', 'count', 1, 0),
  persons: unit('persons', '人', 'people', 'persons', 1, 0),
  m2_per_person: unit('m2_per_person', 'm²/人', 'm²/person', 'm2_per_person', 1, 2),
  m_per_person: unit('m_per_person', 'm/人', 'm/person', 'm_per_person', 1, 4),
  km_per_10k_persons: unit('km_per_10k_persons', 'km/万人', 'km/10⁴ people', 'm_per_person', 0.1, 2),
  level: unit('level', '级', 'level', 'level', 1, 0),
  index: unit('index', '', '', 'index', 1, 2),
  tco2: unit('tco2', 'tCO₂', 'tCO₂', 'tco2', 1, 1),
  tco2_per_ha_year: unit('tco2_per_ha_year', 'tCO₂/(公顷·年)', 'tCO₂/(ha·yr)', 'tco2_per_ha_year', 1, 3),
  tco2_per_year: unit('tco2_per_year', 'tCO₂/年', 'tCO₂/yr', 'tco2_per_year', 1, 1),
} satisfies Record<string, UnitInfo>

export type UnitId = keyof typeof UNITS

/** How areas are shown; a setting of the office. Areas under a checklist item keep the unit that the checklist names. */
export type AreaUnit = 'ha' | 'mu' | 'km2' | 'm2'

export const toBase = (value: number, unitId: UnitId): number => value * UNITS[unitId].toBase
export const fromBase = (value: number, unitId: UnitId): number => value / UNITS[unitId].toBase

const formats = new Map<string, Intl.NumberFormat>()

/** Making a format costs a hundred times as much as using it, and a few dozen serve the whole program. */
function numberFormat(lang: 'zh' | 'en', decimals: number): Intl.NumberFormat {
  const key = `${lang}${decimals}`
  const made = formats.get(key)
  if (made) return made
  const format = new Intl.NumberFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  formats.set(key, format)
  return format
}

/** A value in base units as people read it: "12.34 公顷". Uses the language's digits grouping, never the machine's. */
export function formatValue(value: number, unitId: UnitId, lang: 'zh' | 'en', decimals: number = UNITS[unitId].decimals): string {
  const number = inChosenSigns(numberFormat(lang, decimals).format(fromBase(value, unitId)))
  const label = UNITS[unitId].label[lang]
  // English counts levels by name: "level 2", as the checklist does.
  if (unitId === 'level' && lang === 'en') return `${label} ${number}`
  return label === '' ? number : label === '%' ? `${number}%` : `${number} ${label}`
}

/** An area in m² within a sentence that is stored in both languages: its commas are no choice of an office. */
export const squareMetres = (areaM2: number, decimals = 2): string => `${numberFormat('en', decimals).format(areaM2)} m²`

/** More digits than these tell nothing but the noise of reckoning. */
const MOST_DECIMALS = 8

/** A value in base units, in a unit of its own kind; a small value never reads as zero, and one that is only noise as nearly zero. */
export function readableValue(value: number, unitId: UnitId, lang: 'zh' | 'en'): string {
  const decimals = UNITS[unitId].decimals
  const shown = Math.abs(fromBase(value, unitId))
  const isSmall = shown > 0 && shown < 0.5 * 10 ** -decimals
  if (isSmall && shown < 0.5 * 10 ** -MOST_DECIMALS) return `≈ ${formatValue(0, unitId, lang)}`
  const needed = isSmall ? Math.min(MOST_DECIMALS, Math.ceil(-Math.log10(shown)) + 1) : decimals
  return formatValue(value, unitId, lang, needed)
}
