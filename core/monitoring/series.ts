import type { Certainty } from '../checklist/schema.ts'
import type { IndicatorInfo } from '../indicators/indicator.ts'
import type { PlanId } from '../model/ids.ts'
import type { Measurement } from '../model/measurement.ts'
import type { ResultTable } from '../model/result-table.ts'
import { fromBase, toBase, type UnitId } from '../model/units.ts'
import type { Bilingual } from '../text.ts'
import { monitoringTables } from './tables.ts'
import { MONITORING_THRESHOLDS, type MonitoringThreshold, type MonitoringThresholds } from './thresholds.ts'

/** One state of a territory: a plan, or the survey of a year, with what was measured of it. */
export interface MonitoredState {
  planId: PlanId
  year: number
  label: Bilingual
  measurements: readonly Measurement[]
}

export type WarningLevel = 'ok' | 'watch' | 'alert'
export type Trend = 'improving' | 'worsening' | 'steady'

/** What an indicator said of one state. Values are in base units; null with a reason where there is none. */
export interface MonitoringPoint {
  planId: PlanId
  year: number
  value: number | null
  missing: Bilingual | null
  level: WarningLevel | null
}

/** One indicator over all states. */
export interface IndicatorSeries {
  id: string
  /** The watched part, for people. */
  title: Bilingual
  unit: UnitId
  better: 'higher' | 'lower'
  points: MonitoringPoint[]
  /** Between the last two states of different years that have a value. */
  changePerYear: number | null
  trend: Trend | null
  /** The lines that decide, in base units, with their source; null where the reference data hold none. */
  threshold: { watch: number; alert: number; target: number | null; source: string; certainty: Certainty } | null
  /** Year in which the trend reaches the alert line; null where it does not within the horizon. */
  alertYear: number | null
  /** Of the last state that has a value, early warning included. */
  level: WarningLevel | null
  notes: Bilingual[]
}

/** The same indicators over several states, and the tables that show them. */
export interface MonitoringReport {
  states: { planId: PlanId; year: number; label: Bilingual }[]
  series: IndicatorSeries[]
  tables: ResultTable[]
  /** How many indicators stand where. */
  counts: Record<WarningLevel | 'none', number>
}

/**
 * Follows every indicator that is measured in any state (动态监测与评估预警). States are put in order of their years; those of one
 * year keep theirs. Pure: nothing is measured here.
 */
export function monitoringSeries(
  states: readonly MonitoredState[],
  indicators: readonly Pick<IndicatorInfo, 'id' | 'title' | 'displayUnit' | 'better'>[],
  thresholds: MonitoringThresholds = MONITORING_THRESHOLDS,
): MonitoringReport {
  const ordered = states.toSorted((a, b) => a.year - b.year)
  const series = indicators.flatMap((indicator) => {
    const measured = ordered.some(({ measurements }) => measurements.some(({ id }) => id === indicator.id))
    return measured ? [seriesOf(ordered, indicator, thresholds)] : []
  })
  const counts = { ok: 0, watch: 0, alert: 0, none: 0 }
  for (const { level } of series) counts[level ?? 'none'] += 1
  const heads = ordered.map(({ planId, year, label }) => ({ planId, year, label }))
  return { states: heads, series, tables: monitoringTables(heads, series), counts }
}

type Followed = Pick<IndicatorInfo, 'id' | 'title' | 'displayUnit' | 'better'>

function seriesOf(states: readonly MonitoredState[], indicator: Followed, thresholds: MonitoringThresholds): IndicatorSeries {
  const rule = thresholds.thresholds.find((each) => each.indicator === indicator.id)
  const unit = rule?.unit ?? indicator.displayUnit
  const better = rule?.better ?? indicator.better
  const points = states.map((state) => pointOf(state, indicator.id, rule))
  const changePerYear = changeOf(points)
  const last = points.findLast(({ value }) => value !== null)
  const alertYear = rule && last && changePerYear !== null ? alertYearOf(rule, last, changePerYear, thresholds) : null
  const isEarly = last?.level === 'ok' && alertYear !== null
  return {
    id: indicator.id,
    title: rule && rule.path !== 'value' ? rule.title : indicator.title,
    unit,
    better,
    points,
    changePerYear,
    trend: changePerYear === null ? null : trendOf(changePerYear, last?.value ?? 0, better, thresholds.steadyShare.value),
    threshold: rule ? linesOf(rule) : null,
    alertYear,
    level: isEarly ? 'watch' : (last?.level ?? null),
    notes: [...(isEarly ? [earlyNote(alertYear)] : []), ...differences(states, indicator.id)],
  }
}

