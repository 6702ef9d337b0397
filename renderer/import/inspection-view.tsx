import { FileX2, FileCheck2 } from 'lucide-react'
import { useState } from 'react'
import { fromWire } from '#core/errors.ts'
import { placesBeside } from '#core/intake/answers.ts'
import type { ImportDraft, LayerDraft } from '#core/intake/draft.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { Inspection } from '#core/model/inspection.ts'
import { useWords } from '../i18n/use-words.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { DatumShift } from './datum-shift.tsx'
import { LayerCard } from './layer-card.tsx'
import { OverviewMap, type OverviewLayer } from './overview-map.tsx'
import { PlanForm } from './plan-form.tsx'
import { ProfilesButton } from './profiles.tsx'
import { ReportButtons } from './report-buttons.tsx'
import { shownLayer, useReadings } from './use-readings.ts'

interface InspectionViewProps {
  inspection: Inspection
  draft: ImportDraft
  /** null where nothing can be read again. */
  files: FileToken | null
  /** The parameters of a datum shift that were chosen, by their token. */
  shift: FileToken | null
  onShift: (file: FileToken | null) => void
  /** `key` names what was edited, so that typing one word is one step back. */
  onChange: (draft: ImportDraft, key?: string) => void
}

const layerKey = ({ found }: LayerDraft, index: number) => `${found.path} ${found.layer ?? ''} ${index}`

/** What changed between two answers to a layer, as far as one edit can tell. */
const editedKey = (before: LayerDraft, after: LayerDraft): string => {
  if (before.applied !== after.applied) return ''
  const names = (['role', 'crs', 'encoding', 'fields', 'classes', 'where'] as const).filter(
    (name) => before[name] !== after[name],
  )
  return names.join(' ')
}

/** Everything that was found, everything that was guessed, and everything that must be answered. */
export function InspectionView({ inspection, draft, files, shift, onShift, onChange }: InspectionViewProps) {
  const { t, lang } = useWords()
  const readingOf = useReadings(files, draft.layers)
  const [active, setActive] = useState<string | null>(null)
  const refused = inspection.files.filter(({ error }) => error !== null)
  const sheets = inspection.files.filter(({ sheet }) => sheet !== undefined)
  const replace = (index: number, before: LayerDraft, layer: LayerDraft) => {
    // The card shows what the answers made of the file; the draft keeps what was found, with its evidence.
    const changed = { ...layer, found: before.found }
    const key = editedKey(before, changed)
    onChange({ ...draft, layers: draft.layers.with(index, changed) }, key === '' ? '' : `${index} ${key}`)
  }
  const shown = draft.layers.map((layer) => shownLayer(layer, readingOf(layer)))
  const map = shown.flatMap((layer, index): OverviewLayer[] => {
    const key = layerKey(layer, index)
    if (layer.role === 'leave-out') return []
    const { shape = null, layer: name, path } = layer.found
    return [{ key, name: name ?? path, shape, look: key === active ? 'active' : 'muted' }]
  })
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
      {sheets.length > 0 && (
        <p className="notice">
          {t('sheets.fromImport', { names: sheets.map(({ path }) => path).join(lang === 'zh' ? '、' : ', ') })}
        </p>
      )}
      <section className="stack" aria-labelledby="import-plan">
        <h3 id="import-plan">{t('importing.planSection')}</h3>
        <PlanForm plan={draft.plan} onChange={(plan) => onChange({ ...draft, plan }, 'plan')} />
      </section>
      <section className="stack" aria-labelledby="import-layers">
        <div className="row">
          <h3 id="import-layers">
            {t('importing.layerSection')}{' '}
            <span className="quiet number">{t('importing.found', { count: draft.layers.length })}</span>
          </h3>
          <span className="spacer" />
          {files !== null && draft.layers.length > 0 && <ProfilesButton draft={draft} />}
        </div>
        {draft.layers.length === 0 && <EmptyState icon={FileX2} title={t('importing.foundNone')} />}
        <OverviewMap layers={map} label={t('importing.overview', { layers: map.length })} />
        <ul className="import-layers">
          {shown.map((layer, index) => {
            const key = layerKey(layer, index)
            return (
              <LayerCard
                key={key}
                files={files}
                layer={layer}
                reading={readingOf(layer)}
                others={map.filter((one) => one.key !== key).map((one) => ({ ...one, look: 'muted' }))}
                beside={placesBeside(draft.layers, layer.found.path)}
                onActive={() => setActive(key)}
                onChange={(changed) => replace(index, draft.layers[index] ?? layer, changed)}
              />
            )
          })}
        </ul>
      </section>
      {files !== null && <DatumShift draft={draft} chosen={shift} onChoose={onShift} />}
      {files !== null && draft.layers.length > 0 && <ReportButtons files={files} draft={draft} />}
    </>
  )
}
