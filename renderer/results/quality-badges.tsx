import { Eye, Globe2, MoveHorizontal, Replace, Route, Square } from 'lucide-react'
import type { Measurement } from '#core/model/measurement.ts'
import { formatValue, readableValue, type AreaUnit, type UnitId } from '#core/model/units.ts'
import { useWords } from '../i18n/use-words.ts'

/** What must be known before the figures are used: how they were measured, what stands for something else, how much was seen. */
export function QualityBadges({ measurement, unit, areaUnit }: { measurement: Measurement; unit: UnitId; areaUnit: AreaUnit }) {
  const { t, lang, say } = useWords()
  const { basis, quality, outcome } = measurement
  const shown: UnitId = outcome.kind === 'value' && outcome.unit === 'm2' ? areaUnit : unit
  return (
    <ul className="quality-badges">
      <li className="chip">
        {basis === 'planar' ? <Square className="icon" aria-hidden /> : <Globe2 className="icon" aria-hidden />}
        {t(`results.basis_${basis}`)}
      </li>
      {quality?.distance && (
        <li className="chip">
          <Route className="icon" aria-hidden />
          {t(`results.distance_${quality.distance}`)}
        </li>
      )}
      {quality?.seenShare !== undefined && (
        <li className={quality.seenShare < 0.95 ? 'chip warn' : 'chip'}>
          <Eye className="icon" aria-hidden />
          {t('results.seen', { percent: formatValue(quality.seenShare, 'percent', lang) })}
        </li>
      )}
      {quality?.range && (
        <li className="chip" title={say(quality.range.why)}>
          <MoveHorizontal className="icon" aria-hidden />
          {t('results.range', {
            low: readableValue(quality.range.low, shown, lang),
            high: readableValue(quality.range.high, shown, lang),
          })}
          <span className="visually-hidden">{say(quality.range.why)}</span>
        </li>
      )}
      {quality?.proxies?.map((proxy) => (
        <li key={proxy.en} className="chip warn">
          <Replace className="icon" aria-hidden />
          {t('results.proxy', { what: say(proxy) })}
        </li>
      ))}
    </ul>
  )
}
