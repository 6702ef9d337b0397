import { CircleDashed } from 'lucide-react'
import { useWords } from '../i18n/use-words.ts'
import { LevelBadge } from '../ui/level-badge.tsx'
import type { ItemRow } from './item-list.ts'
import { useMeasuredText } from './item-row.tsx'
import { OpenTables } from './open-tables.tsx'
import { Parts } from './parts.tsx'

/** What the analysis found: the number, how it was measured, its parts; or what is missing. */
export function Measured({ row }: { row: ItemRow }) {
  const { t, say } = useWords()
  const { item, result, measurement } = row
  const value = useMeasuredText()(row)
  const missing = measurement?.outcome.kind === 'missing' ? measurement.outcome.why : null
  const gap = missing ?? result.gap
  return (
    <section className="detail-part">
      <h4>{t('checklist.measured')}</h4>
      {value !== null && measurement ? (
        <div className="measured">
          <span className="measured-value number">{value}</span>
          {result.autoLevel !== null && (
            <span className="row quiet">
              {t('checklist.autoLevel')}
              <LevelBadge level={result.autoLevel} size={20} />
            </span>
          )}
          <span className="quiet measured-basis">{t(`checklist.basis_${measurement.basis}`)}</span>
        </div>
      ) : (
        <p className="gap">
          <CircleDashed className="icon" aria-hidden />
          <span>
            <strong>{t('checklist.notMeasured')}</strong>
            {gap && <span>{say(gap)}</span>}
          </span>
        </p>
      )}
      <p>
        <span className="quiet">{t('checklist.formula')}</span> {say(item.formula)}
      </p>
      {value !== null && measurement && (
        <>
          <p>
            <span className="quiet">{t('checklist.method')}</span> {say(measurement.method)}
          </p>
          {measurement.notes.map((note) => (
            <p key={note.en} className="notice warn">
              {say(note)}
            </p>
          ))}
        </>
      )}
      {measurement && <OpenTables measurement={measurement} />}
      {measurement && <Parts measurement={measurement} />}
    </section>
  )
}
