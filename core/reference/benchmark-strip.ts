import { fromBase, readableValue, toBase, UNITS, type BaseUnit, type UnitId } from '../model/units.ts'
import { inLang, type Bilingual, type Lang } from '../text.ts'
import { benchmarksOf, type Benchmark } from './benchmarks.ts'

/** A reference value on the scale of this plan's own. */
export interface StripPoint {
  place: Bilingual
  label: Bilingual
  year: number | null
  kind: Benchmark['kind']
  certainty: Benchmark['certainty']
  /** In the base unit of the measure. */
  value: number
}

/** This plan's value among those of other places, all of the same sort and in the base unit of the measure. */
export interface BenchmarkStrip {
  own: number
  unit: UnitId
  points: StripPoint[]
  /** Where the scale begins and ends. */
  low: number
  high: number
}

interface StripItem {
  id: string
  unit: UnitId
  rule: { indicator: string } | null
}

const isUnit = (unit: string): unit is UnitId => Object.hasOwn(UNITS, unit)

/**
 * The reference values that may stand on one scale with a measured value: those that the library marks as the same sort of number.
 * Undefined where there is none, or where the units do not meet.
 */
export function benchmarkStrip(
  item: StripItem,
  checklist: string,
  own: { value: number; unit: BaseUnit },
): BenchmarkStrip | undefined {
  const known = item.rule?.indicator ?? item.id
  const points = benchmarksOf(item, checklist).flatMap(({ place, kind, certainty, values }) =>
    values.flatMap(({ label, value, unit, year, strip }): StripPoint[] => {
      const ownUnit = strip?.unit ?? unit
      if (!strip?.items.includes(known) || !isUnit(ownUnit) || UNITS[ownUnit].base !== own.unit) return []
      return [{ place, label, year, kind, certainty, value: toBase(strip.value ?? value, ownUnit) }]
    }),
  )
  if (points.length === 0) return undefined
  const unit = UNITS[item.unit].base === own.unit ? item.unit : usualUnit(own.unit)
  const all = [own.value, ...points.map(({ value }) => value)]
  const low = Math.min(0, ...all)
  const high = Math.max(...all)
  return {
    own: own.value,
    unit,
    points: points.toSorted((one, other) => one.value - other.value),
    low,
    high: roundUp(high, unit),
  }
}

const usualUnit = (base: BaseUnit): UnitId => (base === 'ratio' ? 'percent' : base)

/** The next round figure in the unit that people read, so that the largest dot is not cut off. */
function roundUp(value: number, unit: UnitId): number {
  const shown = fromBase(value, unit)
  if (shown <= 0) return toBase(1, unit)
  const step = 10 ** Math.floor(Math.log10(shown)) / 2
  return toBase(Math.ceil((shown * 1.02) / step) * step, unit)
}

/** Where a value stands on the scale, 0 … 1. */
export const stripPlace = ({ low, high }: Pick<BenchmarkStrip, 'low' | 'high'>, value: number): number =>
  high > low ? Math.max(0, Math.min(1, (value - low) / (high - low))) : 0

/** "Singapore, households (2019 plan)": which value of which place a dot is. */
export const pointName = ({ place, label }: StripPoint, lang: Lang): string =>
  lang === 'zh' ? `${place.zh}·${label.zh}` : `${place.en}, ${label.en}`

/** The strip as a sentence: this plan's value, every other, and how many of them lie below and above. */
export function stripInWords(strip: BenchmarkStrip, lang: Lang): string {
  const { own, unit, points } = strip
  const write = (value: number) => readableValue(value, unit, lang)
  const below = points.filter(({ value }) => value < own).length
  const above = points.filter(({ value }) => value > own).length
  const others = points.map((point) => `${pointName(point, lang)} ${write(point.value)}`)
  return inLang(
    {
      zh: `本方案 ${write(own)}；参照值 ${points.length} 个，其中 ${below} 个较低、${above} 个较高：${others.join('；')}。`,
      en: `This plan ${write(own)}. Reference values (${below} below, ${above} above): ${others.join('; ')}.`,
    },
    lang,
  )
}
