import { CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { PlanId } from '#core/model/ids.ts'
import type { Layer } from '#core/model/plan.ts'
import { roleInfo } from '#core/model/roles.ts'
import { formatCount } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'

/** A plan that was stored, and what had to be done to its data. */
export interface Imported {
  planId: PlanId
  name: string
  layers: readonly Layer[]
}

/** Whether something was done to the data that a reviewer must have seen. */
export const wasChanged = ({ layers }: Pick<Imported, 'layers'>): boolean =>
  layers.some(({ notes }) => notes.some(({ severity }) => severity === 'warning'))

/** What the import did to the data: repairs with their areas, features left out, values not understood. Never in silence. */
export function ImportResult({ imported }: { imported: Imported }) {
  const { t, lang, say } = useWords()
  return (
    <>
      <p className="notice good">
        <CircleCheck className="icon" aria-hidden />
        {t('importing.done', { name: imported.name })}
      </p>
      <section className="stack" aria-labelledby="import-result">
        <h3 id="import-result">{t('importing.resultNotes')}</h3>
        <ul className="import-layers">
          {imported.layers
            .filter(({ notes }) => notes.length > 0)
            .map((layer) => (
              <li key={layer.id} className="card result-layer">
                <strong>{say(roleInfo(layer.role).title)}</strong>{' '}
                <span className="quiet">
                  {layer.name} ·{' '}
                  {t('importing.features', { count: layer.features, formatted: formatCount(layer.features, lang) })}
                </span>
                <ul className="problems">
                  {layer.notes.map((note) => (
                    <li key={note.text.en}>
                      <div className={`problem ${note.severity}`}>
                        {note.severity === 'info' ? (
                          <Info className="icon" aria-hidden />
                        ) : (
                          <TriangleAlert className="icon" aria-hidden />
                        )}
                        <span>{say(note.text)}</span>
                      </div>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
        </ul>
      </section>
    </>
  )
}
