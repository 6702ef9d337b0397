import { formatValue, UNITS, type BaseUnit, type UnitId } from '#core/model/units.ts'
import type { Settings } from '#core/contract/procedures.ts'
import { inChosenSigns } from '#core/model/digit-signs.ts'
import type { Lang } from '#core/text.ts'
import { isoDay, isoMoment, useFormats } from './chosen.ts'

const locale = (lang: Lang) => (lang === 'zh' ? 'zh-CN' : 'en-GB')

/** Makes a formatter once per language: making one costs a hundred times what using it does, and tables use it in every cell. */
function oncePerLang<T>(make: (locale: string) => T): (lang: Lang) => T {
  const made = new Map<Lang, T>()
  return (lang) => {
    const known = made.get(lang) ?? make(locale(lang))
    made.set(lang, known)
    return known
  }
}

const counts = oncePerLang((of) => new Intl.NumberFormat(of))
const scores = oncePerLang((of) => new Intl.NumberFormat(of, { minimumFractionDigits: 1, maximumFractionDigits: 1 }))
const moments = oncePerLang((of) => new Intl.DateTimeFormat(of, { dateStyle: 'medium', timeStyle: 'short' }))
const days = oncePerLang((of) => new Intl.DateTimeFormat(of, { dateStyle: 'medium' }))

const fixedFormats = new Map<number, Intl.NumberFormat>()
function fixed(decimals: number): Intl.NumberFormat {
  const made =
    fixedFormats.get(decimals) ??
    new Intl.NumberFormat('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  fixedFormats.set(decimals, made)
  return made
}

/** A count with the language's digit grouping. */
export const formatCount = (count: number, lang: Lang): string => inChosenSigns(counts(lang).format(count))

/** A score of 0..100 with one decimal. */
export const formatScore = (score: number, lang: Lang): string => inChosenSigns(scores(lang).format(score))

/** A share of 0..1 as whole percent, never rounded up to a full 100. */
export const wholePercent = (share: number): number => (share >= 1 ? 100 : Math.floor(share * 100 + 1e-9))

/** Date and time of a record, in the reader's own zone. */
export const formatMoment = (iso: string, lang: Lang): string =>
  useFormats.getState().dates === 'iso' ? isoMoment(new Date(iso)) : moments(lang).format(new Date(iso))

/** Who and when; a record made before anyone gave a name says only when. */
export const author = (by: string, at: string): string => (by === '' || by === '—' ? at : `${by} · ${at}`)

/** The day of a record, in the reader's own zone. */
export const formatDay = (iso: string, lang: Lang): string =>
  useFormats.getState().dates === 'iso' ? isoDay(new Date(iso)) : days(lang).format(new Date(iso))

/** A plain number with so many decimals: for figures that are in no unit of the table of units. */
export const formatFixed = (value: number, decimals: number): string => inChosenSigns(fixed(decimals).format(value))

/** Bytes as people read them. */
export function formatBytes(bytes: number, lang: Lang): string {
  const units = ['B', 'KB', 'MB', 'GB']
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const format = new Intl.NumberFormat(locale(lang), { maximumFractionDigits: power === 0 ? 0 : 1 })
  const number = inChosenSigns(format.format(bytes / 1000 ** power))
  return `${number} ${units[power]}`
}

/** Enough decimals that a small area is not shown as nothing. */
function areaDecimals(areaM2: number, unit: Settings['areaUnit']): number {
  const shown = Math.abs(areaM2) / UNITS[unit].toBase
  const usual = UNITS[unit].decimals
  return shown === 0 || shown >= 1 ? usual : Math.min(6, Math.max(usual, 1 - Math.floor(Math.log10(shown))))
}

/** An area in the reader's unit. */
export const formatArea = (areaM2: number, unit: Settings['areaUnit'], lang: Lang): string =>
  formatValue(areaM2, unit, lang, areaDecimals(areaM2, unit))

const DISPLAY: Record<BaseUnit, UnitId> = {
  ratio: 'percent',
  m2: 'ha',
  m: 'm',
  count: 'count',
  persons: 'persons',
  m2_per_person: 'm2_per_person',
  m_per_person: 'm_per_person',
  level: 'level',
  index: 'index',
  tco2_per_year: 'tco2_per_year',
  tco2: 'tco2',
  tco2_per_ha_year: 'tco2_per_ha_year',
}

/**
 * A measured value as people read it: in the checklist item's unit where that belongs to the same base, areas in the
 * reader's own unit, otherwise the usual unit of that base.
 */
export function formatMeasured(
  value: number,
  base: BaseUnit,
  itemUnit: UnitId,
  areaUnit: Settings['areaUnit'],
  lang: Lang,
): string {
  if (base === 'm2') return formatArea(value, areaUnit, lang)
  return formatValue(value, UNITS[itemUnit].base === base ? itemUnit : DISPLAY[base], lang)
}
