import { FolderPlus, LibraryBig, Plus, SearchX } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import type { LibraryMemo, LibraryReceipt } from '#core/contract/library-procedures.ts'
import { describeError } from '#core/errors.ts'
import type { FileToken } from '#core/model/ids.ts'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TextField } from '../ui/fields.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { FacetList } from './facet-list.tsx'
import { useLibrary } from './library-store.ts'
import { MemoCards, MemoTable } from './memo-cards.tsx'
import { LibraryStatisticsView } from './statistics.tsx'
import './library.css'

const MEMO_FILES = '.greenprint,.pdf,.json,.html'

/** What came of the files that were added: how many, and each that cannot be read with its reason. */
export function AddedFiles({ receipt }: { receipt: LibraryReceipt }) {
  const { t, lang } = useWords()
  const { added, already, damaged, others } = receipt
  return (
    <section className="library-receipt" role="status">
      <p>{t('library.added', { count: added, already, damaged: damaged.length, others })}</p>
      {damaged.length > 0 && (
        <details open={damaged.length <= 3}>
          <summary>{t('library.damagedTitle')}</summary>
          <ul>
            {damaged.map(({ fileName, problem }, at) => (
              // Two folders may hold files of one name.
              <li key={`${at} ${fileName}`}>
                <span className="code">{fileName}</span> {describeError(problem, lang).title}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

/** Memos of every office: found by their words, narrowed by what they are, read without their plans. */
export function LibraryScreen() {
  const { t } = useWords()
  const { filters, look, setQuery, setLook } = useLibrary()
  const asked = useDeferredValue(filters)
  const list = useRead('library.list', asked)
  const choose = useChooseFiles()
  const add = useCommand('library.add')
  const remove = useCommand('library.remove')
  const toast = useToasts((state) => state.add)
  const [receipt, setReceipt] = useState<LibraryReceipt | null>(null)
  const [before, setBefore] = useState(list.data)
  if (list.data && list.data !== before) setBefore(list.data)
  // What was found before stays until the next is there: typing does not blank the list.
  const shown = list.data ?? before
  const take = async (picked: Promise<FileToken | null>) => {
    const files = await picked
    const done = files && (await add.run({ files, passphrase: null }))
    if (done) setReceipt(done.output)
  }
  const takeOut = async (memo: LibraryMemo) => {
    if (await remove.run({ memoIds: [memo.id] })) toast({ tone: 'done', text: t('library.removed') })
  }
  const busy = add.busy || choose.busy
  const error = list.error ?? choose.error ?? add.error ?? remove.error
  const isEmpty = shown?.all === 0
  return (
    <div className="screen">
      <TopBar title={t('library.title')} subtitle={t('library.subtitle')} back={{ page: 'catalogue' }}>
        <Button look="bare" onPress={() => void take(choose.pick('folder'))} isDisabled={busy}>
          <FolderPlus className="icon" aria-hidden />
          {t('library.addFolder')}
        </Button>
        <Button look="primary" onPress={() => void take(choose.pick('files', MEMO_FILES))} isDisabled={busy}>
          <Plus className="icon" aria-hidden />
          {t('library.add')}
        </Button>
      </TopBar>
      <main className="library" aria-busy={list.isPending}>
        {shown && <FacetList facets={shown.facets} />}
        <div className="library-main">
          <div className="library-head">
            <TextField
              label={t('library.search')}
              hideLabel
              placeholder={t('library.searchHint')}
              value={filters.query}
              onChange={setQuery}
            />
            <Segmented
              label={t('library.view')}
              value={look}
              onChange={setLook}
              segments={[
                { id: 'cards', label: t('library.cards') },
                { id: 'table', label: t('library.table') },
                { id: 'statistics', label: t('library.statistics') },
              ]}
            />
            <span className="quiet" role="status">
              {shown && t('library.found', { found: shown.found, all: shown.all })}
            </span>
          </div>
          {choose.busy && <JobProgress label={t('importing.uploading')} progress={choose.progress} onCancel={choose.cancel} />}
          {add.busy && <JobProgress label={t('library.adding')} progress={add.progress} onCancel={add.cancel} />}
          {error !== null && <ErrorNotice error={error} />}
          {receipt && !add.busy && <AddedFiles receipt={receipt} />}
          {shown && !isEmpty && look === 'statistics' && <LibraryStatisticsView />}
          {isEmpty && (
            <EmptyState icon={LibraryBig} title={t('library.empty')}>
              <p>{t('library.emptyText')}</p>
            </EmptyState>
          )}
          {shown && !isEmpty && shown.found === 0 && look !== 'statistics' && (
            <EmptyState icon={SearchX} title={t('library.noMatch')}>
              <p>{t('library.noMatchText')}</p>
            </EmptyState>
          )}
          {shown && look === 'cards' && <MemoCards memos={shown.memos} onRemove={(memo) => void takeOut(memo)} />}
          {shown && look === 'table' && shown.found > 0 && <MemoTable memos={shown.memos} />}
          {shown && look !== 'statistics' && shown.found > shown.memos.length && (
            <p className="quiet">{t('library.limited', { count: shown.memos.length })}</p>
          )}
        </div>
      </main>
    </div>
  )
}
