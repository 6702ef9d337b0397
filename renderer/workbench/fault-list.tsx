import { ScanSearch } from 'lucide-react'
import { useState } from 'react'
import { TOPOLOGY_LAYER, type MapFault, type MapLayer } from '#core/contract/map-data.ts'
import type { PlanId } from '#core/model/ids.ts'
import { readableValue } from '#core/model/units.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { switchLayer } from './look-store.ts'

/** Listed at once; the rest is one press away. */
const FIRST = 8

/** Switches the layer of overlaps and gaps on, lights some of them up and goes there. */
export function showFaults(planId: PlanId, faults: readonly Pick<MapFault, 'fid'>[]): void {
  switchLayer(planId, TOPOLOGY_LAYER, true)
  useUi.getState().showEvidence(
    'topology',
    faults.map(({ fid }) => fid),
  )
}

/** Overlaps and gaps that the import found, the largest first: each is one press away on the map. */
export function FaultList({ planId, layer }: { planId: PlanId; layer: Pick<MapLayer, 'faults' | 'legend' | 'features'> }) {
  const { t, lang, say } = useWords()
  const [all, setAll] = useState(false)
  const faults = layer.faults ?? []
  const shown = all ? faults : faults.slice(0, FIRST)
  const kindOf = ({ kind }: MapFault): string => {
    const entry = layer.legend.find(({ code }) => code === kind)
    return entry === undefined ? kind : say(entry.label)
  }
  return (
    <>
      <ul className="faults">
        {shown.map((fault) => (
          <li key={fault.fid}>
            <Button look="link" size="small" onPress={() => showFaults(planId, [fault])}>
              <ScanSearch className="icon" aria-hidden />
              {t('workbench.fault', { kind: kindOf(fault), area: readableValue(fault.areaM2, 'm2', lang) })}
            </Button>
            {fault.features.length > 0 && (
              <span className="quiet number">{t('workbench.faultFeatures', { features: fault.features.join(', ') })}</span>
            )}
          </li>
        ))}
      </ul>
      {shown.length < faults.length && (
        <Button look="link" size="small" onPress={() => setAll(true)}>
          {t('workbench.faultMore', { count: faults.length - shown.length })}
        </Button>
      )}
    </>
  )
}
