import type { MapLayer } from '#core/contract/map-data.ts'
import { LegendSwatch } from '../workbench/legend-swatch.tsx'

/** The commonest classes stand for a layer that has many. */
const MOST_STRIPES = 3

/** How a layer looks at a glance: its only look, or stripes of its commonest ones. */
export function LayerSwatch({ layer: { legend, kind } }: { layer: Pick<MapLayer, 'legend' | 'kind'> }) {
  const [only, ...others] = legend
  if (only && others.length === 0) return <LegendSwatch entry={only} kind={kind} />
  const stripes = legend
    .toSorted((a, b) => b.features - a.features)
    .slice(0, MOST_STRIPES)
    .toSorted((a, b) => a.index - b.index)
  const width = 18 / Math.max(1, stripes.length)
  return (
    <svg className="swatch" width="20" height="14" viewBox="0 0 20 14" aria-hidden>
      {stripes.map((entry, at) => (
        <rect key={entry.index} x={1 + at * width} y="1" width={width} height="12" fill={entry.fill ?? entry.stroke ?? 'none'} />
      ))}
    </svg>
  )
}
