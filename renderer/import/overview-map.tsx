import { inChosenSigns } from '#core/model/digit-signs.ts'
import type { LayerShape } from '#core/model/inspection.ts'
import { overviewOf } from '#core/intake/overview.ts'
import { useWords } from '../i18n/use-words.ts'

export interface OverviewLayer {
  key: string
  name: string
  shape: LayerShape | null
  /** `muted` lies behind; `active` is the one in question; `before` is where it lay until now. */
  look?: 'muted' | 'active' | 'before'
}

const SHEET = { width: 640, height: 230, margin: 18 }

/** All layers' outlines over each other: one glance shows a layer that lies elsewhere. */
export function OverviewMap({ layers, label }: { layers: readonly OverviewLayer[]; label: string }) {
  const { t, lang } = useWords()
  const shaped = layers.map(({ key, shape }) => ({ key, shape }))
  const overview = overviewOf(shaped, SHEET)
  if (overview.shapes.length === 0) return null
  const lookOf = new Map(layers.map(({ key, look }) => [key, look ?? 'muted']))
  const nameOf = new Map(layers.map(({ key, name }) => [key, name]))
  const drawn = overview.shapes.toSorted(
    (a, b) => Number(lookOf.get(a.key) === 'active') - Number(lookOf.get(b.key) === 'active'),
  )
  const km = overview.acrossM === null ? null : overview.acrossM / 1000
  const number = new Intl.NumberFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', { maximumSignificantDigits: 2 })
  return (
    <figure className="overview">
      <svg viewBox={`0 0 ${SHEET.width} ${SHEET.height}`} role="img" aria-label={label}>
        {drawn.map(({ key, d, box }) => (
          <g key={key} className={`overview-layer ${lookOf.get(key) ?? 'muted'}`}>
            <title>{nameOf.get(key)}</title>
            <path d={d} />
            <rect {...box} />
          </g>
        ))}
      </svg>
      <figcaption className="quiet">
        {km !== null && <span className="number">{t('importing.overviewAcross', { km: inChosenSigns(number.format(km)) })}</span>}
        {overview.unplaced.length > 0 && (
          <span>
            {t('importing.overviewUnplaced', {
              names: overview.unplaced.map((key) => nameOf.get(key) ?? key).join(lang === 'zh' ? '、' : ', '),
            })}
          </span>
        )}
      </figcaption>
    </figure>
  )
}
