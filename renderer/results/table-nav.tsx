import { BarChart3, Grid3x3, LineChart, List, MapPinned } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { IndicatorInfo } from '#core/indicators/indicator.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { TableKind } from '#core/model/result-table.ts'
import { useWords } from '../i18n/use-words.ts'

const ICONS: Record<TableKind, LucideIcon> = {
  flows: Grid3x3,
  units: MapPinned,
  classes: BarChart3,
  series: LineChart,
  list: List,
}

interface TableNavProps {
  measurements: readonly Measurement[]
  indicators: readonly IndicatorInfo[]
  indicator: string | null
  table: string | null
  onChoose: (indicator: string, table: string) => void
}

/** Every table of the plan, by indicator. */
export function TableNav({ measurements, indicators, indicator, table, onChoose }: TableNavProps) {
  const { t, say } = useWords()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Only this list may scroll: on a narrow window the whole desk would come along.
    const current = list.current?.querySelector<HTMLElement>('[aria-current="page"]')
    if (!list.current || !current) return
    const { scrollTop, clientHeight } = list.current
    const isSeen = current.offsetTop >= scrollTop && current.offsetTop + current.offsetHeight <= scrollTop + clientHeight
    if (!isSeen) list.current.scrollTop = current.offsetTop - clientHeight / 2
  }, [indicator, table])
  return (
    <nav className="panel" aria-label={t('results.tables')} data-desk-panel tabIndex={-1}>
      <div className="panel-head">
        <h2>{t('results.tables')}</h2>
      </div>
      <div className="panel-scroll table-nav" ref={list}>
        {measurements.map(({ id, tables = [] }) => {
          const title = indicators.find((info) => info.id === id)?.title
          return (
            <section key={id}>
              <h3>
                <span className="number">{id}</span> {title && say(title)}
              </h3>
              <ul>
                {tables.map((each) => {
                  const Icon = ICONS[each.kind]
                  const current = id === indicator && each.id === table
                  return (
                    <li key={each.id}>
                      <button
                        type="button"
                        className={current ? 'table-link current' : 'table-link'}
                        aria-current={current ? 'page' : undefined}
                        onClick={() => onChoose(id, each.id)}
                      >
                        <Icon className="icon" aria-hidden />
                        <span>{say(each.title)}</span>
                        <span className="quiet number">{each.rows.length}</span>
                      </button>
                    </li>
                  )
                })}
              </ul>
            </section>
          )
        })}
      </div>
    </nav>
  )
}
