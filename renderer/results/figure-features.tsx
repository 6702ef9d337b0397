import { Lightbulb, MapPin, SearchX, X } from 'lucide-react'
import { useState } from 'react'
import { formatArea } from '../format/format.ts'
import { useFeatureName } from '../checklist/evidence-list.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import type { AreaUnit } from '#core/model/units.ts'
import type { OpenFigure, useFigure } from './use-figure.ts'

const PAGE = 30

type Found = Extract<OpenFigure, { state: 'found' }>

function FeatureRows({ answer, areaUnit }: { answer: Found['answer']; areaUnit: AreaUnit }) {
  const { t, lang, say } = useWords()
  const nameOf = useFeatureName()
  const show = useUi((state) => state.showEvidence)
  const [listed, setListed] = useState(PAGE)
  const { features } = answer
  const more = Math.min(PAGE * 4, features.length - listed)
  return (
    <>
      <ul className="evidence">
        {features.slice(0, listed).map((feature) => (
          <li key={`${feature.layer} ${feature.fid}`} className="evidence-row">
            <Button
              look="link"
              aria-label={t('checklist.showOne', { feature: nameOf(feature) })}
              onPress={() => show(feature.layer, [feature.fid])}
            >
              <MapPin className="icon" aria-hidden />
              {nameOf(feature)}
            </Button>
            <span className="quiet">
              {feature.note ? say(feature.note) : feature.value === undefined ? null : formatArea(feature.value, areaUnit, lang)}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Button look="link" onPress={() => setListed(listed + more)}>
          {t('checklist.showMore', { count: more })}
        </Button>
      )}
    </>
  )
}

interface FigureFeaturesProps {
  /** "01 耕地 → 07 居住用地": the figure in words. */
  name: string
  figure: OpenFigure
  areaUnit: AreaUnit
  actions: Pick<ReturnType<typeof useFigure>, 'open' | 'close' | 'stop'>
}

/** The features behind the open figure: listed, lit on the map; with progress, stop, and what went wrong. */
export function FigureFeatures({ name, figure, areaUnit, actions }: FigureFeaturesProps) {
  const { t } = useWords()
  const light = useUi((state) => state.showEvidenceOf)
  const again = () => actions.open(figure.place)
  const found = figure.state === 'found' && figure.answer.features.length > 0 ? figure.answer : null
  return (
    <section className="figure-features" aria-label={t('results.features', { figure: name })} data-desk-panel tabIndex={-1}>
      <header className="figure-head">
        <h3 aria-live="polite">{name}</h3>
        {found && (
          <span className="quiet number">
            {t('results.featuresTotal', { count: found.total })}
            {found.total > found.features.length && ` · ${t('results.featuresListed', { count: found.features.length })}`}
          </span>
        )}
        <span className="spacer" />
        {found && (
          <IconButton size="small" label={t('results.showAgain')} onPress={() => light(found.features)}>
            <Lightbulb className="icon" />
          </IconButton>
        )}
        <IconButton size="small" label={t('results.featuresClose')} onPress={actions.close}>
          <X className="icon" />
        </IconButton>
      </header>
      {figure.state === 'finding' && (
        <JobProgress label={t('results.featuresFinding')} progress={figure.progress} onCancel={actions.stop} />
      )}
      {figure.state === 'failed' && <ErrorNotice error={figure.error} onRetry={again} />}
      {figure.state === 'stopped' && (
        <EmptyState icon={SearchX} title={t('results.featuresCancelled')}>
          <Button size="small" onPress={again}>
            {t('results.featuresAgain')}
          </Button>
        </EmptyState>
      )}
      {figure.state === 'found' && !found && (
        <EmptyState icon={SearchX} title={t('results.featuresNone')}>
          <p className="quiet">{t('results.featuresNoneText')}</p>
        </EmptyState>
      )}
      {found && <FeatureRows answer={found} areaUnit={areaUnit} />}
    </section>
  )
}
