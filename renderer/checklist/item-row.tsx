import { OctagonAlert, PenLine } from 'lucide-react'
import { Button } from 'react-aria-components'
import { formatMeasured } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { useUi } from '../state/ui-store.ts'
import { LevelBadge } from '../ui/level-badge.tsx'
import type { ItemRow } from './item-list.ts'

/** The measured value in a few characters, or null where nothing was measured. */
export function useMeasuredText() {
  const { lang } = useWords()
  const { areaUnit } = useSettings()
  return ({ item, measurement }: ItemRow): string | null =>
    measurement?.outcome.kind === 'value'
      ? formatMeasured(measurement.outcome.value, measurement.outcome.unit, item.unit, areaUnit, lang)
      : null
}

/** One item of the list; pressing it opens the item. */
export function ItemRowButton({ row }: { row: ItemRow }) {
  const { t, say } = useWords()
  const select = useUi((state) => state.selectItem)
  const measured = useMeasuredText()(row)
  const { item, result } = row
  return (
    <li>
      <Button className="item-row" data-item={item.id} onPress={() => select(item.id)}>
        <LevelBadge level={result.level} applicable={result.applicable} />
        <span className="item-id number">{item.id}</span>
        <span className={result.applicable ? 'item-title' : 'item-title off'}>{say(item.title)}</span>
        {item.gate && (
          <span className="item-mark gate" title={t('checklist.gate')}>
            <OctagonAlert className="icon" aria-hidden />
            <span className="visually-hidden">{t('checklist.gate')}</span>
          </span>
        )}
        {result.entry && (
          <span className="item-mark" title={t('checklist.overridden')}>
            <PenLine className="icon" aria-hidden />
            <span className="visually-hidden">{t('checklist.overridden')}</span>
          </span>
        )}
        {row.isStale && <span className="chip warn">{t('scoring.stale')}</span>}
        <span className="item-value number">{measured ?? (result.applicable ? '' : t('checklist.notApplicable'))}</span>
      </Button>
    </li>
  )
}
