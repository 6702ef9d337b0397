import { X } from 'lucide-react'
import type { AttributeLayer } from '#core/contract/attribute-procedures.ts'
import { formatCount } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { SelectField } from '../ui/fields.tsx'
import { useAttributes } from './attribute-store.ts'
import { cellText } from './cell-text.ts'
import { ScanNotice } from './scan-notice.tsx'
import { useTableRead, type TableAsked } from './use-table-read.ts'

const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`

/** What one column comes to for the rows that the table shows; a frequent value is one press from being the filter. */
export function Statistics({ layer, asked, field: key }: { layer: AttributeLayer; asked: TableAsked; field: string }) {
  const { t, lang, say } = useWords()
  const { areaUnit } = useSettings()
  const { showStatistics, filter } = useAttributes.getState()
  const { planId, layerId, where, only } = asked
  const read = useTableRead('attributes.statistics', { planId, layerId, where, only, field: key })
  const field = layer.fields.find((one) => one.key === key)
  if (!field) return null
  const words = { yes: t('attributes.yes'), no: t('attributes.no') }
  const text = (value: string | number | null) => (value === null ? '–' : cellText(value, field, areaUnit, lang, words))
  const told = read.data
  return (
    <section className="attribute-statistics" aria-label={t('attributes.statisticsTitle', { column: say(field.label) })}>
      <header>
        <SelectField
          label={t('attributes.statisticsOf')}
          hideLabel
          value={key}
          choices={layer.fields.map((one) => ({ id: one.key, label: say(one.label) }))}
          onChange={showStatistics}
          placeholder={t('attributes.chooseColumn')}
        />
        <IconButton size="small" label={t('attributes.closeStatistics')} onPress={() => showStatistics(null)}>
          <X className="icon" />
        </IconButton>
      </header>
      {read.error !== null && <ErrorNotice error={read.error} onRetry={() => void read.refetch()} />}
      {told === undefined && read.error === null && <ScanNotice scan={read.scan} />}
      {told && (
        <div
          className="attribute-figures"
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard
          tabIndex={0}
          role="group"
          aria-label={t('attributes.statisticsTitle', { column: say(field.label) })}
        >
          <dl className="facts">
            <Figure label={t('attributes.rows')} value={formatCount(told.rows, lang)} />
            <Figure label={t('attributes.missing')} value={formatCount(told.missing, lang)} />
            <Figure label={t('attributes.unique')} value={formatCount(told.unique, lang)} />
            {field.type === 'number' && (
              <>
                <Figure label={t('attributes.sum')} value={text(told.sum)} />
                <Figure label={t('attributes.mean')} value={text(told.mean)} />
                <Figure label={t('attributes.min')} value={text(told.min)} />
                <Figure label={t('attributes.max')} value={text(told.max)} />
              </>
            )}
          </dl>
          <h4>{t('attributes.frequent')}</h4>
          <ul>
            {told.values.map(({ value, count }) => {
              const shown = value === null ? t('attributes.empty') : text(value)
              const only = value === null ? `"${key}" IS NULL` : `"${key}" = ${typeof value === 'string' ? quoted(value) : value}`
              return (
                <li key={String(value)}>
                  <Button
                    look="link"
                    size="small"
                    aria-label={t('attributes.onlyThis', { value: shown })}
                    onPress={() => filter(only)}
                  >
                    {shown}
                  </Button>
                  <span className="quiet number">{formatCount(count, lang)}</span>
                </li>
              )
            })}
          </ul>
        </div>
      )}
    </section>
  )
}

const Figure = ({ label, value }: { label: string; value: string }) => (
  <>
    <dt>{label}</dt>
    <dd className="number">{value}</dd>
  </>
)
