import { ChevronDown, ChevronRight, Ellipsis, Funnel, Globe, GripVertical } from 'lucide-react'
import type { HTMLAttributes } from 'react'
import type { AttributeLayer } from '#core/contract/attribute-procedures.ts'
import type { MapLayer } from '#core/contract/map-data.ts'
import { outOfScale, type MapLook } from '#core/map/look.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { Bilingual } from '#core/text.ts'
import { formatCount } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { IconButton } from '../ui/button.tsx'
import { Checkbox } from '../ui/fields.tsx'
import { FaultList } from '../workbench/fault-list.tsx'
import { switchLayer } from '../workbench/look-store.ts'
import { LayerDetail } from './layer-detail.tsx'
import { LayerSwatch } from './layer-swatch.tsx'
import { LegendList } from './legend-list.tsx'
import { isReprojected, type LayerSource } from './source-card.tsx'
import { toggleDetail, toggleLegend, useTree } from './tree-store.ts'

/** All that a row needs to know of its layer. */
export interface TreeLayer {
  /** In the palette that was chosen, under the name that a person gave it. */
  layer: MapLayer
  /** The name of its role. */
  usual: Bilingual
  attributes: AttributeLayer | null
  source: LayerSource | null
}

export interface LayerRowProps {
  planId: PlanId
  of: TreeLayer
  look: MapLook
  isShown: boolean
  isSolo: boolean
  /** The number below the line of the map's scale; null before there is a map. */
  scale: number | null
  /** How many features of each class are in sight; null where all are counted. */
  seen: readonly number[] | null
  canMove: readonly [up: boolean, down: boolean]
  onMove: (by: 1 | -1) => void
  handle: HTMLAttributes<HTMLElement>
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)

/** Why a layer that is on is not drawn, or null. */
function useScaleNote({ of: { layer }, look, isShown, scale }: LayerRowProps): string | null {
  const { t, lang } = useWords()
  const range = look.layers[layer.id] ?? {}
  const why = isShown && scale !== null ? outOfScale(range, scale) : null
  if (why === 'far') return t('layers.tooFar', { scale: formatCount(range.farthest ?? 0, lang) })
  return why === 'near' ? t('layers.tooNear', { scale: formatCount(range.nearest ?? 0, lang) }) : null
}

/** What was changed about a layer, as small signs with words. */
function Signs({ of: { layer, source }, look }: Pick<LayerRowProps, 'of' | 'look'>) {
  const { t } = useWords()
  const { where, opacity } = look.layers[layer.id] ?? {}
  return (
    <>
      {where !== undefined && (
        <span className="tree-sign" title={t('layers.filtered', { where })}>
          <Funnel className="icon" aria-hidden />
          <span className="visually-hidden">{t('layers.filtered', { where })}</span>
        </span>
      )}
      {opacity !== undefined && opacity < 1 && (
        <span className="tree-sign number" title={t('layers.faded', { percent: Math.round(opacity * 100) })}>
          {`${Math.round(opacity * 100)}%`}
        </span>
      )}
      {source && isReprojected(source) && (
        <span className="tree-sign" title={t('layers.reprojected', { crs: source.layer.sourceCrs })}>
          <Globe className="icon" aria-hidden />
          <span className="visually-hidden">{t('layers.reprojected', { crs: source.layer.sourceCrs })}</span>
        </span>
      )}
    </>
  )
}

function Count({ layer, seen }: { layer: MapLayer; seen: readonly number[] | null }) {
  const { t, lang } = useWords()
  const all = formatCount(layer.features, lang)
  // Of a grid only whether a class is in sight is known.
  if (seen === null || layer.kind === 'raster') return <span className="quiet number tree-count">{all}</span>
  const words = formatCount(sum(seen), lang)
  return (
    <span className="quiet number tree-count" title={t('layers.seenOf', { seen: words, all })}>
      {`${words}/${all}`}
    </span>
  )
}

/** A layer of the tree: its switch, how it looks, its legend, and behind one button what is rarely needed. */
export function LayerRow(props: LayerRowProps) {
  const { planId, of, look, isShown, isSolo, seen, canMove, onMove, handle } = props
  const { layer, usual, attributes, source } = of
  const { t, say } = useWords()
  const isDetailed = useTree((state) => state.detail === layer.id)
  const isOpen = useTree((state) => state.legends.has(layer.id))
  const note = useScaleNote(props)
  const isDrawn = isShown && note === null
  const title = say(layer.title)
  const hasLegend = layer.legend.length > 1 || layer.faults !== undefined
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <>
      <div className={`tree-row${isDrawn ? '' : ' faint'}`} data-row={layer.id}>
        <span className="tree-grip" title={t('layers.drag', { name: title })} {...handle}>
          <GripVertical className="icon" aria-hidden />
        </span>
        <span className="tree-fold" data-part="fold">
          {hasLegend && (
            <IconButton
              size="small"
              label={t(isOpen ? 'workbench.hideLegend' : 'workbench.showLegend', { layer: title })}
              aria-expanded={isOpen}
              onPress={() => toggleLegend(layer.id)}
            >
              <Chevron className="icon" />
            </IconButton>
          )}
        </span>
        <span data-part="switch">
          <Checkbox
            isSelected={isShown}
            onChange={(on) => switchLayer(planId, layer.id, on)}
            label={t('workbench.showLayer', { layer: title })}
          />
        </span>
        <LayerSwatch layer={layer} />
        <span className="tree-title" title={layer.name}>
          {title}
        </span>
        <Signs of={of} look={look} />
        <Count layer={layer} seen={isDrawn ? seen : null} />
        <span data-part="more">
          <IconButton
            size="small"
            label={t('layers.more', { layer: title })}
            aria-expanded={isDetailed}
            onPress={() => toggleDetail(layer.id)}
          >
            <Ellipsis className="icon" />
          </IconButton>
        </span>
      </div>
      {note !== null && <p className="tree-note quiet">{note}</p>}
      {isDetailed && (
        <LayerDetail
          layer={layer}
          usual={usual}
          look={look}
          isSolo={isSolo}
          attributes={attributes}
          source={source}
          canMove={canMove}
          onMove={onMove}
        />
      )}
      {isOpen && hasLegend && seen !== null && !isDrawn && <p className="tree-note quiet">{t('layers.notDrawn')}</p>}
      {isOpen && hasLegend && (seen === null || isDrawn) && <LegendList layer={layer} seen={seen} />}
      {isOpen && layer.faults && <FaultList planId={planId} layer={layer} />}
    </>
  )
}
