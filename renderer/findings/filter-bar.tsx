import { Columns3, Filter, ListTree, X } from 'lucide-react'
import { Button as AriaButton, Dialog, DialogTrigger, Popover, ToggleButton } from 'react-aria-components'
import { FINDING_STATUSES, SEVERITIES } from '#core/review/finding.ts'
import { FINDING_COLUMNS, FINDING_GROUPINGS, NO_FILTER, type FindingFilter, type FindingRow } from '#core/review/finding-rows.ts'
import { STATUS_WORDS } from '#core/review/words.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox, SelectField, TextField } from '../ui/fields.tsx'
import { useFindings, type TableWidth } from './findings-store.ts'

const ANY = 'any'

/** Which of a few values are listed; none pressed lists them all. */
function Chips<T extends string>({
  label,
  values,
  chosen,
  words,
  onChange,
}: {
  label: string
  values: readonly T[]
  chosen: readonly T[]
  words: (value: T) => string
  onChange: (chosen: T[]) => void
}) {
  return (
    <div className="filter-group" role="group" aria-label={label}>
      <span className="field-label">{label}</span>
      <div className="row row-wrap">
        {values.map((value) => (
          <ToggleButton
            key={value}
            className="filter-chip"
            isSelected={chosen.includes(value)}
            onChange={(on) => onChange(on ? [...chosen, value] : chosen.filter((one) => one !== value))}
          >
            {words(value)}
          </ToggleButton>
        ))}
      </div>
    </div>
  )
}

/** How many of the filter's conditions hold rows back. */
const conditions = ({ statuses, severities, items, points, onlyOpen }: FindingFilter): number =>
  [statuses, severities, items, points].filter((list) => list.length > 0).length + (onlyOpen ? 1 : 0)

function FilterFields({ rows }: { rows: readonly FindingRow[] }) {
  const { t, lang, say } = useWords()
  const { filter, setFilter } = useFindings()
  const items = [...new Map(rows.flatMap(({ item }) => (item ? [[item.id, item] as const] : []))).values()]
  const points = [...new Map(rows.flatMap(({ point }) => (point ? [[point.id, point] as const] : []))).values()]
  const list = (parts: typeof points) => [
    { id: ANY, label: t('findings.any') },
    ...parts
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, title }) => ({ id, label: title === null ? id : `${id} ${title[lang]}` })),
  ]
  return (
    <div className="stack filter-fields">
      <Chips
        label={t('findings.column_status')}
        values={FINDING_STATUSES}
        chosen={filter.statuses}
        words={(status) => say(STATUS_WORDS[status])}
        onChange={(statuses) => setFilter({ statuses })}
      />
      <Chips
        label={t('findings.severity')}
        values={SEVERITIES}
        chosen={filter.severities}
        words={(severity) => t(`findings.${severity}`)}
        onChange={(severities) => setFilter({ severities })}
      />
      <SelectField
        label={t('findings.item')}
        value={filter.items[0] ?? ANY}
        choices={list(items)}
        placeholder={t('findings.any')}
        onChange={(id) => setFilter({ items: id === ANY ? [] : [id] })}
      />
      <SelectField
        label={t('findings.column_point')}
        value={filter.points[0] ?? ANY}
        choices={list(points)}
        placeholder={t('findings.any')}
        onChange={(id) => setFilter({ points: id === ANY ? [] : [id] })}
      />
      <Button size="small" onPress={() => setFilter(NO_FILTER)}>
        <X className="icon" aria-hidden />
        {t('findings.clearFilter')}
      </Button>
    </div>
  )
}

function ColumnFields({ width }: { width: TableWidth }) {
  const { t } = useWords()
  const { columns, setColumns } = useFindings()
  const shown = columns[width]
  return (
    <div className="stack filter-fields">
      <span className="field-label">{t('findings.columns')}</span>
      {FINDING_COLUMNS.map((column) => (
        <Checkbox
          key={column}
          isSelected={shown.includes(column)}
          isDisabled={column === 'number'}
          onChange={(on) => setColumns(width, on ? [...shown, column] : shown.filter((one) => one !== column))}
        >
          {t(`findings.column_${column}`)}
        </Checkbox>
      ))}
    </div>
  )
}

/** What is listed and how: words, conditions, groups, columns. */
export function FilterBar({ rows, width }: { rows: readonly FindingRow[]; width: TableWidth }) {
  const { t } = useWords()
  const { filter, setFilter, grouping, setGrouping } = useFindings()
  const active = conditions(filter)
  return (
    <div className="finding-filter">
      <TextField
        label={t('findings.search')}
        hideLabel
        placeholder={t('findings.search')}
        value={filter.text}
        onChange={(text) => setFilter({ text })}
      />
      <ToggleButton className="filter-chip" isSelected={filter.onlyOpen} onChange={(onlyOpen) => setFilter({ onlyOpen })}>
        {t('findings.onlyOpen')}
      </ToggleButton>
      <DialogTrigger>
        <AriaButton className={active > 0 ? 'button plain small active' : 'button plain small'}>
          <Filter className="icon" aria-hidden />
          {t('findings.filter')}
          {active > 0 && <span className="tab-count number">{active}</span>}
        </AriaButton>
        <Popover className="popover" placement="bottom end">
          <Dialog aria-label={t('findings.filter')}>
            <FilterFields rows={rows} />
          </Dialog>
        </Popover>
      </DialogTrigger>
      <DialogTrigger>
        <AriaButton className="button bare small icon-only" aria-label={t('findings.columns')}>
          <Columns3 className="icon" aria-hidden />
        </AriaButton>
        <Popover className="popover" placement="bottom end">
          <Dialog aria-label={t('findings.columns')}>
            <ColumnFields width={width} />
          </Dialog>
        </Popover>
      </DialogTrigger>
      <span className="finding-grouping">
        <ListTree className="icon" aria-hidden />
        <SelectField
          label={t('findings.groupBy')}
          hideLabel
          value={grouping}
          choices={FINDING_GROUPINGS.map((id) => ({ id, label: t(`findings.group_${id}`) }))}
          placeholder=""
          onChange={setGrouping}
        />
      </span>
    </div>
  )
}
