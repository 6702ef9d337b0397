import { Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { LibraryRead } from '#core/contract/library-procedures.ts'
import { parseQuery } from '#core/library/query.ts'
import type { ReadFinding, ReadItem } from '#core/library/reading.ts'
import type { LibraryMemoId } from '#core/model/ids.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { author, formatDay, formatScore } from '../format/format.ts'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { useToasts } from '../state/toasts.ts'
import { useUi } from '../state/ui-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { LevelBadge } from '../ui/level-badge.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { useLibrary } from './library-store.ts'
import { MarkedText } from './marked.tsx'
import { MemoStates, SeverityCounts } from './memo-states.tsx'
import './library.css'

function Finding({
  finding,
  title,
  isSought,
  terms,
}: {
  finding: ReadFinding
  title: string
  isSought: boolean
  terms: readonly string[]
}) {
  const { t, lang } = useWords()
  const own = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (!isSought) return
    own.current?.scrollIntoView({ block: 'center' })
    own.current?.focus({ preventScroll: true })
  }, [isSought])
  return (
    <li ref={own} tabIndex={-1} className={isSought ? 'library-finding sought' : 'library-finding'}>
      <p className="library-finding-head">
        <b className="number">{finding.name}</b>
        <i className={`library-dot ${finding.severity}`} aria-hidden />
        <span>{t(`findings.${finding.severity}`)}</span>
        {finding.item !== null && (
          <span className="quiet">
            <span className="code">{finding.item}</span> {title}
          </span>
        )}
        {finding.withdrawn && <span className="chip">{t('library.withdrawn')}</span>}
      </p>
      <p>
        <MarkedText text={finding.text} terms={terms} />
      </p>
      {finding.action !== '' && (
        <p>
          <MarkedText text={t('library.demands', { text: finding.action })} terms={terms} />
        </p>
      )}
      {finding.quote && (
        <p className="quiet">
          <MarkedText text={t('library.quote', { text: finding.quote.text })} terms={terms} />
        </p>
      )}
      {finding.notes
        .filter(({ text }) => text !== '')
        .map((note, at) => (
          // Two notes may be of one moment.
          <p key={`${at} ${note.at}`} className="library-note">
            <span className="quiet">
              {author(note.isApplicant ? `${t('library.applicant')} ${note.by}` : note.by, formatDay(note.at, lang))}
            </span>{' '}
            <MarkedText text={note.text} terms={terms} />
          </p>
        ))}
    </li>
  )
}

