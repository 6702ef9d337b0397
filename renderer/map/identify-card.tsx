import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Settings } from '#core/contract/procedures.ts'
import type { IdentifiedFeature } from '#core/contract/map-data.ts'
import { isRasterRole, roleInfo } from '#core/model/roles.ts'
import { formatValue } from '#core/model/units.ts'
import { formatArea } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { FeatureAttributes } from '../attributes/feature-attributes.tsx'
import { LayerName } from '../layers/layer-name.tsx'
import { AffectedItems } from './affected-items.tsx'

interface IdentifyCardProps {
  found: readonly IdentifiedFeature[]
  areaUnit: Settings['areaUnit']
  onChoose: (feature: IdentifiedFeature) => void
  onClose: () => void
}

/** Which of the features under a click is chosen; Page Down and Page Up step through them from the map or the card. */
function useStepping({ found, onChoose }: Pick<IdentifyCardProps, 'found' | 'onChoose'>) {
  const card = useRef<HTMLElement>(null)
  const [at, setAt] = useState<number | null>(null)
  const choose = useCallback(
    (next: number) => {
      const feature = found[next]
      if (!feature) return
      setAt(next)
      onChoose(feature)
      card.current?.querySelectorAll('li.identify-one')[next]?.scrollIntoView({ block: 'nearest' })
    },
    [found, onChoose],
  )
  const step = useCallback(
    (by: 1 | -1) =>
      choose(at === null ? (by === 1 ? 0 : found.length - 1) : (at + by + found.length) % Math.max(1, found.length)),
    [at, choose, found.length],
  )
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target } = event
      const isHere =
        target instanceof Element && (card.current?.contains(target) === true || target.classList.contains('map-canvas'))
      if (!isHere || (event.key !== 'PageDown' && event.key !== 'PageUp')) return
      event.preventDefault()
      step(event.key === 'PageDown' ? 1 : -1)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [step])
  return { card, at, choose, step }
}

/** What lies under a click, the smallest first; choosing one outlines it and shows all that is known of it. */
export function IdentifyCard({ found, areaUnit, onChoose, onClose }: IdentifyCardProps) {
  const { t, lang, say } = useWords()
  const route = useUi((state) => state.route)
  const { card, at, choose, step } = useStepping({ found, onChoose })
  return (
    <section ref={card} className="map-card" aria-label={t('workbench.identified')}>
      <header>
        <strong aria-live="polite">{found.length === 0 ? t('map.nothing') : t('map.here', { count: found.length })}</strong>
        {found.length > 1 && (
          <>
            <span className="quiet number">{at === null ? '' : `${at + 1}/${found.length}`}</span>
            <IconButton size="small" label={t('map.previousHere')} onPress={() => step(-1)}>
              <ChevronUp className="icon" />
            </IconButton>
            <IconButton size="small" label={t('map.nextHere')} onPress={() => step(1)}>
              <ChevronDown className="icon" />
            </IconButton>
          </>
        )}
        <IconButton size="small" label={t('map.close')} onPress={onClose}>
          <X className="icon" />
        </IconButton>
      </header>
      <ul>
        {found.map((feature, index) => (
          <li
            key={`${feature.layerId} ${feature.fid}`}
            className={index === at ? 'identify-one chosen' : 'identify-one'}
            aria-current={index === at ? 'true' : undefined}
          >
            <Button look="link" size="small" onPress={() => choose(index)}>
              {feature.title}
            </Button>
            <span className="quiet">
              {route.page === 'plan' ? (
                <LayerName planId={route.planId} layerId={feature.layerId} role={feature.role} />
              ) : (
                say(roleInfo(feature.role).title)
              )}
            </span>
            {index === at && route.page === 'plan' && !isRasterRole(feature.role) ? (
              <FeatureAttributes planId={route.planId} layerId={feature.layerId} fid={feature.fid} />
            ) : (
              <dl>
                {feature.areaM2 !== null && <Fact label={t('map.area')} value={formatArea(feature.areaM2, areaUnit, lang)} />}
                {feature.lengthM !== null && <Fact label={t('map.length')} value={formatValue(feature.lengthM, 'm', lang)} />}
                {feature.attributes.map(({ name, label, value }) => (
                  <Fact key={name} label={say(label)} value={value} />
                ))}
              </dl>
            )}
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
