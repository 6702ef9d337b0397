import { ArrowLeft, ChevronDown, ChevronUp, Lock, MapPin, PenLine, Quote, Ruler, Waypoints } from 'lucide-react'
import { useState } from 'react'
import { findingName, type FindingStatus } from '#core/review/finding.ts'
import type { FindingRow } from '#core/review/finding-rows.ts'
import { nextStatuses, stepNeedsReason } from '#core/review/status.ts'
import { STATUS_WORDS } from '#core/review/words.ts'
import { useCommand } from '../api/use-api.tsx'
import { author, formatMoment } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { useUi } from '../state/ui-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import type { OpenReview } from '../workbench/use-review.ts'
import { FindingAttachments } from './finding-attachments.tsx'
import { FindingPast } from './finding-past.tsx'
import { FindingThread } from './finding-thread.tsx'
import { useFindings } from './findings-store.ts'
import { isReadOnly, ReviewLock } from './review-lock.tsx'
import { SeverityChip, StatusChip } from './severity-chip.tsx'
import { StepDialog } from './step-dialog.tsx'
import { openFinding } from './use-finding-rows.ts'

interface DetailProps {
  row: FindingRow
  rows: readonly FindingRow[]
  review: OpenReview
}

function DetailHead({ row, rows }: Omit<DetailProps, 'review'>) {
  const { t } = useWords()
  const open = useFindings((state) => state.openFinding)
  const at = rows.indexOf(row)
  const [before, after] = [rows[at - 1], rows[at + 1]]
  return (
    <div className="panel-actions">
      <Button size="small" look="bare" onPress={() => open(null)}>
        <ArrowLeft className="icon" aria-hidden />
        {t('findings.backToTable')}
      </Button>
      <span className="spacer" />
      <IconButton
        size="small"
        label={t('findings.previous')}
        isDisabled={before === undefined}
        onPress={() => before && openFinding(before.finding)}
      >
        <ChevronUp className="icon" />
      </IconButton>
      <IconButton
        size="small"
        label={t('findings.next')}
        isDisabled={after === undefined}
        onPress={() => after && openFinding(after.finding)}
      >
        <ChevronDown className="icon" />
      </IconButton>
    </div>
  )
}

/** The steps that the status allows now; what needs a reason asks for it. */
function StatusSteps({ row }: { row: FindingRow }) {
  const { t, say } = useWords()
  const move = useCommand('findings.move')
  const [asking, setAsking] = useState<FindingStatus | null>(null)
  const { finding } = row
  const steps = nextStatuses(finding)
  if (steps.length === 0) return null
  const step = async (to: FindingStatus) => {
    if (stepNeedsReason(finding, to)) setAsking(to)
    else await move.run({ findingIds: [finding.id], to, reason: '' })
  }
  return (
    <div className="row row-wrap" role="group" aria-label={t('findings.steps')}>
      <span className="field-label">{t('findings.steps')}</span>
      {steps.map((to) => (
        <Button key={to} size="small" isDisabled={move.busy} onPress={() => void step(to)}>
          {to === 'open' && row.status !== 'answered' ? t('findings.reopen') : say(STATUS_WORDS[to])}
        </Button>
      ))}
      {move.error !== null && <ErrorNotice error={move.error} />}
      {asking !== null && <StepDialog findings={[finding]} to={asking} onClose={() => setAsking(null)} />}
    </div>
  )
}

