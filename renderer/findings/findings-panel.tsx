import { MapPin, MessageSquarePlus, MessageSquareText, OctagonAlert, PenLine, Info, Lightbulb } from 'lucide-react'
import type { Finding, Severity } from '#core/review/finding.ts'
import { useCommand } from '../api/use-api.tsx'
import { author, formatMoment } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { useUi } from '../state/ui-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import type { OpenReview } from '../workbench/use-review.ts'

const LOOK: Record<Severity, { tone: string; icon: typeof Info }> = {
  must: { tone: 'bad', icon: OctagonAlert },
  should: { tone: 'warn', icon: Lightbulb },
  note: { tone: 'info', icon: Info },
}

function FindingCard({ finding, itemTitle, onWithdraw }: { finding: Finding; itemTitle: string | null; onWithdraw: () => void }) {
  const { t, lang } = useWords()
  const { draftFinding, showEvidenceOf, selectItem } = useUi.getState()
  const { tone, icon: Icon } = LOOK[finding.severity]
  const { item, number } = finding
  return (
    <li className={finding.withdrawn ? 'finding withdrawn' : 'finding'}>
      <div className="finding-head">
        <span className="finding-number number">{number}</span>
        <span className={`chip ${tone}`}>
          <Icon className="icon" aria-hidden />
          {t(`findings.${finding.severity}`)}
        </span>
        {finding.withdrawn && <span className="chip">{t('findings.withdrawn')}</span>}
        <span className="spacer" />
        {!finding.withdrawn && (
          <>
            <IconButton
              size="small"
              label={t('findings.editNumber', { number })}
              onPress={() => draftFinding({ kind: 'edit', finding })}
            >
              <PenLine className="icon" />
            </IconButton>
            <Button look="bare" size="small" aria-label={t('findings.withdrawNumber', { number })} onPress={onWithdraw}>
              {t('findings.withdraw')}
            </Button>
          </>
        )}
      </div>
      <p className="finding-text">{finding.text}</p>
      {finding.action !== '' && (
        <p>
          <span className="quiet">{t('findings.action')}</span> {finding.action}
        </p>
      )}
      <div className="row row-wrap finding-foot">
        {item !== null && (
          <Button look="link" onPress={() => selectItem(item)}>
            {itemTitle === null ? item : `${item} ${itemTitle}`}
          </Button>
        )}
        {finding.evidence.length > 0 && (
          <Button look="link" onPress={() => showEvidenceOf(finding.evidence)}>
            <MapPin className="icon" aria-hidden />
            {t('findings.evidence', { count: finding.evidence.length })}
          </Button>
        )}
        <span className="spacer" />
        <span className="quiet">{author(finding.by, formatMoment(finding.at, lang))}</span>
      </div>
    </li>
  )
}

/** The reviewer's numbered findings, in the order of their numbers. */
export function FindingsPanel({ review }: { review: OpenReview }) {
  const { t, say } = useWords()
  const draft = useUi((state) => state.draftFinding)
  const withdraw = useCommand('findings.withdraw')
  const undo = useCommand('history.undo')
  const toast = useToasts((state) => state.add)
  const findings = review.view.findings.toSorted((a, b) => a.number - b.number)
  const titleOf = (id: string | null) => {
    const item = review.checklist.items.find((one) => one.id === id)
    return item ? say(item.title) : null
  }
  const take = async ({ id, number }: Finding) => {
    if (!(await withdraw.run({ findingIds: [id] }))) return
    toast({
      tone: 'done',
      text: t('findings.withdrew', { number }),
      action: { label: t('common.undo'), run: () => void undo.run({}) },
    })
  }
  const error = withdraw.error ?? undo.error
  return (
    <div className="panel-scroll">
      <div className="panel-actions">
        <h2>{t('findings.title')}</h2>
        <span className="spacer" />
        <Button size="small" onPress={() => draft({ kind: 'new', item: null, evidence: [] })}>
          <MessageSquarePlus className="icon" aria-hidden />
          {t('findings.add')}
        </Button>
      </div>
      {error !== null && <ErrorNotice error={error} />}
      {findings.length === 0 ? (
        <EmptyState icon={MessageSquareText} title={t('findings.empty')}>
          <p>{t('findings.emptyText')}</p>
        </EmptyState>
      ) : (
        <ol className="findings">
          {findings.map((finding) => (
            <FindingCard
              key={finding.id}
              finding={finding}
              itemTitle={titleOf(finding.item)}
              onWithdraw={() => void take(finding)}
            />
          ))}
        </ol>
      )}
    </div>
  )
}
