import { BENCHMARKS_DATE, benchmarkInWords, benchmarksOf } from '#core/reference/benchmarks.ts'
import type { ChecklistItem } from '#core/checklist/schema.ts'
import { useWords } from '../i18n/use-words.ts'
import { CERTAINTY_ICON } from './thresholds.tsx'

/** What other places reached or promised for the same question, with source and certainty; nothing where none is known. */
export function Benchmarks({ item, checklist }: { item: ChecklistItem; checklist: string }) {
  const { t, lang } = useWords()
  const benchmarks = benchmarksOf(item, checklist)
  if (benchmarks.length === 0) return null
  return (
    <section className="detail-part">
      <h4>{t('checklist.benchmarks')}</h4>
      <p className="quiet">{t('checklist.benchmarksHint', { date: BENCHMARKS_DATE })}</p>
      <ul className="benchmark-list">
        {benchmarks.map((benchmark) => {
          const words = benchmarkInWords(benchmark, lang)
          const Icon = CERTAINTY_ICON[benchmark.certainty]
          return (
            <li key={benchmark.key}>
              <p>
                <strong>{words.place}</strong> {words.plan} · {words.indicator}
              </p>
              <p className="row row-wrap">
                <span className="number">{words.values.join(lang === 'zh' ? '；' : '; ')}</span>
                <span className="chip">{words.kind}</span>
                {words.targetYear !== null && (
                  <span className="quiet">{t('checklist.benchmarkTarget', { year: words.targetYear })}</span>
                )}
              </p>
              {words.note !== null && <p className="quiet">{words.note}</p>}
              <p className="rung-source">
                <Icon className="icon" aria-hidden />
                <span>
                  {t(`checklist.certainty_${benchmark.certainty}`)} · {words.source}
                </span>
              </p>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
