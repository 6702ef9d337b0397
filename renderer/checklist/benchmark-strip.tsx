import { readableValue } from '#core/model/units.ts'
import { pointName, stripInWords, stripPlace, type BenchmarkStrip } from '#core/reference/benchmark-strip.ts'
import { useWords } from '../i18n/use-words.ts'

/** Observed values are full dots; what is asked for or aimed at is a ring. */
const isObserved = (kind: BenchmarkStrip['points'][number]['kind']) =>
  kind === 'observed' || kind === 'absolute' || kind === 'list'

/** This plan's value as a line through the dots of other places; the sentence below says the same. */
export function BenchmarkStripView({ strip }: { strip: BenchmarkStrip }) {
  const { t, lang } = useWords()
  const at = (value: number) => `${stripPlace(strip, value) * 100}%`
  const write = (value: number) => readableValue(value, strip.unit, lang)
  return (
    <figure className="strip">
      <div className="strip-rows" aria-hidden>
        <div className="strip-row own">
          <span>{t('checklist.thisPlan')}</span>
          <span className="strip-axis">
            <span className="strip-bar" style={{ width: at(strip.own) }} />
          </span>
          <span className="number">{write(strip.own)}</span>
        </div>
        {strip.points.map((point) => (
          <div key={pointName(point, lang)} className="strip-row">
            <span title={pointName(point, lang)}>{pointName(point, lang)}</span>
            <span className="strip-axis">
              <span className="strip-line" style={{ left: at(strip.own) }} />
              <span className={isObserved(point.kind) ? 'strip-dot' : 'strip-dot ring'} style={{ left: at(point.value) }} />
            </span>
            <span className="number">{write(point.value)}</span>
          </div>
        ))}
        <div className="strip-row strip-scale quiet">
          <span />
          <span className="strip-ends number">
            <span>{write(strip.low)}</span>
            <span>{write(strip.high)}</span>
          </span>
          <span />
        </div>
      </div>
      <figcaption className="quiet">{stripInWords(strip, lang)}</figcaption>
    </figure>
  )
}
