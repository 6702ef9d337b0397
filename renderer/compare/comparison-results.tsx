import { GitCompareArrows } from 'lucide-react'
import { useState } from 'react'
import type { PlanComparison } from '#core/plan-diff/compare-plans.ts'
import type { FeatureChange, LayerComparison } from '#core/plan-diff/result.ts'
import { useWords } from '../i18n/use-words.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ChangeList } from './change-list.tsx'
import { SummaryTable } from './summary-table.tsx'
import { hasChanges } from './words.ts'

interface ComparisonResultsProps {
  comparison: PlanComparison
  onShow: (changes: readonly FeatureChange[]) => void
}

/** What changed, layer by layer: the table over the list of one layer. */
export function ComparisonResults({ comparison, onShow }: ComparisonResultsProps) {
  const { t, say } = useWords()
  const [chosen, setChosen] = useState<LayerComparison | null>(null)
  const changed = comparison.layers.filter(hasChanges)
  const layer = chosen !== null && changed.includes(chosen) ? chosen : (changed[0] ?? null)
  return (
    <>
      {comparison.notes.map(({ code, text }) => (
        <p key={code} className="compare-note quiet">
          {say(text)}
        </p>
      ))}
      <SummaryTable comparison={comparison} chosen={layer} onChoose={setChosen} />
      {layer ? (
        <ChangeList key={`${layer.role}-${layer.kind}`} layer={layer} onShow={onShow} />
      ) : (
        <EmptyState icon={GitCompareArrows} title={t('compare.same')} />
      )}
    </>
  )
}
