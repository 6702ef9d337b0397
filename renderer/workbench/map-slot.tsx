import { lazy, Suspense, useState } from 'react'
import type { MapViewProps } from '../map/map-props.ts'
import { useWords } from '../i18n/use-words.ts'
import { fetchedMapView, mapView } from './use-prepared-map.ts'

const MapView = lazy(mapView)

/** The sheet in the middle; one calm line until the map has been fetched. */
export function MapSlot(props: MapViewProps) {
  const { t } = useWords()
  // What stands here once is not taken for another one.
  const [Fetched] = useState(fetchedMapView)
  if (Fetched !== null) return <Fetched {...props} />
  return (
    <Suspense fallback={<p className="empty">{t('common.loading')}</p>}>
      <MapView {...props} />
    </Suspense>
  )
}
