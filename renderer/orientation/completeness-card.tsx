import type { Orientation } from '#core/review/orientation.ts'
import { ROLE_IDS, roleInfo } from '#core/model/roles.ts'
import { judgedPercent } from '#core/review/words.ts'
import { formatScore } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { Meter } from '../ui/meter.tsx'

const MOST_ITEMS = 6

/** Which layers are there, which are missing and for what, and how much is judged. */
export function CompletenessCard({ page: { plan, completeness } }: { page: Orientation }) {
  const { t, say, lang } = useWords()
  const { go, selectItem } = useUi.getState()
  const { given, missing, coverage, total, gaps } = completeness
  const titleOf = (role: string) => {
    const known = ROLE_IDS.find((id) => id === role)
    return known === undefined ? role : say(roleInfo(known).title)
  }
  const percent = coverage === null ? '' : judgedPercent(coverage, lang)
  return (
    <section className="orientation-card" aria-labelledby="orientation-complete">
      <h2 id="orientation-complete">{t('orientation.complete')}</h2>
      {coverage !== null && (
        <div className="row">
          <span>{t('orientation.coverage')}</span>
          <Meter label={t('orientation.coverage')} share={coverage} text={t('common.percent', { percent })} />
          <span className="number">{t('common.percent', { percent })}</span>
          {total !== null && <span className="quiet">{t('orientation.score', { total: formatScore(total, lang) })}</span>}
        </div>
      )}
      {gaps > 0 && <p>{t('orientation.gaps', { count: gaps })}</p>}
      <p>
        {t('orientation.given', { count: given.length })}
        <span className="quiet">{t('orientation.names', { names: given.map(titleOf).join(lang === 'zh' ? '、' : ', ') })}</span>
      </p>
      {missing.length === 0 ? (
        <p>{t('orientation.nothingMissing')}</p>
      ) : (
        <>
          <h3>{t('orientation.missing', { count: missing.length })}</h3>
          <ul className="orientation-missing">
            {missing.map(({ role, items }) => (
              <li key={role}>
                <span>{titleOf(role)}</span>
                <Button
                  look="link"
                  onPress={() => {
                    go({ page: 'plan', planId: plan.id })
                    selectItem(items[0] ?? null)
                  }}
                >
                  {t('orientation.missingRole', {
                    count: items.length,
                    items: `${items.slice(0, MOST_ITEMS).join(', ')}${items.length > MOST_ITEMS ? ' …' : ''}`,
                  })}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
