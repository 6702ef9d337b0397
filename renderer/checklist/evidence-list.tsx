import { Lightbulb, MapPin } from 'lucide-react'
import { useState } from 'react'
import type { EvidenceFeature, Measurement } from '#core/model/measurement.ts'
import { ROLES } from '#core/model/roles.ts'
import { formatArea } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'

const PAGE = 8

/** "规划用地用海 128 号": how a feature is called wherever there is no room for more. */
export function useFeatureName() {
  const { t, say } = useWords()
  return ({ layer, fid }: Pick<EvidenceFeature, 'layer' | 'fid'>) => {
    const role = Object.hasOwn(ROLES, layer) ? say(ROLES[layer as keyof typeof ROLES].title) : layer
    return t('checklist.featureNumber', { role, fid })
  }
}

function EvidenceRow({ feature }: { feature: EvidenceFeature }) {
  const { t, lang, say } = useWords()
  const { areaUnit } = useSettings()
  const show = useUi((state) => state.showEvidence)
  const name = useFeatureName()(feature)
  const size = feature.value === undefined ? null : formatArea(feature.value, areaUnit, lang)
  return (
    <li className="evidence-row">
      <Button
        look="link"
        aria-label={t('checklist.showOne', { feature: name })}
        onPress={() => show(feature.layer, [feature.fid])}
      >
        <MapPin className="icon" aria-hidden />
        {name}
      </Button>
      <span className="quiet">{feature.note ? say(feature.note) : size}</span>
    </li>
  )
}

/** The features that prove the number; each can be lit up on the map, or all at once. */
export function EvidenceList({ measurement }: { measurement: Measurement | null }) {
  const { t } = useWords()
  const showAll = useUi((state) => state.showEvidenceOf)
  const [listed, setListed] = useState(PAGE)
  if (!measurement || measurement.evidence.length === 0) return null
  const { evidence, evidenceTotal } = measurement
  const more = Math.min(PAGE * 4, evidence.length - listed)
  return (
    <section className="detail-part">
      <div className="row">
        <h4>{t('checklist.evidence')}</h4>
        <span className="quiet number">
          {t('checklist.evidenceTotal', { count: evidenceTotal })}
          {evidenceTotal > evidence.length && ` · ${t('checklist.evidenceListed', { count: evidence.length })}`}
        </span>
        <span className="spacer" />
        <Button size="small" onPress={() => showAll(evidence)}>
          <Lightbulb className="icon" aria-hidden />
          {t('checklist.showAll')}
        </Button>
      </div>
      <ul className="evidence">
        {evidence.slice(0, listed).map((feature) => (
          <EvidenceRow key={`${feature.layer} ${feature.fid}`} feature={feature} />
        ))}
      </ul>
      {more > 0 && (
        <div>
          <Button look="link" onPress={() => setListed(listed + more)}>
            {t('checklist.showMore', { count: more })}
          </Button>
        </div>
      )}
    </section>
  )
}
