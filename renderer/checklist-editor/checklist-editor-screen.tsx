import { Download, FilePlus2, FolderInput, Trash2 } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { compareChecklists } from '#core/checklist/compare-versions.ts'
import type { Checklist, ChecklistItem } from '#core/checklist/schema.ts'
import type { ChecklistVersion } from '#core/contract/office-procedures.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { Desk, type DeskPanel } from '../ui/desk.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { CheckPanel } from './check-panel.tsx'
import { addItem, changeItem, nextVersion, placeOf, removeItem, spreadRest, type ChecklistDraft } from './draft.ts'
import type { FaultAt } from './inputs.tsx'
import { ItemForm } from './item-form.tsx'
import { ItemNav } from './item-nav.tsx'
import { ListForm } from './list-form.tsx'
import { problemWords } from './problem-words.ts'
import { useCheck, useDraft } from './use-draft.ts'
import { useOfficeFiles } from './use-office-files.ts'
import { VersionList, VersionView } from './version-list.tsx'
import './checklist-editor.css'

interface EditingProps {
  draft: ChecklistDraft
  base: Checklist
  versions: readonly ChecklistVersion[]
  check: ReturnType<typeof useCheck>
  change: (how: (checklist: Checklist) => Checklist) => void
}

/** The desk while a draft is open: items on the left, one of them in the middle, what is wrong and what is new on the right. */
function Editing({ draft, base, versions, check, change }: EditingProps) {
  const { say } = useWords()
  const { checklist } = draft
  const [chosen, setChosen] = useState<string | null>(null)
  const item = checklist.items.find(({ id }) => id === chosen)
  const changes = useMemo(() => compareChecklists(base, checklist), [base, checklist])
  const pane = useRef<HTMLDivElement>(null)
  useEffect(() => {
    pane.current?.scrollTo({ top: 0 })
    // What was pressed may be gone with its item: the focus would fall out of the form.
    if (document.activeElement === document.body) pane.current?.focus()
  }, [chosen])
  const problem = check?.problem ?? null
  const place = problem === null ? null : placeOf(checklist, problem.path)
  const failed = check?.failedTests ?? []
  const faulty = new Set(failed.map((one) => one.item))
  if (place?.item != null) faulty.add(place.item)
  const faultAt =
    (where: string | null): FaultAt =>
    (path) =>
      problem !== null && place?.item === where && place.inside === path ? say(problemWords(problem.problem)) : null
  const put = (id: string, part: Partial<ChecklistItem>) => {
    change((now) => changeItem(now, id, part))
    if (part.id !== undefined) setChosen(part.id)
  }
  const add = (dimensionId: string) => {
    const added = addItem(checklist, dimensionId)
    change(() => added.checklist)
    setChosen(added.id)
  }
  const nav = (
    <ItemNav
      checklist={checklist}
      chosen={item ? item.id : null}
      faulty={faulty}
      onChoose={setChosen}
      onAdd={add}
      onSpread={(dimensionId) => change((now) => spreadRest(now, dimensionId, null))}
    />
  )
  const taken = versions.map(({ version }) => version)
  const form = (
    <div className="panel-scroll" ref={pane} data-desk-panel tabIndex={-1}>
      {item ? (
        <ItemForm
          key={checklist.items.indexOf(item)}
          checklist={checklist}
          item={item}
          failed={failed.filter((one) => one.item === item.id)}
          faultAt={faultAt(item.id)}
          onChange={(part) => put(item.id, part)}
          onRemove={() => {
            change((now) => removeItem(now, item.id))
            setChosen(null)
          }}
          onSpread={() => change((now) => spreadRest(now, item.dimension, item.id))}
        />
      ) : (
        <ListForm checklist={checklist} faultAt={faultAt(null)} taken={taken} onChange={(next) => change(() => next)} />
      )}
    </div>
  )
  const side = <CheckPanel checklist={checklist} base={draft.base} check={check} changes={changes} onGo={setChosen} />
  const panels: readonly DeskPanel[] = [
    { id: 'items', kind: 'nav', content: nav, size: '300px', least: '220px', most: '460px', stackedAt: 1 },
    { id: 'form', content: form, least: '360px', stackedAt: 2 },
    { id: 'check', content: side, size: '340px', least: '260px', most: '560px', stackedAt: 0 },
  ]
  return <Desk id="checklist-editor" panels={panels} />
}

