import type { LegendEntry } from '#core/contract/map-data.ts'
import { HATCH_LINES, HATCH_PX, type Hatch } from '#core/map/hatches.ts'
import type { LayerKind } from '#core/model/roles.ts'

/** The pattern's squares laid over a swatch of 20 × 14. */
const hatchPath = (hatch: Hatch): string =>
  [0, 1, 2]
    .flatMap((column) => [0, 1].map((row) => [column * HATCH_PX, row * HATCH_PX] as const))
    .flatMap(([x, y]) => [
      ...HATCH_LINES[hatch].map(([x1, y1, x2, y2]) => `M${x + x1} ${y + y1}L${x + x2} ${y + y2}`),
      ...(hatch === 'dots' ? [`M${x + 4} ${y + 4}h.1`] : []),
    ])
    .join('')

/** A small piece of the map in the colours of the sheet, always on paper white. */
export function LegendSwatch({ entry, kind }: { entry: LegendEntry; kind: LayerKind }) {
  const line = {
    stroke: entry.stroke ?? 'none',
    strokeWidth: Math.min(3, entry.strokeWidthPx),
    strokeDasharray: entry.dash?.join(' '),
  }
  return (
    <svg className="swatch" width="20" height="14" viewBox="0 0 20 14" aria-hidden>
      {(kind === 'polygon' || kind === 'raster') && (
        <rect x="1" y="1" width="18" height="12" fill={entry.fill ?? 'none'} {...line} />
      )}
      {kind === 'polygon' && entry.hatch !== 'none' && (
        <path
          d={hatchPath(entry.hatch)}
          fill="none"
          stroke={entry.hatchColour ?? entry.stroke ?? '#333333'}
          strokeWidth={entry.hatch === 'dots' ? 2 : 1}
          strokeLinecap="round"
        />
      )}
      {kind === 'line' && <path d="M1 11 7 5l6 4 6-7" fill="none" {...line} />}
      {kind === 'point' && <circle cx="10" cy="7" r="4.5" fill={entry.fill ?? 'none'} {...line} />}
    </svg>
  )
}
