import type { Orientation } from '#core/review/orientation.ts'
import { classColour, landClass } from '#core/reference/land-classes.ts'
import { formatArea, formatCount, wholePercent } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'

const UNKNOWN_COLOUR = classColour('')

/** How large the plan is, and what its land is for: one bar, and the same in words. */
export function ScaleCard({ page: { scale } }: { page: Orientation }) {
  const { t, say, lang } = useWords()
  const { areaUnit } = useSettings()
  const nameOf = (code: string | null) => {
    const known = code === null ? undefined : landClass(code)
    return known === undefined ? t('orientation.unknownClass') : say({ zh: known.zh, en: known.en })
  }
  const count = (value: number) => formatCount(value, lang)
  const { layers, features, parcels, classes } = scale
  return (
    <section className="orientation-card" aria-labelledby="orientation-scale">
      <h2 id="orientation-scale">{t('orientation.scale')}</h2>
      <p>{t('orientation.scaleText', { layers: count(layers), features: count(features), parcels: count(parcels) })}</p>
      {classes.length === 0 ? (
        <p className="quiet">{t('orientation.noClasses')}</p>
      ) : (
        <>
          <h3>{t('orientation.classes')}</h3>
          <div className="class-bar" aria-hidden>
            {classes.map(({ code, share }) => (
              <span
                key={code}
                style={{ width: `${share * 100}%`, background: code === null ? UNKNOWN_COLOUR : classColour(code) }}
              />
            ))}
          </div>
          <ul className="class-list">
            {classes.map(({ code, areaM2, share }) => (
              <li key={code}>
                <span
                  className="class-swatch"
                  style={{ background: code === null ? UNKNOWN_COLOUR : classColour(code) }}
                  aria-hidden
                />
                <span>{nameOf(code)}</span>
                <span className="quiet number">
                  {formatArea(areaM2, areaUnit, lang)} ·{' '}
                  {share > 0 && share < 0.01 ? t('orientation.under') : t('common.percent', { percent: wholePercent(share) })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