/** Where it is: the item, features, the mark, the quoted document, the review point. */
function FindingLinks({ row, isLocked }: { row: FindingRow; isLocked: boolean }) {
  const { t, say } = useWords()
  const { selectItem, showEvidenceOf } = useUi.getState()
  const { goToMark, editMark } = useFindings.getState()
  const { finding, item, point } = row
  return (
    <ul className="finding-links">
      {item && (
        <li>
          <Button look="link" onPress={() => selectItem(item.id)}>
            {item.title === null ? item.id : `${item.id} ${say(item.title)}`}
          </Button>
        </li>
      )}
      {point && (
        <li>
          <Ruler className="icon" aria-hidden />
          <span>
            <span className="quiet">{t('findings.column_point')}</span> {point.title === null ? point.id : say(point.title)}
          </span>
        </li>
      )}
      {finding.evidence.length > 0 && (
        <li>
          <Button look="link" onPress={() => showEvidenceOf(finding.evidence)}>
            <MapPin className="icon" aria-hidden />
            {t('findings.evidence', { count: finding.evidence.length })}
          </Button>
        </li>
      )}
      {finding.mark && (
        <li>
          <Button look="link" onPress={() => goToMark(finding.id)}>
            <Waypoints className="icon" aria-hidden />
            {t('findings.mark_shown', { kind: t(`findings.mark_${finding.mark.kind}`) })}
          </Button>
          {!isLocked && (
            <Button size="small" look="bare" onPress={() => editMark(finding)}>
              {t('findings.mark_edit')}
            </Button>
          )}
        </li>
      )}
      {finding.quote && (
        <li className="finding-quote">
          <Quote className="icon" aria-hidden />
          <blockquote>
            {finding.quote.text !== '' && <p>{finding.quote.text}</p>}
            <cite>
              {finding.quote.document}
              {finding.quote.page !== null && ` · ${t('findings.pageNumber', { page: finding.quote.page })}`}
            </cite>
          </blockquote>
        </li>
      )}
    </ul>
  )
}

/** One finding: its words and places, what was answered, what proves it, and what it said before. */
export function FindingDetail({ row, rows, review }: DetailProps) {
  const { t, lang } = useWords()
  const draft = useUi((state) => state.draftFinding)
  const withdraw = useCommand('findings.withdraw')
  const undo = useCommand('history.undo')
  const toast = useToasts((state) => state.add)
  const { finding, status } = row
  const { number } = finding
  const isSubmitted = isReadOnly(review)
  const isSettled = finding.withdrawn || status === 'verified'
  const isLocked = isSubmitted || isSettled
  const take = async () => {
    if (!(await withdraw.run({ findingIds: [finding.id] }))) return
    const action = { label: t('common.undo'), run: () => void undo.run({}) }
    toast({ tone: 'done', text: t('findings.withdrew', { number }), action })
  }
  const error = withdraw.error ?? undo.error
  return (
    <div className="panel-scroll">
      <DetailHead row={row} rows={rows} />
      <article className={finding.withdrawn ? 'finding-detail withdrawn' : 'finding-detail'}>
        <header className="finding-head">
          <h2 className="finding-number number">{t('findings.number', { number: findingName(finding) })}</h2>
          <SeverityChip severity={finding.severity} />
          <StatusChip row={row} />
          <span className="spacer" />
          {!isLocked && (
            <IconButton
              size="small"
              label={t('findings.editNumber', { number })}
              onPress={() => draft({ kind: 'edit', finding })}
            >
              <PenLine className="icon" />
            </IconButton>
          )}
          {!finding.withdrawn && !isSubmitted && (
            <Button look="bare" size="small" aria-label={t('findings.withdrawNumber', { number })} onPress={() => void take()}>
              {t('findings.withdraw')}
            </Button>
          )}
        </header>
        {error !== null && <ErrorNotice error={error} />}
        {isSubmitted && <ReviewLock />}
        {isSettled && !isSubmitted && (
          <p className="finding-lock">
            <Lock className="icon" aria-hidden />
            {t(finding.withdrawn ? 'findings.lockedWithdrawn' : 'findings.lockedVerified')}
          </p>
        )}
        <p className="finding-text">{finding.text}</p>
        {finding.action !== '' && (
          <p className="finding-text">
            <span className="quiet">{t('findings.action')}</span> {finding.action}
          </p>
        )}
        <FindingLinks row={row} isLocked={isLocked} />
        <p className="quiet">
          {author(finding.by, formatMoment(finding.at, lang))}
          {row.round > 1 || finding.carried ? ` · ${t('findings.raisedIn', { round: row.round })}` : ''}
        </p>
        {!isSubmitted && <StatusSteps row={row} />}
        <FindingThread finding={finding} isLocked={isSubmitted || finding.withdrawn} />
        <FindingAttachments finding={finding} reviewId={review.view.review.id} isLocked={isLocked} />
        <FindingPast finding={finding} isLocked={isLocked} />
      </article>
    </div>
  )
}
