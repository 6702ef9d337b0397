import type { MapLayer } from '#core/contract/map-data.ts'
import { formatCount } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { LegendSwatch } from '../workbench/legend-swatch.tsx'

interface LegendListProps {
  layer: Pick<MapLayer, 'legend' | 'kind'>
  /** How many features of each entry are in sight; null lists every entry. */
  seen: readonly number[] | null
}

/** The classes of a layer with how many features each has: all that it has, or those that are in sight. */
export function LegendList({ layer, seen }: LegendListProps) {
  const { t, lang, say } = useWords()
  const entries = layer.legend
    .map((entry) => ({ entry, count: seen === null ? entry.features : (seen[entry.index] ?? 0) }))
    .filter(({ count }) => count > 0)
  if (entries.length === 0) return <p className="tree-note quiet">{t('layers.nothingSeen')}</p>
  return (
    <ul className="legend tree-legend">
      {entries.map(({ entry, count }) => (
        <li key={entry.index}>
          <LegendSwatch entry={entry} kind={layer.kind} />
          <span className="legend-label">{say(entry.label)}</span>
          {/* Of a grid only whether a class is in sight is known. */}
          {!(seen !== null && layer.kind === 'raster') && <span className="quiet number">{formatCount(count, lang)}</span>}
        </li>
      ))}
    </ul>
  )
}
