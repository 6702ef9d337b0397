import type * as z from 'zod'
import json from '../../resources/reference/benchmarks.json' with { type: 'json' }
import { formatValue, toBase, UNITS, type UnitId } from '../model/units.ts'
import { inLang, type Bilingual, type Lang } from '../text.ts'
import { benchmarksSchema } from './reference-tables.ts'
import { sourceText } from './sources.ts'

export type Benchmark = z.infer<typeof benchmarksSchema>['benchmarks'][number]

const file = benchmarksSchema.parse(json)

/** When the reference values were last gathered: year and month. */
export const BENCHMARKS_DATE = file.date

/** The whole library, in its order. */
export const allBenchmarks = (): readonly Benchmark[] => file.benchmarks

/** The checklist whose items the library names; items of others are recognised by the indicator that measures them. */
const OWN_CHECKLIST = 'green-low-carbon'

/** Reference values beside the measure of a checklist item, in the order of the library; none for most items. */
export function benchmarksOf(item: { id: string; rule: { indicator: string } | null }, checklist: string): Benchmark[] {
  const known = item.rule?.indicator ?? (checklist === OWN_CHECKLIST ? item.id : undefined)
  return known === undefined ? [] : file.benchmarks.filter(({ items }) => items.includes(known))
}

/** What sort of number it is: a share of something, a promise, something observed. Never compare unlike ones. */
export const BENCHMARK_KINDS: Readonly<Record<Benchmark['kind'], Bilingual>> = {
  absolute: { zh: '绝对值', en: 'absolute value' },
  relative: { zh: '相对变化', en: 'relative change' },
  count: { zh: '数量', en: 'count' },
  threshold: { zh: '门槛', en: 'threshold' },
  target: { zh: '目标', en: 'target' },
  observed: { zh: '实测', en: 'observed' },
  list: { zh: '名录', en: 'list' },
  norm: { zh: '强制性规范', en: 'binding norm' },
  cap: { zh: '上限', en: 'cap' },
}

/** Units that occur among reference values only. */
const OTHER_UNITS: Readonly<Record<string, Bilingual>> = {
  minute: { zh: '分钟', en: 'min' },
  ha_per_year: { zh: '公顷/年', en: 'ha per year' },
  m3: { zh: 'm³', en: 'm³' },
}

/** One benchmark as it is read: every value with its label and year, what sort it is, and who says so. */
export interface BenchmarkInWords {
  place: string
  plan: string
  indicator: string
  values: string[]
  kind: string
  targetYear: number | null
  source: string
  note: string | null
}

/** A reference value in the words of one language. */
export function benchmarkInWords(benchmark: Benchmark, lang: Lang): BenchmarkInWords {
  const say = (text: Bilingual) => inLang(text, lang)
  const source = sourceText(benchmark.source)
  return {
    place: say(benchmark.place),
    plan: say(benchmark.plan),
    indicator: say(benchmark.indicator),
    values: benchmark.values.map(({ label, value, unit, year }) => {
      const when = year === null || say(label).includes(String(year)) ? '' : lang === 'zh' ? `，${year} 年` : `, ${year}`
      return lang === 'zh'
        ? `${valueText(value, unit, lang)}（${say(label)}${when}）`
        : `${valueText(value, unit, lang)} (${say(label)}${when})`
    }),
    kind: say(BENCHMARK_KINDS[benchmark.kind]),
    targetYear: benchmark.targetYear,
    source: source === undefined ? benchmark.source : say(source),
    note: benchmark.note === null ? null : say(benchmark.note),
  }
}

const isUnit = (unit: string): unit is UnitId => Object.hasOwn(UNITS, unit)

/** As many decimals as the source gives, grouped as the language does. */
function valueText(value: number, unit: string, lang: Lang): string {
  const decimals = String(value).split('.')[1]?.length ?? 0
  if (unit === 'count') return formatValue(value, 'index', lang, decimals)
  if (isUnit(unit)) return formatValue(toBase(value, unit), unit, lang, decimals)
  const label = OTHER_UNITS[unit]
  return `${formatValue(value, 'index', lang, decimals)} ${label === undefined ? unit : inLang(label, lang)}`
}
