import { BENCHMARKS_DATE, benchmarkInWords, benchmarksOf } from '#core/reference/benchmarks.ts'
import { benchmarkStrip } from '#core/reference/benchmark-strip.ts'
import type { ChecklistItem } from '#core/checklist/schema.ts'
import type { Measurement } from '#core/model/measurement.ts'
import { useWords } from '../i18n/use-words.ts'
import { BenchmarkStripView } from './benchmark-strip.tsx'
import { CERTAINTY_ICON } from './thresholds.tsx'
import './benchmarks.css'

interface BenchmarksProps {
  item: ChecklistItem
  checklist: string
  measurement: Measurement | null
}

/** What other places reached or promised for the same question, with source and certainty; nothing where none is known. */
export function Benchmarks({ item, checklist, measurement }: BenchmarksProps) {
  const { t, lang } = useWords()
  const benchmarks = benchmarksOf(item, checklist)
  if (benchmarks.length === 0) return null
  const outcome = measurement?.outcome
  const strip = outcome?.kind === 'value' ? benchmarkStrip(item, checklist, outcome) : undefined
  return (
    <section className="detail-part">
      <h4>{t('checklist.benchmarks')}</h4>
      <p className="quiet">{t('checklist.benchmarksHint', { date: BENCHMARKS_DATE })}</p>
      {strip && <BenchmarkStripView strip={strip} />}
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
