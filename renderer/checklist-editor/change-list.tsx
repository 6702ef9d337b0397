import { Scale } from 'lucide-react'
import type { ChecklistChange } from '#core/checklist/compare-versions.ts'
import { useWords } from '../i18n/use-words.ts'
import { placeWords, valueWords } from './change-words.ts'

const LISTED = 200

/** What differs between two versions: changes that reach the score stand out from changes of words. */
export function ChangeList({ changes }: { changes: readonly ChecklistChange[] }) {
  const { t, say } = useWords()
  if (changes.length === 0) return <p className="quiet">{t('checklists.noChanges')}</p>
  const scored = changes.filter(({ affectsScore }) => affectsScore)
  const items = new Set(scored.map(({ item }) => item ?? ''))
  return (
    <>
      <p>
        {scored.length === 0
          ? t('checklists.changesWordsOnly', { count: changes.length })
          : t('checklists.changesScored', { count: changes.length, scored: scored.length, items: items.size })}
      </p>
      <ul className="editor-changes">
        {changes.slice(0, LISTED).map(({ item, kind, path, before, after, affectsScore }) => (
          <li key={`${item ?? ''} ${kind} ${path}`}>
            <span className="row row-wrap">
              <strong className="number">{item ?? t('checklists.whole')}</strong>
              {kind === 'changed' ? <span>{say(placeWords(path))}</span> : <span>{t(`checklists.kind_${kind}`)}</span>}
              {affectsScore && (
                <span className="chip warn">
                  <Scale className="icon" aria-hidden />
                  {t('checklists.affectsScore')}
                </span>
              )}
            </span>
            {kind === 'changed' && (
              <span className="quiet">
                <del>{say(valueWords(before))}</del> → <ins>{say(valueWords(after))}</ins>
              </span>
            )}
          </li>
        ))}
      </ul>
      {changes.length > LISTED && <p className="quiet">{t('checklists.moreChanges', { count: changes.length - LISTED })}</p>}
    </>
  )
}
