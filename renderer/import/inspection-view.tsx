import { FileX2, FileCheck2 } from 'lucide-react'
import { fromWire } from '#core/errors.ts'
import type { Inspection } from '#core/model/inspection.ts'
import { useWords } from '../i18n/use-words.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import type { ImportDraft, LayerDraft } from '#core/intake/draft.ts'
import { LayerCard } from './layer-card.tsx'
import { PlanForm } from './plan-form.tsx'

interface InspectionViewProps {
  inspection: Inspection
  draft: ImportDraft
  onChange: (draft: ImportDraft) => void
}

const layerKey = ({ found }: LayerDraft, index: number) => `${found.path} ${found.layer ?? ''} ${index}`

/** Everything that was found, everything that was guessed, and everything that must be answered. */
export function InspectionView({ inspection, draft, onChange }: InspectionViewProps) {
  const { t } = useWords()
  const refused = inspection.files.filter(({ error }) => error !== null)
  const replace = (index: number, layer: LayerDraft) => onChange({ ...draft, layers: draft.layers.with(index, layer) })
  return (
    <>
      {inspection.manifest && (
        <p className="notice good">
          <FileCheck2 className="icon" aria-hidden />
          {t('importing.manifestUsed')}
        </p>
      )}
      {refused.map(
        ({ path, error }) =>
          error && (
            <ErrorNotice key={path} error={fromWire(error)}>
              <p className="code">{path}</p>
            </ErrorNotice>
          ),
      )}
      <section className="stack" aria-labelledby="import-plan">
        <h3 id="import-plan">{t('importing.planSection')}</h3>
        <PlanForm plan={draft.plan} onChange={(plan) => onChange({ ...draft, plan })} />
      </section>
      <section className="stack" aria-labelledby="import-layers">
        <h3 id="import-layers">
          {t('importing.layerSection')}{' '}
          <span className="quiet number">{t('importing.found', { count: draft.layers.length })}</span>
        </h3>
        {draft.layers.length === 0 && <EmptyState icon={FileX2} title={t('importing.foundNone')} />}
        <ul className="import-layers">
          {draft.layers.map((layer, index) => (
            <LayerCard key={layerKey(layer, index)} layer={layer} onChange={(changed) => replace(index, changed)} />
          ))}
        </ul>
      </section>
    </>
  )
}
