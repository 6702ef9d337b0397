import { FileText, FileWarning, Package } from 'lucide-react'
import type { LibraryMemo } from '#core/contract/library-procedures.ts'
import { describeError } from '#core/errors.ts'
import { formatDay, formatScore } from '../format/format.ts'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { Marked } from './marked.tsx'
import { MemoStates, SeverityCounts } from './memo-states.tsx'
import { placeName } from './memo-words.ts'

function Hits({ memo }: { memo: LibraryMemo }) {
  const { t } = useWords()
  const go = useUi((state) => state.go)
  if (memo.hits.length === 0) return null
  return (
    <ul className="library-hits">
      {memo.hits.map((hit, at) => (
        // A note and its finding have one name.
        <li key={`${at} ${hit.place} ${hit.ref}`}>
          <button
            type="button"
            className="library-hit"
            onClick={() => go({ page: 'library', memoId: memo.id, at: hit.ref === '' ? null : hit.ref })}
          >
            <b>{placeName(hit, t)}</b>
            <Marked snippet={hit.snippet} />
          </button>
        </li>
      ))}
      {memo.hitCount > memo.hits.length && <li className="quiet">{t('library.hits', { count: memo.hitCount })}</li>}
    </ul>
  )
}

function Damaged({ memo, onRemove }: { memo: LibraryMemo; onRemove: () => void }) {
  const { t, lang } = useWords()
  const { problem, fileName } = memo.head
  if (problem === undefined) return null
  const { title, cause, next } = describeError(problem, lang)
  return (
    <li className="library-card refused">
      <header>
        <FileWarning className="icon" aria-hidden />
        <h2>{fileName}</h2>
      </header>
      <strong>{title}</strong>
      <p>{cause}</p>
      <p className="quiet">{next}</p>
      <Button look="bare" onPress={onRemove}>
        {t('library.remove')}
      </Button>
    </li>
  )
}

function Card({ memo }: { memo: LibraryMemo }) {
  const { t, say, lang } = useWords()
  const go = useUi((state) => state.go)
  const { head, kind, office, onDate } = memo
  const Icon = head.form === 'package' ? Package : FileText
  return (
    <li className="library-card">
      <header>
        <Icon className="icon" aria-hidden />
        <span className="quiet">{t(`library.kind_${kind ?? 'unknown'}`)}</span>
        <span className="spacer" />
        <span className="quiet number">{formatDay(onDate, lang)}</span>
      </header>
      <h2>
        <button type="button" className="library-open" onClick={() => go({ page: 'library', memoId: memo.id, at: null })}>
          {planName(head.plan, lang)}
        </button>
      </h2>
      <p className="quiet">{[head.reviewer, office].filter((part) => part !== '').join(' · ')}</p>
      <p className="library-verdict">
        <span className="library-score number">{head.total === null ? '—' : formatScore(head.total, lang)}</span>
        <span>{head.opinion === null ? t('library.noScore') : say(head.opinion.title)}</span>
      </p>
      <SeverityCounts memo={memo} />
      <MemoStates memo={memo} />
      <Hits memo={memo} />
    </li>
  )
}

/** Memos as cards: what each is of, what it comes to, and where the words stand that were looked for. */
export const MemoCards = ({ memos, onRemove }: { memos: readonly LibraryMemo[]; onRemove: (memo: LibraryMemo) => void }) => (
  <ul className="library-cards">
    {memos.map((memo) =>
      memo.head.problem ? (
        <Damaged key={memo.id} memo={memo} onRemove={() => onRemove(memo)} />
      ) : (
        <Card key={memo.id} memo={memo} />
      ),
    )}
  </ul>
)

/** The same as a table, to compare. */
export function MemoTable({ memos }: { memos: readonly LibraryMemo[] }) {
  const { t, say, lang } = useWords()
  const go = useUi((state) => state.go)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keys
    <div className="library-table" role="region" aria-label={t('library.table')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('library.plan')}</th>
            <th scope="col">{t('library.reviewer')}</th>
            <th scope="col">{t('library.date')}</th>
            <th scope="col">{t('library.kind')}</th>
            <th scope="col" className="number">
              {t('library.score')}
            </th>
            <th scope="col">{t('library.opinion')}</th>
            <th scope="col">{t('library.count')}</th>
            <th scope="col">{t('library.state')}</th>
          </tr>
        </thead>
        <tbody>
          {memos.map((memo) => {
            const { head, kind, office, onDate } = memo
            const problem = head.problem && describeError(head.problem, lang)
            return (
              <tr key={memo.id}>
                <th scope="row">
                  {problem ? (
                    head.fileName
                  ) : (
                    <button
                      type="button"
                      className="library-open"
                      onClick={() => go({ page: 'library', memoId: memo.id, at: null })}
                    >
                      {planName(head.plan, lang)}
                    </button>
                  )}
                </th>
                <td>{[head.reviewer, office].filter((part) => part !== '').join(' · ')}</td>
                <td className="number">{formatDay(onDate, lang)}</td>
                <td>{problem ? '' : t(`library.kind_${kind ?? 'unknown'}`)}</td>
                <td className="number">{head.total === null ? '—' : formatScore(head.total, lang)}</td>
                <td>{head.opinion ? say(head.opinion.title) : '—'}</td>
                <td className="number">{problem ? '—' : `${head.counts.must} / ${head.counts.should} / ${head.counts.note}`}</td>
                <td>{problem ? <span className="chip bad">{problem.title}</span> : <MemoStates memo={memo} />}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
