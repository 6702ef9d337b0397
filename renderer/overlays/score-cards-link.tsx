import { Target } from 'lucide-react'
import type { PlanId } from '#core/model/ids.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'

/** From the areas on the map to their score cards, whose numbers are the same. */
export function ScoreCardsLink({ planId }: { planId: PlanId }) {
  const { t } = useWords()
  const go = useUi((state) => state.go)
  return (
    <div className="overlay-actions">
      <Button size="small" onPress={() => go({ page: 'opportunity', planId })}>
        <Target className="icon" aria-hidden />
        {t('opportunity.title')}
      </Button>
    </div>
  )
}
