import type { OverlayPartView } from '#core/contract/overlay-procedures.ts'
import { formatCount } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { LegendSwatch } from '../workbench/legend-swatch.tsx'

/** The legend of one part, as it is drawn; classes that nothing wears are left out. */
export function OverlayLegend({ part }: { part: OverlayPartView }) {
  const { t, lang, say } = useWords()
  const { legend, shape, shapes, title } = part
  const worn = legend.filter(({ features }) => features > 0)
  const drawn = shape.fid.length
  if (worn.length === 0) return null
  return (
    <div className="overlay-legend">
      {worn.length > 1 && <h4>{say(title)}</h4>}
      <ul className="legend">
        {worn.map((entry) => (
          <li key={entry.index}>
            <LegendSwatch entry={entry} kind={shape.kind} />
            <span className="legend-label">{say(entry.label)}</span>
            <span className="quiet number">{formatCount(entry.features, lang)}</span>
          </li>
        ))}
      </ul>
      {drawn < shapes && (
        <p className="quiet overlay-words">
          {t('overlays.drawnPart', { drawn: formatCount(drawn, lang), count: formatCount(shapes, lang) })}
        </p>
      )}
    </div>
  )
}
