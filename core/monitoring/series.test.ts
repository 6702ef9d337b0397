import { describe, expect, it } from 'vitest'
import { INDICATORS } from '../indicators/index.ts'
import { indicatorInfo } from '../indicators/indicator.ts'
import type { PlanId } from '../model/ids.ts'
import type { Measurement } from '../model/measurement.ts'
import { UNITS } from '../model/units.ts'
import { monitoringSeries, type MonitoredState } from './series.ts'
import { MONITORING_THRESHOLDS } from './thresholds.ts'

const infos = INDICATORS.map(indicatorInfo)
const label = { zh: '年度体检', en: 'yearly check' }

function measurement(id: string, value: number | null, details: Record<string, unknown> = {}): Measurement {
  const unit = infos.find((info) => info.id === id)?.unit ?? 'ratio'
  const why = { zh: '没有数据。', en: 'No data.' }
  return {
    id,
    version: 1,
    outcome: value === null ? { kind: 'missing', why, needs: [] } : { kind: 'value', value, unit },
    method: why,
    basis: 'ellipsoidal',
    parameters: { a: 1, b: 2 },
    details,
    evidence: [],
    evidenceTotal: 0,
    inputs: {},
    notes: [],
  }
}
const state = (year: number, ...measurements: Measurement[]): MonitoredState => ({
  planId: `p${year}` as PlanId,
  year,
  label,
  measurements,
})
const follow = (...states: MonitoredState[]) => monitoringSeries(states, infos)
const only = (report: ReturnType<typeof follow>) => {
  const [series] = report.series
  if (!series || report.series.length !== 1) throw new Error('one series was expected')
  return series
}

