import { useDeferredValue, useState } from 'react'
import type { MemoDocument } from '#core/memo/document.ts'
import type { PlanId, ReviewId } from '#core/model/ids.ts'
import type { MemoLang, MemoOptions } from '#core/memo/memo-options.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { useReview } from '../workbench/use-review.ts'
import { ExportMenu, useMemoExport } from './memo-export.tsx'
import { useMemoChoice } from './memo-choice-store.ts'
import { MemoChoicePanel } from './memo-choices.tsx'
import { MemoBlock } from './memo-blocks.tsx'
import { memoSheets } from './sheets.ts'

/** A Chinese title breaks after the name of the plan, as on paper. */
const titleLines = (title: string): string => title.replace(/》(?=.{6})/u, '》\n')

/** Secrecy, office, number and addressee, as the printed head has them. */
function Letterhead({ document: { letterhead = {}, kicker } }: { document: MemoDocument }) {
  const { classification, office, number } = letterhead
  return (
    <>
      {classification && <p className="memo-classification">{classification}</p>}
      {(office ?? kicker) && <p className={office ? 'memo-office' : 'memo-kicker'}>{office ?? kicker}</p>}
      {number && <p>{number}</p>}
    </>
  )
}

function Paper({ document }: { document: MemoDocument }) {
  const sheets = memoSheets(document)
  return (
    <article className="memo-desk" lang={document.lang === 'zh' ? 'zh-CN' : 'en'} aria-label={document.title}>
      {sheets.map(({ key, blocks, foldsOut }, index) => (
        <section
          key={key}
          className={`memo-sheet ${document.style ?? 'technical'}${foldsOut ? ' folds-out' : ''}`}
          aria-label={`${index + 1} / ${sheets.length}`}
        >
          {document.watermark && (
            <p className="memo-watermark" aria-hidden>
              {document.watermark}
            </p>
          )}
          {index === 0 && (
            <header className="memo-title">
              <Letterhead document={document} />
              <h2>{titleLines(document.title)}</h2>
              <p className="memo-subtitle">{document.subtitle}</p>
              {document.letterhead?.addressee && <p className="memo-addressee">{document.letterhead.addressee}</p>}
            </header>
          )}
          {blocks.map((one) => (
            <MemoBlock key={one.key} block={one.block} />
          ))}
          <footer className="memo-footer">
            <span>{document.footer}</span>
            <span className="number">{`${index + 1} / ${sheets.length}`}</span>
          </footer>
        </section>
      ))}
    </article>
  )
}

function Composed({ reviewId, lang, options }: { reviewId: ReviewId; lang: MemoLang; options: MemoOptions }) {
  const { t } = useWords()
  const memo = useRead('memo.compose', { reviewId, lang, options })
  // The paper before stays in sight while the next one is composed.
  const [last, setLast] = useState<MemoDocument | null>(null)
  if (memo.data && memo.data !== last) setLast(memo.data)
  if (memo.error) return <ErrorNotice error={memo.error} onRetry={() => void memo.refetch()} />
  const paper = memo.data ?? last
  return paper ? <Paper document={paper} /> : <p className="memo-wait quiet">{t('memo.composing')}</p>
}

/** The memo as it will leave the office, on paper, before it does. */
export function MemoScreen({ planId }: { planId: PlanId }) {
  const { t, lang } = useWords()
  const { options, lang: chosenLang, setLang, withPlan } = useMemoChoice()
  const memoLang = chosenLang ?? lang
  // Typing stays quick: the paper follows when there is time.
  const shown = useDeferredValue(options)
  const plan = useRead('plans.get', { planId })
  const review = useReview(planId)
  const reviewId = review.state === 'ready' ? review.view.review.id : null
  const exporting = useMemoExport(reviewId, memoLang, plan.data?.plan ?? null, { options, withPlan })
  return (
    <div className="screen">
      <TopBar title={t('memo.preview')} back={{ page: 'plan', planId }} backLabel={t('memo.backToReview')}>
        <Segmented
          label={t('memo.memoLanguage')}
          value={memoLang}
          segments={[
            { id: 'zh', label: '中文' },
            { id: 'en', label: 'English' },
            { id: 'both', label: t('memo.bothLanguages') },
          ]}
          onChange={setLang}
        />
        <span className="toolbar-gap" />
        <ExportMenu exporting={exporting} disabled={reviewId === null} />
        <span className="toolbar-gap" />
      </TopBar>
      {(exporting.busy || exporting.error !== null) && (
        <div className="screen-notice">
          {exporting.busy ? (
            <JobProgress label={t('memo.exporting')} progress={exporting.progress} onCancel={exporting.cancel} />
          ) : (
            <ErrorNotice error={exporting.error} onDismiss={exporting.reset} />
          )}
        </div>
      )}
      <div className="memo-room">
        <MemoChoicePanel reviewId={reviewId} />
        {/* A long document scrolls by keyboard only when the scrolling region can have the focus. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <main className="memo-scroll" tabIndex={0} aria-label={t('memo.page')}>
          {review.state === 'failed' && <ErrorNotice error={review.error} onRetry={review.retry} />}
          {reviewId !== null && <Composed reviewId={reviewId} lang={memoLang} options={shown} />}
        </main>
      </div>
    </div>
  )
}