function Reasons({ items, at, terms }: { items: readonly ReadItem[]; at: string | null; terms: readonly string[] }) {
  const { t, say } = useWords()
  const told = items.filter(({ reason }) => reason !== '')
  if (told.length === 0) return null
  return (
    <section>
      <h2>{t('library.reasons')}</h2>
      <ul className="library-reasons">
        {told.map(({ id, title, level, reason }) => (
          <li key={id} className={id === at ? 'library-finding sought' : 'library-finding'}>
            <p className="library-finding-head">
              <span className="code">{id}</span>
              {title && <span>{say(title)}</span>}
              {level !== null && <LevelBadge level={level} />}
            </p>
            <p>
              <MarkedText text={reason} terms={terms} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Head({ read: { memo, reading, series } }: { read: LibraryRead }) {
  const { t, say, lang } = useWords()
  const go = useUi((state) => state.go)
  const { head } = memo
  return (
    <aside className="library-about">
      <p className="library-verdict">
        <span className="library-score number">{head.total === null ? '—' : formatScore(head.total, lang)}</span>
        <span>{head.opinion === null ? t('library.noScore') : say(head.opinion.title)}</span>
      </p>
      <SeverityCounts memo={memo} />
      <MemoStates memo={memo} />
      {head.differsAt !== null && <p className="notice bad">{t('library.differsAt', { at: head.differsAt })}</p>}
      <dl>
        <dt>{t('library.reviewer')}</dt>
        <dd>{[head.reviewer, memo.office].filter((part) => part !== '').join(' · ')}</dd>
        <dt>{t('library.kind')}</dt>
        <dd>{t(`library.kind_${memo.kind ?? 'unknown'}`)}</dd>
        <dt>{t('library.date')}</dt>
        <dd>{formatDay(memo.onDate, lang)}</dd>
        <dt>{t('library.file')}</dt>
        <dd className="code">{head.fileName}</dd>
      </dl>
      {head.dimensions.length > 0 && (
        <>
          <h2>{t('library.dimensions')}</h2>
          <dl>
            {head.dimensions.map(({ id, score }) => {
              const title = reading?.dimensionTitles[id]
              return (
                <div key={id}>
                  <dt>{title ? say(title) : id}</dt>
                  <dd className="number">{score === null ? '—' : formatScore(score, lang)}</dd>
                </div>
              )
            })}
          </dl>
        </>
      )}
      {series.length > 1 && (
        <>
          <h2>{t('library.series')}</h2>
          <ol className="library-series">
            {series.map(({ id, onDate, head: { fileName, total } }) => (
              <li key={id}>
                <button
                  type="button"
                  className="library-open"
                  aria-current={id === memo.id}
                  onClick={() => go({ page: 'library', memoId: id, at: null })}
                >
                  {formatDay(onDate, lang)} · {total === null ? '—' : formatScore(total, lang)} · {fileName}
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
    </aside>
  )
}

/** A memo of the library, to be read: what people wrote in it and what it came to, without its file and without its plan. */
export function MemoReader({ memoId, at }: { memoId: LibraryMemoId; at: string | null }) {
  const { t, say, lang } = useWords()
  const go = useUi((state) => state.go)
  const read = useRead('library.get', { memoId })
  const remove = useCommand('library.remove')
  const toast = useToasts((state) => state.add)
  const [isAsking, setAsking] = useState(false)
  const query = useLibrary((state) => state.filters.query)
  const { terms } = parseQuery(query)
  const { memo, reading } = read.data ?? {}
  const titles = new Map(reading?.items.map(({ id, title }) => [id, title]))
  const titleOf = (item: string | null): string => {
    const title = item === null ? null : titles.get(item)
    return title ? say(title) : ''
  }
  const takeOut = async () => {
    if (!(await remove.run({ memoIds: [memoId] }))) return
    toast({ tone: 'done', text: t('library.removed') })
    go({ page: 'library', memoId: null, at: null })
  }
  return (
    <div className="screen">
      <TopBar
        title={memo ? planName(memo.head.plan, lang) : t('library.title')}
        subtitle={t('library.readOnly')}
        back={{ page: 'library', memoId: null, at: null }}
      >
        <Button look="bare" onPress={() => setAsking(true)} isDisabled={!memo}>
          <Trash2 className="icon" aria-hidden />
          {t('library.remove')}
        </Button>
      </TopBar>
      <main className="library-read" aria-busy={read.isPending}>
        {read.isPending && <p className="quiet">{t('common.loading')}</p>}
        {(read.error ?? remove.error ?? null) !== null && <ErrorNotice error={read.error ?? remove.error} />}
        {read.data && <Head read={read.data} />}
        {reading && (
          <div className="library-pages">
            <section>
              <h2>{t('library.findings', { count: reading.findings.length })}</h2>
              {reading.findings.length === 0 && <p className="quiet">{t('library.noFindings')}</p>}
              <ol className="library-findings">
                {reading.findings.map((finding) => (
                  <Finding
                    key={finding.name}
                    finding={finding}
                    title={titleOf(finding.item)}
                    isSought={finding.name === at}
                    terms={terms}
                  />
                ))}
              </ol>
            </section>
            <Reasons items={reading.items} at={at} terms={terms} />
          </div>
        )}
      </main>
      {isAsking && (
        <Dialog
          title={t('library.removeTitle')}
          size="small"
          onClose={() => setAsking(false)}
          foot={
            <Button look="primary" onPress={() => void takeOut()}>
              {t('library.remove')}
            </Button>
          }
        >
          <p>{t('library.removeText')}</p>
        </Dialog>
      )}
    </div>
  )
}