describe('monitoring', () => {
  it('orders states by year and tells ok, watch and alert by the lines of the data file', () => {
    const report = follow(
      state(2023, measurement('A04', 7.5)),
      state(2021, measurement('A04', 12)),
      state(2022, measurement('A04', 9)),
    )
    const series = only(report)
    expect(series.points.map(({ year, value, level }) => [year, value, level])).toEqual([
      [2021, 12, 'ok'],
      [2022, 9, 'watch'],
      [2023, 7.5, 'alert'],
    ])
    expect(series).toMatchObject({ level: 'alert', trend: 'worsening', changePerYear: -1.5, alertYear: null })
    expect(series.threshold).toMatchObject({ watch: 10, alert: 8, certainty: 'verified' })
    expect(report.counts).toEqual({ ok: 0, watch: 0, alert: 1, none: 0 })
  })

  it('warns early: a good value whose trend reaches the alert line within five years is watched', () => {
    const early = only(follow(state(2020, measurement('A04', 14)), state(2022, measurement('A04', 12))))
    // 1 m² less each year, 4 m² above the line: in four years.
    expect(early).toMatchObject({ alertYear: 2026, level: 'watch', trend: 'worsening' })
    expect(early.notes[0]?.zh).toContain('2026')
    const late = only(follow(state(2020, measurement('A04', 14)), state(2022, measurement('A04', 13))))
    expect(late).toMatchObject({ alertYear: null, level: 'ok' })
  })

  it('watches a part where the value itself says nothing: headroom under the cap, in percentage points', () => {
    const report = follow(
      state(2021, measurement('S01', 0.19, { headroom: 0.02 })),
      state(2022, measurement('S01', 0.205, { headroom: 0.005 })),
      state(2023, measurement('S01', 0.212, { headroom: -0.002 })),
      state(2024, measurement('S01', 0.2, { headroom: null })),
    )
    const series = only(report)
    expect(series.points.map(({ level }) => level)).toEqual(['ok', 'watch', 'alert', null])
    expect(series.points[3]?.missing?.zh).toContain('分项')
    expect(series).toMatchObject({ level: 'alert', better: 'higher', title: { zh: expect.stringContaining('余量') } })
  })

  it('any unexplained overlap with a control line is an alert, none is fine', () => {
    const overlap = (m2: number) => measurement('B01', m2, { unexplainedM2: m2 })
    const series = only(follow(state(2020, overlap(0)), state(2021, overlap(300))))
    expect(series.points.map(({ level }) => level)).toEqual(['ok', 'alert'])
    expect(series.trend).toBe('worsening')
  })

  it('lower is better where it is: a shrinking land per head improves', () => {
    const series = only(follow(state(2020, measurement('S07', 132)), state(2025, measurement('S07', 120))))
    expect(series).toMatchObject({ trend: 'improving', level: 'watch', alertYear: null })
  })

  it('growth is judged in shrinking cities only', () => {
    const grown = (isShrinking: boolean) => only(follow(state(2020, measurement('S06', 0.02, { isShrinking })))).level
    expect([grown(true), grown(false)]).toEqual(['alert', null])
  })

  it('a change that is next to nothing is steady, and one state has no trend', () => {
    expect(only(follow(state(2020, measurement('N06', 0.06)), state(2025, measurement('N06', 0.0601)))).trend).toBe('steady')
    expect(only(follow(state(2020, measurement('N06', 0.06))))).toMatchObject({ trend: null, changePerYear: null, level: 'ok' })
    const twice = [state(2020, measurement('N06', 0.06)), { ...state(2020, measurement('N06', 0.05)), planId: 'q' as PlanId }]
    expect(only(follow(...twice)).changePerYear).toBeNull()
  })

  it('missing stays missing with its reason, and the trend looks past it', () => {
    const report = follow(
      state(2020, measurement('A03', 0.6)),
      state(2021, measurement('A03', null)),
      state(2022),
      state(2023, measurement('A03', 0.9)),
    )
    const series = only(report)
    expect(series.points.map(({ value, missing }) => [value, missing?.en])).toEqual([
      [0.6, undefined],
      [null, 'No data.'],
      [null, 'This state was not measured.'],
      [0.9, undefined],
    ])
    expect(series.changePerYear).toBeCloseTo(0.1, 12)
  })

  it('says when states are not comparable', () => {
    const changed = { ...measurement('A03', 0.5), version: 2, parameters: { b: 2, a: 3 }, basis: 'planar' as const }
    const notes = only(follow(state(2020, measurement('A03', 0.5)), state(2021, changed))).notes
    expect(notes).toHaveLength(3)
    const reordered = { ...measurement('A03', 0.5), parameters: { b: 2, a: 1 } }
    expect(only(follow(state(2020, measurement('A03', 0.5)), state(2021, reordered))).notes).toEqual([])
  })

  it('shows a table of series and a table of warnings', () => {
    const report = follow(state(2020, measurement('A03', 0.6), measurement('F04', 0.5)), state(2021, measurement('A03', 0.4)))
    const [series, warnings] = report.tables
    expect(series).toMatchObject({ kind: 'series', columns: [{ key: 'A03', unit: 'percent' }, { key: 'F04' }] })
    expect(series?.rows.map(({ cells }) => cells)).toEqual([
      [0.6, 0.5],
      [0.4, null],
    ])
    expect(warnings?.rows.map(({ key, cells }) => [key, cells[0], cells[6]])).toEqual([
      ['A03', { zh: '40.0%', en: '40.0%' }, { zh: '关注', en: 'watch' }],
      ['F04', { zh: '50.0%', en: '50.0%' }, null],
    ])
    for (const { rows, columns } of report.tables) for (const { cells } of rows) expect(cells).toHaveLength(columns.length)
  })
})

describe('the thresholds', () => {
  it('belong to indicators that exist, in units that fit, with lines in order', () => {
    for (const { indicator, unit, path, better, watch, alert, onlyIf } of MONITORING_THRESHOLDS.thresholds) {
      const info = infos.find(({ id }) => id === indicator)
      expect([indicator, info !== undefined]).toEqual([indicator, true])
      const fits =
        path === 'value' ? UNITS[unit].base === info?.unit && better === info.better : path.slice(8) in (info?.detailTitles ?? {})
      expect([indicator, onlyIf === undefined || onlyIf in (info?.detailTitles ?? {})]).toEqual([indicator, true])
      expect([indicator, fits]).toEqual([indicator, true])
      expect([indicator, better === 'higher' ? watch >= alert : watch <= alert]).toEqual([indicator, true])
    }
    const ids = MONITORING_THRESHOLDS.thresholds.map(({ indicator }) => indicator)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
