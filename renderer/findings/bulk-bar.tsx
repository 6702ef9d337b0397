import { ChevronDown, X } from 'lucide-react'
import { useState } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { SEVERITIES, type Finding, type FindingStatus } from '#core/review/finding.ts'
import type { FindingRow } from '#core/review/finding-rows.ts'
import { REVIEW_POINTS } from '#core/review/review-points.ts'
import { nextStatuses, stepNeedsReason } from '#core/review/status.ts'
import { STATUS_WORDS } from '#core/review/words.ts'
import { FINDING_STATUSES } from '#core/review/finding.ts'
import { useCommand } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import type { Choice } from '../ui/fields.tsx'
import type { OpenReview } from '../workbench/use-review.ts'
import { useFindings } from './findings-store.ts'
import { StepDialog } from './step-dialog.tsx'

const NONE = '—'

function Choose<T extends string>({
  label,
  choices,
  onChoose,
}: {
  label: string
  choices: readonly Choice<T>[]
  onChoose: (id: T) => void
}) {
  return (
    <MenuTrigger>
      <Button size="small" isDisabled={choices.length === 0}>
        {label}
        <ChevronDown className="icon" aria-hidden />
      </Button>
      <Popover className="popover">
        <Menu
          className="menu"
          items={choices}
          onAction={(key) => {
            const chosen = choices.find(({ id }) => id === key)
            if (chosen) onChoose(chosen.id)
          }}
        >
          {(choice) => (
            <MenuItem className="menu-item" id={choice.id} textValue={choice.label}>
              {choice.label}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

/** Steps that every one of them can take. */
const commonSteps = (findings: readonly Finding[]): FindingStatus[] =>
  FINDING_STATUSES.filter((status) => findings.every((finding) => nextStatuses(finding).includes(status)))

/** What can be done with all picked findings at once; each is one step that undo takes back. */
export function BulkBar({ rows, review }: { rows: readonly FindingRow[]; review: OpenReview }) {
  const { t, say } = useWords()
  const { picked, pick } = useFindings()
  const move = useCommand('findings.move')
  const patch = useCommand('findings.patch')
  const withdraw = useCommand('findings.withdraw')
  const toast = useToasts((state) => state.add)
  const [asking, setAsking] = useState<FindingStatus | null>(null)
  const chosen = rows.filter(({ finding }) => picked.has(finding.id)).map(({ finding }) => finding)
  if (chosen.length === 0) return null
  const findingIds = chosen.map(({ id }) => id)
  const error = move.error ?? patch.error ?? withdraw.error
  const said = () => toast({ tone: 'done', text: t('findings.changed', { count: chosen.length }) })
  const step = async (to: FindingStatus) => {
    if (chosen.some((finding) => stepNeedsReason(finding, to))) return setAsking(to)
    if (await move.run({ findingIds, to, reason: '' })) said()
  }
  const change = async (what: { severity?: Finding['severity']; item?: string | null; reviewPoint?: string | null }) => {
    if (await patch.run({ findingIds, ...what })) said()
  }
  const takeBack = async () => {
    if (!(await withdraw.run({ findingIds }))) return
    said()
    pick([])
  }
  return (
    <div className="bulk-bar" role="toolbar" aria-label={t('findings.bulk')}>
      <strong className="number">{t('findings.picked', { count: chosen.length })}</strong>
      <Choose
        label={t('findings.column_status')}
        choices={commonSteps(chosen).map((id) => ({ id, label: say(STATUS_WORDS[id]) }))}
        onChoose={(to) => void step(to)}
      />
      <Choose
        label={t('findings.severity')}
        choices={SEVERITIES.map((id) => ({ id, label: t(`findings.${id}`) }))}
        onChoose={(severity) => void change({ severity })}
      />
      <Choose
        label={t('findings.item')}
        choices={[
          { id: NONE, label: t('findings.noItem') },
          ...review.checklist.items.map(({ id, title }) => ({ id, label: `${id} ${say(title)}` })),
        ]}
        onChoose={(id) => void change({ item: id === NONE ? null : id })}
      />
      <Choose
        label={t('findings.column_point')}
        choices={[
          { id: NONE, label: t('findings.noPoint') },
          ...REVIEW_POINTS.map(({ id, title }) => ({ id, label: say(title) })),
        ]}
        onChoose={(id) => void change({ reviewPoint: id === NONE ? null : id })}
      />
      <Button size="small" look="danger" onPress={() => void takeBack()}>
        {t('findings.withdraw')}
      </Button>
      <IconButton size="small" label={t('findings.unpick')} onPress={() => pick([])}>
        <X className="icon" />
      </IconButton>
      {error !== null && <ErrorNotice error={error} />}
      {asking !== null && (
        <StepDialog
          findings={chosen}
          to={asking}
          onClose={(moved) => {
            setAsking(null)
            if (moved) said()
          }}
        />
      )}
    </div>
  )
}
