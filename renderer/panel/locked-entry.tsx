import { Lock } from 'lucide-react'
import type { ItemEntry } from '#core/checklist/result.ts'
import { author, formatMoment } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { LevelBadge } from '../ui/level-badge.tsx'

/** What was entered for an item of a review that is handed in: to be read only. */
export function LockedEntry({ entry }: { entry: ItemEntry | null }) {
  const { t, lang } = useWords()
  return (
    <section className="detail-part">
      <h4>{t('checklist.judgement')}</h4>
      <p className="notice">
        <Lock className="icon" aria-hidden />
        {t('panel.locked')}
      </p>
      {entry ? (
        <>
          <p className="row">
            <LevelBadge level={entry.level} applicable={!entry.notApplicable} />
            <span className="quiet">{author(entry.by, formatMoment(entry.at, lang))}</span>
          </p>
          <p className="reason-text">{entry.reason}</p>
        </>
      ) : (
        <p className="quiet">{t('panel.lockedNone')}</p>
      )}
    </section>
  )
}
