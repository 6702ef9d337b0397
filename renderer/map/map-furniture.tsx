import { ArrowLeft, ArrowRight, Maximize2, Minus, Plus } from 'lucide-react'
import { fromFrame, type Frame } from '#core/geo/frame.ts'
import { formatValue } from '#core/model/units.ts'
import type { Lang } from '#core/text.ts'
import { roundBarM } from '#core/map/furniture.ts'
import { useMemo } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { IconButton } from '../ui/button.tsx'

const LONGEST_BAR_PX = 130

interface MapToolsProps {
  onZoom: (factor: number) => void
  onWhole: () => void
  /** To the view before or after, where the map remembers them. */
  onView?: (by: 1 | -1) => void
}

export function MapTools({ onZoom, onWhole, onView }: MapToolsProps) {
  const { t } = useWords()
  return (
    <div className="map-tools" role="toolbar" aria-label={t('map.tools')} aria-orientation="vertical">
      <IconButton label={t('map.zoomIn')} onPress={() => onZoom(2)}>
        <Plus className="icon" />
      </IconButton>
      <IconButton label={t('map.zoomOut')} onPress={() => onZoom(0.5)}>
        <Minus className="icon" />
      </IconButton>
      <IconButton label={t('map.whole')} onPress={onWhole}>
        <Maximize2 className="icon" />
      </IconButton>
      {onView && (
        <>
          <IconButton label={t('map.previousView')} onPress={() => onView(-1)}>
            <ArrowLeft className="icon" />
          </IconButton>
          <IconButton label={t('map.nextView')} onPress={() => onView(1)}>
            <ArrowRight className="icon" />
          </IconButton>
        </>
      )}
    </div>
  )
}

/** The map never turns, so north is always up. */
export function NorthArrow() {
  const { t } = useWords()
  return (
    <svg className="map-north" viewBox="0 0 24 36">
      <title>{t('map.north')}</title>
      <path d="M12 1 L20 24 L12 19 L4 24 Z" />
      <text x="12" y="35" textAnchor="middle">
        {t('map.north')}
      </text>
    </svg>
  )
}

/** A bar of a round length, as wide as the map says. */
export function ScaleBar({ metresPerPixel, lang }: { metresPerPixel: number; lang: Lang }) {
  const { t } = useWords()
  if (metresPerPixel === 0) return null
  const lengthM = roundBarM(LONGEST_BAR_PX * metresPerPixel)
  const length =
    lengthM >= 1000
      ? formatValue(lengthM, 'km', lang, lengthM % 1000 === 0 ? 0 : 1)
      : formatValue(lengthM, 'm', lang, lengthM < 1 ? 1 : 0)
  const widthPx = lengthM / metresPerPixel
  return (
    <svg className="map-scale" width={widthPx + 2} height="20">
      <title>{t('map.scale', { length })}</title>
      <path d={`M1 12 V18 H${widthPx + 1} V12`} />
      <text x={widthPx / 2 + 1} y="11" textAnchor="middle">
        {length}
      </text>
    </svg>
  )
}

/** Where the pointer is: longitude and latitude, or plain metres for data without a place on Earth. */
export function PointerPlace({ frame, at }: { frame: Frame; at: [number, number] | null }) {
  const { t } = useWords()
  const toPlace = useMemo(() => fromFrame(frame), [frame])
  if (at === null) return null
  const [x, y] = toPlace(at[0], at[1])
  const words =
    frame.kind === 'planar'
      ? t('map.metres', { x: x.toFixed(1), y: y.toFixed(1) })
      : t('map.coordinates', { lon: x.toFixed(5), lat: y.toFixed(5) })
  return <span className="map-place number">{words}</span>
}
