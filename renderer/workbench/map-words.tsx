import { Table2, Volume2, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { MapSetup, SeenLayer } from '#core/contract/map-data.ts'
import { drawnAt, filtersOf } from '#core/map/layer-tree.ts'
import { scaleOf } from '#core/map/look.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { formatValue } from '#core/model/units.ts'
import { useClient } from '../api/use-api.tsx'
import { countOf, useAttributes } from '../attributes/attribute-store.ts'
import { formatCount } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useMapPlace } from '../map/map-place.ts'
import { useSettings } from '../settings/use-settings.ts'
import { keyWords } from '../shortcuts/keys.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { useLookStore } from './look-store.ts'
import { describeMapNow, useMapWords } from './map-words-store.ts'
import { onMap, type LayerOnMap } from './on-map.ts'
import './map-words.css'

interface MapWordsProps {
  planId: PlanId
  setup: MapSetup
  visible: ReadonlySet<LayerId>
}

interface Answer {
  /** Metres from west to east and from south to north. */
  widthM: number
  heightM: number
  /** The number below the line; null where the map does not tell where it looks. */
  scale: number | null
  layers: LayerOnMap[]
}

/** Asks the backend what is in sight, each time a person wants to hear it. */
function useAnswer({ planId, setup, visible }: MapWordsProps) {
  const client = useClient()
  const asked = useMapWords((state) => state.asked)
  // What was asked before this map was there was not asked of it.
  const [first] = useState(asked)
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [error, setError] = useState<unknown>(null)
  // oxlint-disable react/exhaustive-deps -- the answer is to the map as it was when it was asked for
  useEffect(() => {
    if (asked === first) return
    const stop = new AbortController()
    const { view, sight } = useMapPlace.getState()
    const [minX, minY, maxX, maxY] = view ?? setup.extent
    const scale = sight === null ? null : Math.round(scaleOf(sight.metresPerPixel))
    const { look } = useLookStore.getState()
    const vectors = setup.layers.filter(({ kind }) => kind !== 'raster')
    const layerIds = drawnAt(vectors, visible, look, sight?.metresPerPixel ?? null)
    client
      .call('map.seen', { planId, view: [minX, minY, maxX, maxY], layerIds, filters: filtersOf(look) }, { signal: stop.signal })
      .then(
        (seen: SeenLayer[]) => {
          setError(null)
          setAnswer({ widthM: maxX - minX, heightM: maxY - minY, scale, layers: onMap(setup.layers, seen) })
        },
        (failure: unknown) => stop.signal.aborted || setError(failure),
      )
    return () => stop.abort()
  }, [asked, first, client, planId])
  // oxlint-enable react/exhaustive-deps
  const close = () => {
    setAnswer(null)
    setError(null)
  }
  return { answer, error, close }
}

const KM = 1000

/** Where panels are stacked, the map may have been scrolled away. */
const intoSight = (card: HTMLElement | null) => card?.scrollIntoView({ block: 'nearest' })

/** What the map shows in words, for who cannot see it, and the way to the table that has the same; both by a key, or by Tab before the map. */
export function MapWords(props: MapWordsProps) {
  const { t, lang, say } = useWords()
  const { keys = {} } = useSettings()
  const selected = useAttributes((state) => countOf(state.selection))
  const { answer, error, close } = useAnswer(props)
  const long = (metres: number) => (metres >= KM ? formatValue(metres, 'km', lang, 1) : formatValue(metres, 'm', lang, 0))
  return (
    <>
      <div className="map-words-ways">
        <Button onPress={describeMapNow}>
          <Volume2 className="icon" aria-hidden />
          {t('mapWords.ask', { keys: keyWords('describeMap', keys) })}
        </Button>
        <Button onPress={() => useAttributes.getState().open(true)}>
          <Table2 className="icon" aria-hidden />
          {t('mapWords.table', { keys: keyWords('table', keys) })}
        </Button>
      </div>
      <div role="status" className="map-words">
        {answer && (
          <div className="map-words-card" ref={intoSight}>
            <div className="map-words-text">
              <p>{t('mapWords.extent', { width: long(answer.widthM), height: long(answer.heightM) })}</p>
              {answer.scale !== null && <p>{t('mapWords.scale', { scale: formatCount(answer.scale, lang) })}</p>}
              {answer.layers.length === 0 && <p>{t('mapWords.nothing')}</p>}
              {answer.layers.map(({ layer, features, classes }) => (
                <p key={layer.id}>
                  {t('mapWords.layer', { layer: say(layer.title), features: formatCount(features, lang) })}
                  {classes.length > 1 && (
                    <>
                      {' '}
                      {t('mapWords.classes', {
                        classes: classes
                          .map((one) => `${say(one.label)} ${formatCount(one.features, lang)}`)
                          .join(t('mapWords.comma')),
                      })}
                    </>
                  )}
                </p>
              ))}
              <p>{t(selected > 0 ? 'mapWords.selected' : 'mapWords.noneSelected', { count: selected })}</p>
            </div>
            <IconButton size="small" label={t('common.dismiss')} onPress={close}>
              <X className="icon" />
            </IconButton>
          </div>
        )}
        {error !== null && <ErrorNotice error={error} onRetry={describeMapNow} onDismiss={close} />}
      </div>
    </>
  )
}
