import { Users } from 'lucide-react'
import type { PlanId } from '#core/model/ids.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { useExpertName } from './expert-name.ts'
import { useShownReviewStore } from './shown-review.ts'

interface WhoseProps {
  planId: PlanId
  checklistId: string
}

/** Says that the workbench shows an expert's review, whether it can be changed, and leads back to the lead's. */
export function WhoseReview({ planId, checklistId }: WhoseProps) {
  const { t } = useWords()
  const nameOf = useExpertName()
  const shown = useShownReviewStore((state) => state.shown)
  const show = useShownReviewStore((state) => state.show)
  const isShown = shown?.planId === planId && shown.checklistId === checklistId
  const panel = useRead('panel.get', { planId, checklistId }, { enabled: isShown })
  if (!isShown) return null
  const member = panel.data?.experts.find(({ review }) => review.id === shown.reviewId)
  const isSubmitted = member?.review.submittedAt !== undefined
  const isUnavailable = panel.data !== undefined && (member === undefined || member.isHidden)
  return (
    <div className="whose notice" role="status">
      <Users className="icon" aria-hidden />
      <span>
        {isUnavailable ? (
          t('panel.whoseUnavailable')
        ) : (
          <>
            <strong>{t('panel.whose', { name: nameOf(member?.name ?? '') })}</strong>{' '}
            {t(isSubmitted ? 'panel.whoseSubmitted' : 'panel.whoseOpen')}
          </>
        )}{' '}
        <Button look="link" size="small" onPress={() => show(null)}>
          {t('panel.backToLead')}
        </Button>
      </span>
    </div>
  )
}