/** The desk without a draft: the versions, and what each of them changed. */
function Looking({
  checklistId,
  versions,
  onOpen,
}: {
  checklistId: string
  versions: readonly ChecklistVersion[]
  onOpen: (version: string) => void
}) {
  const [wanted, setWanted] = useState<string | null>(null)
  const chosen = (versions.find(({ version }) => version === wanted) ?? versions[0])?.version ?? ''
  const panels: readonly DeskPanel[] = [
    {
      id: 'versions',
      kind: 'nav',
      content: <VersionList versions={versions} chosen={chosen} onChoose={setWanted} />,
      size: '300px',
      least: '220px',
      most: '460px',
    },
    {
      id: 'version',
      content: <VersionView checklistId={checklistId} versions={versions} chosen={chosen} onOpen={onOpen} />,
      least: '360px',
    },
  ]
  return <Desk id="checklist-versions" panels={panels} />
}

/** Versions of a checklist, and the draft of the next one. */
export function ChecklistEditorScreen({ checklistId }: { checklistId: string }) {
  const { t, say } = useWords()
  const listing = useRead('checklists.versions', { checklistId })
  const versions = listing.data ?? []
  const { draft, set, change } = useDraft(checklistId)
  const check = useCheck(draft)
  const base = useRead('checklists.version', { checklistId, version: draft?.base ?? '' }, { enabled: draft !== null })
  const files = useOfficeFiles(checklistId)
  const taken = versions.map(({ version }) => version)
  const current = versions.find(({ isCurrent }) => isCurrent)?.version ?? ''
  const begin = async (version: string) => {
    const from = await files.version(version)
    if (from) set({ base: version, checklist: { ...from, version: nextVersion(version, taken) } })
  }
  const read = async () => {
    const found = await files.read()
    if (!found) return
    set({
      base: current,
      checklist: taken.includes(found.version) ? { ...found, version: nextVersion(found.version, taken) } : found,
    })
  }
  const publish = async () => {
    if (draft !== null && (await files.publish(draft.checklist))) set(null)
  }
  const isRight = check !== null && check.problem === null && check.failedTests.length === 0
  const canPublish =
    draft !== null && isRight && draft.checklist.version.trim() !== '' && !taken.includes(draft.checklist.version)
  const title = versions[0] ? say(versions[0].title) : t('checklists.title')
  return (
    <div className="screen">
      <TopBar
        title={t('checklists.title')}
        subtitle={draft ? t('checklists.draftOf', { title, version: draft.base }) : title}
        back={{ page: 'catalogue' }}
      >
        <Button onPress={() => void read()} isDisabled={files.busy}>
          <FolderInput className="icon" aria-hidden />
          {t('checklists.import')}
        </Button>
        <Button onPress={() => void files.save(draft?.checklist ?? null, current)} isDisabled={files.busy || current === ''}>
          <Download className="icon" aria-hidden />
          {t(draft ? 'checklists.exportDraft' : 'checklists.export')}
        </Button>
        {draft && (
          <>
            <Button look="danger" onPress={() => set(null)}>
              <Trash2 className="icon" aria-hidden />
              {t('checklists.discard')}
            </Button>
            <Button look="primary" onPress={() => void publish()} isDisabled={!canPublish || files.busy}>
              <FilePlus2 className="icon" aria-hidden />
              {t('checklists.publish', { version: draft.checklist.version })}
            </Button>
          </>
        )}
      </TopBar>
      <main className="editor-main">
        {files.error !== null && (
          <div className="screen-notice">
            <ErrorNotice error={files.error} onDismiss={() => files.reset()} />
          </div>
        )}
        {(listing.error ?? base.error) !== null && (
          <div className="screen-notice">
            <ErrorNotice error={listing.error ?? base.error} onRetry={() => void listing.refetch()} />
          </div>
        )}
        {draft && base.data ? (
          <Editing draft={draft} base={base.data} versions={versions} check={check} change={change} />
        ) : (
          draft === null &&
          listing.data && <Looking checklistId={checklistId} versions={versions} onOpen={(version) => void begin(version)} />
        )}
      </main>
    </div>
  )
}
