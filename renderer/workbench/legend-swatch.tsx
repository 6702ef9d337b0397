import type { LegendEntry } from '#core/contract/map-data.ts'
import type { LayerKind } from '#core/model/roles.ts'

const HATCH: Record<LegendEntry['hatch'], string> = {
  none: '',
  diagonal: 'M-2 8 8-2M2 16 18 0M12 16l8-8',
  cross: 'M-2 8 8-2M2 16 18 0M12 16l8-8M-2 4 10 16M4-2l14 14M12-2l8 8',
  dots: 'M4 4h.1M10 4h.1M16 4h.1M7 8h.1M13 8h.1M4 12h.1M10 12h.1M16 12h.1',
}

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
          d={HATCH[entry.hatch]}
          fill="none"
          stroke={entry.stroke ?? '#333333'}
          strokeWidth={entry.hatch === 'dots' ? 2 : 1}
          strokeLinecap="round"
        />
      )}
      {kind === 'line' && <path d="M1 11 7 5l6 4 6-7" fill="none" {...line} />}
      {kind === 'point' && <circle cx="10" cy="7" r="4.5" fill={entry.fill ?? 'none'} {...line} />}
    </svg>
  )
}
