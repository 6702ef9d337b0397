import { ChartBarBig } from 'lucide-react'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { useLibrary } from './library-store.ts'

const SHOWN = 40
const SEVERITIES = ['must', 'should', 'note'] as const

/** On which items most was found: bars, each leading to the memos that speak of it. */
export function LibraryStatisticsView() {
  const { t, say } = useWords()
  const { filters, setFacet, setLook } = useLibrary()
  const found = useRead('library.statistics', filters)
  if (found.error) return <ErrorNotice error={found.error} />
  if (!found.data) return <p className="quiet">{t('common.loading')}</p>
  const { items, memos, findings } = found.data
  if (items.length === 0) return <EmptyState icon={ChartBarBig} title={t('library.noStatistics')} />
  const most = Math.max(...items.map(({ must, should, note }) => must + should + note))
  return (
    <section className="library-statistics" aria-label={t('library.statisticsTitle')}>
      <h2>{t('library.statisticsTitle')}</h2>
      <p className="quiet">{t('library.statisticsText', { memos, count: findings })}</p>
      <p className="library-legend">
        {SEVERITIES.map((severity) => (
          <span key={severity}>
            <i className={`library-dot ${severity}`} aria-hidden /> {t(`findings.${severity}`)}
          </span>
        ))}
      </p>
      <ol>
        {items.slice(0, SHOWN).map((item) => (
          <li key={item.item}>
            <button
              type="button"
              className="library-open"
              onClick={() => {
                setFacet('item', item.item)
                setLook('cards')
              }}
            >
              <span className="code">{item.item}</span> {item.title && say(item.title)}
            </button>
            <span className="library-bar" aria-hidden>
              {SEVERITIES.map(
                (severity) =>
                  item[severity] > 0 && (
                    <i key={severity} className={severity} style={{ width: `${(100 * item[severity]) / most}%` }} />
                  ),
              )}
            </span>
            <span className="number">{item.must + item.should + item.note}</span>
            <span className="quiet">{t('library.memosOf', { count: item.memos })}</span>
            <span className="visually-hidden">
              {SEVERITIES.map((severity) => `${t(`findings.${severity}`)} ${item[severity]}`).join(', ')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
