import { MessageSquareText } from 'lucide-react'
import { useWords } from '../i18n/use-words.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import type { OpenReview } from '../workbench/use-review.ts'
import { FindingDetail } from './finding-detail.tsx'
import { useFindings } from './findings-store.ts'
import { FindingsTable } from './findings-table.tsx'
import { useFindingRows } from './use-finding-rows.ts'

/** The findings beside the map: their table, or one of them; where the table lies under the map, one of them only. */
export function FindingsPanel({ review }: { review: OpenReview }) {
  const { t } = useWords()
  const opened = useFindings((state) => state.opened)
  const isDocked = useFindings((state) => state.isDocked)
  const rows = useFindingRows(review)
  const row = rows.find(({ finding }) => finding.id === opened)
  if (row) return <FindingDetail key={row.finding.id} row={row} rows={rows} review={review} />
  if (!isDocked) return <FindingsTable review={review} width="narrow" />
  return (
    <EmptyState icon={MessageSquareText} title={t('findings.dockedTitle')}>
      <p>{t('findings.dockedText')}</p>
    </EmptyState>
  )
}
