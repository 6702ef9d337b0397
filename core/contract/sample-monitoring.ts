import type { MonitoringReport } from '../monitoring/series.ts'
import type { FileToken } from '../model/ids.ts'
import { bilingual } from '../text.ts'
import type { ExportedFile, Input } from './procedures.ts'

/** A believable answer about several states, for hosts without a catalogue. */
export const sampleMonitoring = ({ planIds, years }: Input<'monitoring.series'>): MonitoringReport => ({
  states: planIds.map((planId, at) => ({ planId, year: years?.[at] ?? 2020 + at, label: bilingual('年度体检', 'Yearly check') })),
  series: [],
  tables: [],
  counts: { ok: 0, watch: 0, alert: 0, none: 0 },
})

export const sampleMonitoringExport = ({ format, target }: Input<'monitoring.export'>): ExportedFile => ({
  fileName: `monitoring.${format}`,
  sizeBytes: 4096,
  sha256: 'd'.repeat(64),
  download: target === null ? ('download-5' as FileToken) : null,
})
