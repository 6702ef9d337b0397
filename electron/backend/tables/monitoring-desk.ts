import type { CallContext, ExportedFile, Input } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import { indicatorInfo } from '#core/indicators/indicator.ts'
import { INDICATORS } from '#core/indicators/index.ts'
import { monitoringSeries, type MonitoringReport } from '#core/monitoring/series.ts'
import { tableCsv } from '#core/tables/csv.ts'
import type { TableReader } from '#core/tables/shown-table.ts'
import { tableWorkbook, type TableOrigin } from '#core/tables/workbook.ts'
import { bilingual, inLang } from '#core/text.ts'
import type { Catalogue } from '#db/catalogue.ts'
import { exportFile, type ExportDependencies } from '../export-file.ts'
import { exportName } from '../export-name.ts'
import { writeFileSafely } from '../memo/write-file.ts'
import { monitoredStates } from '../monitored-states.ts'
import { xlsxBytes } from './xlsx.ts'

export interface MonitoringDesk {
  series(input: Input<'monitoring.series'>): MonitoringReport
  /** @throws AppError `tables.not-found`, `import.files-gone`, `memo.cannot-write` */
  export(input: Input<'monitoring.export'>, call: CallContext): Promise<ExportedFile>
}

const TITLE = bilingual('监测评估', 'Monitoring')

/** The same indicators over several stored plans: as series, and on their way out as tables. */
export function createMonitoringDesk(desk: Omit<ExportDependencies, 'catalogue'> & { catalogue: Catalogue }): MonitoringDesk {
  const series: MonitoringDesk['series'] = ({ planIds, years }) =>
    monitoringSeries(monitoredStates(desk.catalogue, planIds, years), INDICATORS.map(indicatorInfo))
  return {
    series,
    export({ planIds, years, table: id, format, lang, target }, call) {
      const report = series({ planIds, years })
      const table = report.tables.find((one) => one.id === id)
      if (!table) throw new AppError('tables.not-found', { indicator: 'monitoring', table: id })
      const reader = { lang, areaUnit: desk.catalogue.settings.get().areaUnit }
      const leaving = {
        target,
        fileName: exportName(inLang(TITLE, lang), `${id}.${format}`),
        action: 'monitoring.exported',
        object: planIds[0] ?? '',
        detail: { format, table: id, plans: planIds.join(' ') },
      }
      return exportFile(desk, leaving, call, async (file) =>
        writeFileSafely(file, format === 'csv' ? tableCsv(table, reader) : await xlsxBytes(sheetsOf(report, reader))),
      )
    },
  }
}

/** Every table on a sheet of its own, then what they are. */
function sheetsOf(report: MonitoringReport, reader: TableReader) {
  const origin: TableOrigin = {
    plan: report.states.map(({ label, year }) => `${inLang(label, reader.lang)} (${year})`).join('; '),
    indicator: { id: '', title: TITLE },
    measurement: {
      version: 1,
      method: bilingual(
        '各时点已存测算结果的并列，不另行测算。',
        'Stored measurements of each state side by side; nothing is measured anew.',
      ),
      basis: 'ellipsoidal',
      notes: [],
    },
  }
  const books = report.tables.map((table) => tableWorkbook(table, origin, reader))
  return [...books.flatMap(([sheet]) => (sheet ? [sheet] : [])), ...(books[0]?.slice(1) ?? [])]
}