const linesOf = ({ watch, alert, target, unit, source, certainty }: MonitoringThreshold): IndicatorSeries['threshold'] => ({
  watch: toBase(watch, unit),
  alert: toBase(alert, unit),
  target: target === null ? null : toBase(target, unit),
  source,
  certainty,
})

const NOT_MEASURED: Bilingual = { zh: '该状态尚未测算。', en: 'This state was not measured.' }

function pointOf({ planId, year, measurements }: MonitoredState, id: string, rule?: MonitoringThreshold): MonitoringPoint {
  const measurement = measurements.find((each) => each.id === id)
  const value = measurement ? watchedValue(measurement, rule?.path ?? 'value') : null
  const missing =
    value !== null
      ? null
      : measurement?.outcome.kind === 'missing'
        ? measurement.outcome.why
        : measurement
          ? NO_PART
          : NOT_MEASURED
  const isJudged = rule?.onlyIf === undefined || measurement?.details[rule.onlyIf] === true
  return { planId, year, value, missing, level: rule && isJudged && value !== null ? levelOf(rule, value) : null }
}

const NO_PART: Bilingual = { zh: '测算结果中没有所监测的分项。', en: 'The measurement does not hold the watched part.' }

/** The value or a part of it. Of a measurement without a value its parts still count. */
function watchedValue(measurement: Measurement, path: string): number | null {
  if (path === 'value') return measurement.outcome.kind === 'value' ? measurement.outcome.value : null
  const part = measurement.details[path.slice('details.'.length)]
  return typeof part === 'number' && Number.isFinite(part) ? part : null
}

/** What conversion of units may cost; a value that sits on a line has not crossed it. */
const TOLERANCE = 1e-9

function levelOf({ unit, better, watch, alert }: MonitoringThreshold, value: number): WarningLevel {
  const shown = fromBase(value, unit)
  const isBeyond = (line: number) => (better === 'higher' ? shown < line - TOLERANCE : shown > line + TOLERANCE)
  return isBeyond(alert) ? 'alert' : isBeyond(watch) ? 'watch' : 'ok'
}

/** Change per year between the last two known points of different years; null where there are not two. */
function changeOf(points: readonly MonitoringPoint[]): number | null {
  const known = points.flatMap(({ year, value }) => (value === null ? [] : [{ year, value }]))
  const last = known.at(-1)
  const before = last && known.findLast(({ year }) => year < last.year)
  return last && before ? (last.value - before.value) / (last.year - before.year) : null
}

function trendOf(changePerYear: number, value: number, better: 'higher' | 'lower', steadyShare: number): Trend {
  if (Math.abs(changePerYear) <= Math.max(TOLERANCE, steadyShare * Math.abs(value))) return 'steady'
  return changePerYear > 0 === (better === 'higher') ? 'improving' : 'worsening'
}

/** The year in which a straight trend crosses the alert line, within the horizon. */
function alertYearOf(
  rule: MonitoringThreshold,
  { year, value, level }: MonitoringPoint,
  changePerYear: number,
  { horizonYears }: MonitoringThresholds,
): number | null {
  const isWorse = rule.better === 'higher' ? changePerYear < 0 : changePerYear > 0
  if (value === null || level === null || level === 'alert' || !isWorse) return null
  const years = (toBase(rule.alert, rule.unit) - value) / changePerYear
  return years <= horizonYears.value ? year + Math.ceil(years) : null
}

const earlyNote = (alertYear: number | null): Bilingual => ({
  zh: `按近两期趋势，约 ${alertYear} 年越过告警线。`,
  en: `By the trend of the last two states it reaches the alert line about ${alertYear}.`,
})

/** Values of other versions or parameters of an indicator are not strictly comparable: said, not hidden. */
function differences(states: readonly MonitoredState[], id: string): Bilingual[] {
  const measured = states.flatMap(({ measurements }) => measurements.filter((each) => each.id === id))
  const differ = (of: (measurement: Measurement) => unknown) => new Set(measured.map((each) => JSON.stringify(of(each)))).size > 1
  return [
    ...(differ(({ version }) => version)
      ? [{ zh: '各期由指标的不同版本测得，不完全可比。', en: 'States were measured by different versions of the indicator.' }]
      : []),
    ...(differ(({ parameters }) => Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      ? [{ zh: '各期参数不同，不完全可比。', en: 'States were measured with different parameters.' }]
      : []),
    ...(differ(({ basis }) => basis)
      ? [{ zh: '各期面积口径不同（椭球面、平面）。', en: 'States were measured on different bases (ellipsoidal, planar).' }]
      : []),
  ]
}
