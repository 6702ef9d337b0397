import type { AffectedItem } from '#core/checklist/affected-items.ts'
import { affectedItems } from '#core/checklist/affected-items.ts'
import type { PlanId } from '#core/model/ids.ts'
import { formatMeasured, wholePercent } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { useReview } from '../workbench/use-review.ts'

/** How much a feature contributes: in words of its own, or as an amount with its share where both are of one kind. */
function useContribution() {
  const { t, lang, say } = useWords()
  const { areaUnit } = useSettings()
  return ({ item, contribution, note, value, rank, evidenceTotal }: AffectedItem): string => {
    const place = t('scoring.rank', { rank, total: evidenceTotal })
    if (note !== null) return `${say(note)} · ${place}`
    if (contribution === null) return place
    const isSameKind = value?.unit === 'm2'
    const amount = formatMeasured(contribution, 'm2', item.unit, areaUnit, lang)
    if (!isSameKind || value.value <= 0) return `${amount} · ${place}`
    return `${t('scoring.contribution', { amount, percent: wholePercent(contribution / value.value) })} · ${place}`
  }
}

/** Which items of the checklist a feature proves, and how much of each; said where it could count without being listed. */
export function AffectedItems({ planId, role, fid }: { planId: PlanId; role: string; fid: number }) {
  const { t, say, lang } = useWords()
  const review = useReview(planId)
  const select = useUi((state) => state.selectItem)
  const contribution = useContribution()
  if (review.state !== 'ready' || review.view.measurements.length === 0) return null
  const { items, capped } = affectedItems(review.checklist, review.view.measurements, role, fid)
  return (
    <div className="identify-affects">
      <strong>{t('scoring.affects')}</strong>
      {items.length === 0 && <p className="quiet">{t('scoring.affectsNone')}</p>}
      <ul>
        {items.map((affected) => (
          <li key={affected.item.id}>
            <Button
              look="link"
              size="small"
              aria-label={t('scoring.openItem', { item: affected.item.id })}
              onPress={() => select(affected.item.id)}
            >
              {affected.item.id} {say(affected.item.title)}
            </Button>
            <span className="quiet">{contribution(affected)}</span>
          </li>
        ))}
      </ul>
      {capped.length > 0 && (
        <p className="quiet">
          {t('scoring.cappedItems', { items: capped.map(({ id }) => id).join(lang === 'zh' ? '、' : ', ') })}
        </p>
      )}
    </div>
  )
}
