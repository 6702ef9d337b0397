import type { MonitoringReport } from '../monitoring/series.ts'
import { bilingual } from '../text.ts'
import type { Input } from './procedures.ts'

/** A believable answer about several states, for hosts without a catalogue. */
export const sampleMonitoring = ({ planIds, years }: Input<'monitoring.series'>): MonitoringReport => ({
  states: planIds.map((planId, at) => ({ planId, year: years?.[at] ?? 2020 + at, label: bilingual('年度体检', 'Yearly check') })),
  series: [],
  tables: [],
  counts: { ok: 0, watch: 0, alert: 0, none: 0 },
})
