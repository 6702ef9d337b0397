import { bilingual } from '#core/text.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import type { OverlayCardProps } from '../overlays/slots.ts'
import { useUi } from '../state/ui-store.ts'
import { partsOfShape } from './option-shapes.ts'
import { TryIt } from './try-it.tsx'

/** The missing link that is chosen in the gap closer's list, as a corridor of an option. */
export function TryMending({ planId, view, chosen }: OverlayCardProps) {
  const { t } = useWords()
  const wanted = useUi((state) => state.checklistId)
  const lists = useRead('checklists.list', {})
  const checklistId = (lists.data?.find(({ id }) => id === wanted) ?? lists.data?.[0])?.id ?? ''
  const opened = useRead('reviews.open', { planId, checklistId }, { enabled: checklistId !== '' })
  const part = view.outcome.kind === 'drawn' ? view.outcome.parts.find(({ id }) => id === 'missingLinks') : undefined
  if (!part || !opened.data) return null
  if (chosen?.part !== part.id) return <p className="quiet overlay-words">{t('options.chooseLink')}</p>
  const at = part.rowOf.indexOf(chosen.row)
  if (at < 0) return null
  const [from, to] = [part.shape.featureOff[at] ?? 0, part.shape.featureOff[at + 1] ?? 0]
  const parts = partsOfShape({ ...part.shape, featureOff: Uint32Array.of(from, to) })
  const label = part.labels[chosen.row - 1] ?? String(chosen.row)
  return (
    <div className="overlay-actions">
      <TryIt
        reviewId={opened.data.review.id}
        title={bilingual(`沿修补建议 ${label} 贯通生态廊道`, `A corridor along suggested link ${label}`)}
        edits={[
          {
            change: 'draw',
            role: 'corridor',
            kind: 'line',
            parts,
            attributes: { name: label, form: 'corridor' },
          },
        ]}
      />
    </div>
  )
}
