import { FileSpreadsheet, MapPinned, MapPinOff, Sheet } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { TableFormat } from '#core/contract/table-procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import { cardsTable } from '#core/opportunity/cards-table.ts'
import type { OpportunityReport, ScoredCard } from '#core/opportunity/report.ts'
import { tableAsRows } from '#core/tables/shown-table.ts'
import { useFileExport } from '../api/use-file-export.ts'
import { useWords } from '../i18n/use-words.ts'
import { ResultGrid } from '../results/result-grid.tsx'
import { useSettings } from '../settings/use-settings.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { FormatMenu } from '../ui/format-menu.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { OpportunityCardView } from './score-card.tsx'

const VIEWS = ['cards', 'table'] as const
type View = (typeof VIEWS)[number]

interface CardsPanelProps {
  planId: PlanId
  report: OpportunityReport
  /** Number of the card that is chosen. */
  chosen: number | null
  onChoose: (card: ScoredCard) => void
}

function Column({ kind, report, chosen, onChoose }: Omit<CardsPanelProps, 'planId'> & { kind: ScoredCard['kind'] }) {
  const { t } = useWords()
  const cards = report.cards.filter((card) => card.kind === kind)
  return (
    <section className="card-column" aria-label={t(`opportunity.${kind}`)}>
      <h3>
        {t(`opportunity.${kind}`)} <span className="quiet number">{cards.length}</span>
      </h3>
      {cards.length === 0 && (
        <EmptyState icon={MapPinOff} title={t(kind === 'proposed' ? 'opportunity.noProposed' : 'opportunity.noSubmitted')}>
          {kind === 'proposed' && <p className="quiet">{t('opportunity.noProposedText')}</p>}
        </EmptyState>
      )}
      {cards.map((card) => (
        <OpportunityCardView
          key={card.number}
          card={card}
          choice={report.choice}
          isChosen={card.number === chosen}
          onChoose={() => onChoose(card)}
        />
      ))}
    </section>
  )
}

function Table({ report, onChoose }: Pick<CardsPanelProps, 'report' | 'onChoose'>) {
  const { lang } = useWords()
  const { areaUnit } = useSettings()
  const shown = useMemo(() => tableAsRows(cardsTable(report), { lang, areaUnit }), [report, lang, areaUnit])
  return (
    <ResultGrid
      table={shown}
      opened={null}
      onOpen={({ row }) => {
        const card = report.cards.find(({ number }) => String(number) === row)
        if (card) onChoose(card)
      }}
    />
  )
}

/** What the rule finds and what was submitted, side by side, as cards or as one table; and the ways out of the program. */
export function CardsPanel({ planId, report, chosen, onChoose }: CardsPanelProps) {
  const { t, say } = useWords()
  const [view, setView] = useState<View>('cards')
  const exporting = useFileExport('opportunity.export')
  const formats: readonly { id: TableFormat; icon: typeof Sheet; label: string }[] = [
    { id: 'gpkg', icon: MapPinned, label: t('opportunity.gpkg') },
    { id: 'xlsx', icon: FileSpreadsheet, label: t('results.xlsx') },
    { id: 'csv', icon: Sheet, label: t('results.csv') },
  ]
  return (
    <section className="panel" data-desk-panel tabIndex={-1} aria-label={t('opportunity.cards')}>
      <div className="panel-head cards-head">
        <h2>{t('opportunity.cards')}</h2>
        <span className="row">
          <Segmented<View>
            label={t('opportunity.view')}
            value={view}
            segments={VIEWS.map((id) => ({ id, label: t(`opportunity.view_${id}`) }))}
            onChange={setView}
          />
          <FormatMenu
            label={t('opportunity.export')}
            formats={formats}
            isDisabled={exporting.busy}
            onChoose={(format) => void exporting.start(`${t('opportunity.title')}.${format}`, { planId, format })}
          />
        </span>
      </div>
      {exporting.busy && <JobProgress label={t('results.exporting')} progress={exporting.progress} onCancel={exporting.cancel} />}
      {exporting.error !== null && <ErrorNotice error={exporting.error} onDismiss={exporting.reset} />}
      {view === 'cards' ? (
        <div className="panel-scroll card-columns">
          <Column kind="submitted" report={report} chosen={chosen} onChoose={onChoose} />
          <Column kind="proposed" report={report} chosen={chosen} onChoose={onChoose} />
        </div>
      ) : (
        <Table report={report} onChoose={onChoose} />
      )}
      <footer className="cards-foot quiet">
        <p>{say(report.method)}</p>
        {report.notes.length > 0 && (
          <details className="parts">
            <summary>{t('opportunity.notes', { count: report.notes.length })}</summary>
            {report.notes.map((note) => (
              <p key={note.en}>{say(note)}</p>
            ))}
          </details>
        )}
      </footer>
    </section>
  )
}
