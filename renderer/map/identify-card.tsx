import { X } from 'lucide-react'
import type { Settings } from '#core/contract/procedures.ts'
import type { IdentifiedFeature } from '#core/contract/map-data.ts'
import { roleInfo } from '#core/model/roles.ts'
import { formatValue } from '#core/model/units.ts'
import { formatArea } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { AffectedItems } from './affected-items.tsx'

interface IdentifyCardProps {
  found: readonly IdentifiedFeature[]
  areaUnit: Settings['areaUnit']
  onChoose: (feature: IdentifiedFeature) => void
  onClose: () => void
}

/** What lies under a click, the smallest first; choosing one outlines it. */
export function IdentifyCard({ found, areaUnit, onChoose, onClose }: IdentifyCardProps) {
  const { t, lang, say } = useWords()
  const route = useUi((state) => state.route)
  return (
    <section className="map-card" aria-label={t('workbench.identified')}>
      <header>
        <strong aria-live="polite">{found.length === 0 ? t('map.nothing') : t('map.here', { count: found.length })}</strong>
        <IconButton size="small" label={t('map.close')} onPress={onClose}>
          <X className="icon" />
        </IconButton>
      </header>
      <ul>
        {found.map((feature) => (
          <li key={`${feature.layerId} ${feature.fid}`}>
            <Button look="link" size="small" onPress={() => onChoose(feature)}>
              {feature.title}
            </Button>
            <span className="quiet">{say(roleInfo(feature.role).title)}</span>
            <dl>
              {feature.areaM2 !== null && <Fact label={t('map.area')} value={formatArea(feature.areaM2, areaUnit, lang)} />}
              {feature.lengthM !== null && <Fact label={t('map.length')} value={formatValue(feature.lengthM, 'm', lang)} />}
              {feature.attributes.map(({ name, label, value }) => (
                <Fact key={name} label={say(label)} value={value} />
              ))}
            </dl>
            {route.page === 'plan' && <AffectedItems planId={route.planId} role={feature.role} fid={feature.fid} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

const Fact = ({ label, value }: { label: string; value: string }) => (
  <div>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
)
