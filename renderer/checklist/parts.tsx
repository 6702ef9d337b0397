import { partsInWords, type PartsInWords } from '#core/indicators/part-titles.ts'
import { readableValue } from '#core/model/units.ts'
import type { Measurement } from '#core/model/measurement.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'

/** A folded table of named figures, for those who check the arithmetic. */
function Facts({ title, rows }: { title: string; rows: readonly { key: string; title: string; text: string }[] }) {
  if (rows.length === 0) return null
  return (
    <details className="parts">
      <summary>{title}</summary>
      <dl className="facts">
        {rows.map((row) => (
          <div key={row.key} className="fact">
            <dt>{row.title}</dt>
            <dd className="number">{row.text}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

type Table = Omit<PartsInWords['tables'][number], 'key'>

function PartTable({ title, head, figures, rows }: Table) {
  const { t } = useWords()
  return (
    <details className="parts">
      <summary>{title}</summary>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long table scrolls by keyboard only with the focus */}
      <div className="part-table" role="region" tabIndex={0} aria-label={t('checklist.tableOf', { title })}>
        <table>
          {head.length > 0 && (
            <thead>
              <tr>
                {head.map((words, column) => (
                  <th key={words} scope="col" className={figures[column] ? 'number' : undefined}>
                    {words}
                  </th>
                ))}
              </tr>
            </thead>
          )}
          <tbody>
            {rows.map((row, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- rows have no name of their own and never move
              <tr key={at}>
                {row.map((words, column) => (
                  // oxlint-disable-next-line react/no-array-index-key -- a cell is its column
                  <td key={column} className={figures[column] ? 'number' : undefined}>
                    {words}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

/** What a measurement is made of, in the words of its indicator: parts, tables and parameters. */
export function Parts({ measurement }: { measurement: Measurement }) {
  const { t, lang, say } = useWords()
  const { areaUnit } = useSettings()
  const indicators = useRead('indicators.list', {})
  const indicator = indicators.data?.find(({ id }) => id === measurement.id)
  if (!indicator) return null
  const { facts, tables } = partsInWords(measurement.details, indicator.detailTitles, lang, areaUnit)
  const parameters = Object.entries(measurement.parameters).flatMap(([key, value]) => {
    const info = indicator.parameters[key]
    return info ? [{ key, title: say(info.title), text: readableValue(value, info.unit, lang) }] : []
  })
  return (
    <>
      <Facts title={t('checklist.parts')} rows={facts} />
      {tables.map(({ key, ...table }) => (
        <PartTable key={key} {...table} />
      ))}
      <Facts title={t('checklist.parameters')} rows={parameters} />
    </>
  )
}
