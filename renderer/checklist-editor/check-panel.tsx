import { CircleCheck, LoaderCircle, TriangleAlert } from 'lucide-react'
import type { ChecklistChange } from '#core/checklist/compare-versions.ts'
import type { Checklist } from '#core/checklist/schema.ts'
import type { ChecklistCheck } from '#core/contract/office-procedures.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { ChangeList } from './change-list.tsx'
import { placeOf } from './draft.ts'
import { problemWords } from './problem-words.ts'

interface CheckPanelProps {
  checklist: Checklist
  base: string
  check: ChecklistCheck | null
  changes: readonly ChecklistChange[]
  onGo: (item: string | null) => void
}

/** Whether the draft can be published, and if not, where to look. */
function Verdict({ checklist, check, onGo }: Pick<CheckPanelProps, 'checklist' | 'check' | 'onGo'>) {
  const { t, say } = useWords()
  if (check === null) {
    return (
      <p className="notice">
        <LoaderCircle className="icon" aria-hidden />
        {t('checklists.checking')}
      </p>
    )
  }
  const { problem, failedTests } = check
  if (problem === null && failedTests.length === 0) {
    return (
      <p className="notice good">
        <CircleCheck className="icon" aria-hidden />
        {t('checklists.canPublish')}
      </p>
    )
  }
  const place = problem === null ? null : placeOf(checklist, problem.path)
  const failedItems = [...new Set(failedTests.map(({ item }) => item))]
  return (
    <div className="notice error">
      <TriangleAlert className="icon" aria-hidden />
      <div className="notice-body">
        <strong>{t('checklists.cannotPublish')}</strong>
        {problem !== null && place !== null && (
          <p>
            {say(problemWords(problem.problem))}{' '}
            <Button look="link" onPress={() => onGo(place.item)}>
              {t('checklists.goTo', { place: place.item ?? t('checklists.whole') })}
            </Button>
          </p>
        )}
        {failedItems.map((item) => (
          <p key={item}>
            {t('checklists.failedOf', { item, count: failedTests.filter((one) => one.item === item).length })}{' '}
            <Button look="link" onPress={() => onGo(item)}>
              {t('checklists.goTo', { place: item })}
            </Button>
          </p>
        ))}
      </div>
    </div>
  )
}

/** The right side of the editor: can it be published, and what would be new. */
export function CheckPanel({ checklist, base, check, changes, onGo }: CheckPanelProps) {
  const { t } = useWords()
  return (
    <aside className="panel-scroll editor-side" data-desk-panel tabIndex={-1} aria-label={t('checklists.check')}>
      <section className="stack" aria-live="polite">
        <h2>{t('checklists.check')}</h2>
        <Verdict checklist={checklist} check={check} onGo={onGo} />
      </section>
      <section className="stack" aria-label={t('checklists.changesSince', { version: base })}>
        <h2>{t('checklists.changesSince', { version: base })}</h2>
        <ChangeList changes={changes} />
      </section>
    </aside>
  )
}
