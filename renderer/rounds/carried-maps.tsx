import { useMemo } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { CarriedFinding } from '#core/contract/round-procedures.ts'
import type { MapLook } from '#core/map/look.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { TwinMaps } from '../side-by-side/twin-maps.tsx'
import { visibleLayers } from '../workbench/layer-visibility.ts'
import { usePlanLook } from '../workbench/use-look.ts'
import { usePlaces } from './use-places.ts'

const NO_HIGHLIGHTS: never[] = []

interface CarriedMapsProps {
  before: PlanId
  after: PlanId
  wanted: CarriedFinding | null
}

function Maps({ older, newer, wanted }: { older: Side; newer: Side; wanted: CarriedFinding | null }) {
  const { t } = useWords()
  const looks = { older: usePlanLook(older.planId), newer: usePlanLook(newer.planId) }
  const places = usePlaces(older, newer, wanted)
  const half = ({ planId, setup }: Side, title: string, look: MapLook) => ({
    planId,
    setup,
    title,
    visible: visibleLayers(setup.layers, look),
  })
  return (
    <TwinMaps
      before={{ ...half(older, t('rounds.earlierMap'), looks.older), overlay: places.older }}
      after={{ ...half(newer, t('rounds.nowMap'), looks.newer), overlay: places.newer }}
      highlights={NO_HIGHLIGHTS}
    >
      <span className="quiet" aria-live="polite">
        {places.failed ? t('compare.shapesFailed') : wanted ? t('rounds.legend', { number: wanted.finding.number }) : ''}
      </span>
    </TwinMaps>
  )
}

interface Side {
  planId: PlanId
  setup: MapSetup
}

/** The place of a finding in the earlier plan beside its place now. */
export function CarriedMaps({ before, after, wanted }: CarriedMapsProps) {
  const { t } = useWords()
  const from = useRead('map.setup', { planId: before }).data
  const to = useRead('map.setup', { planId: after }).data
  const older = useMemo(() => from && { planId: before, setup: from }, [before, from])
  const newer = useMemo(() => to && { planId: after, setup: to }, [after, to])
  if (!older || !newer) return <p className="panel-wait quiet">{t('common.loading')}</p>
  return <Maps older={older} newer={newer} wanted={wanted} />
}
