import type { LibraryMemo } from '#core/contract/library-procedures.ts'
import { useWords } from '../i18n/use-words.ts'
import { sealTone, signedWords } from './memo-words.ts'

/** Seal, signature, round and version of a memo, as chips. */
export function MemoStates({ memo }: { memo: LibraryMemo }) {
  const { t } = useWords()
  const { head, version, versions } = memo
  const signed = signedWords(head.signed, t)
  const tone = head.signed?.state === 'signed' ? 'good' : head.signed?.state === 'unsound' ? 'bad' : ''
  return (
    <span className="library-chips">
      <span className={`chip ${sealTone(head)}`}>{t(`library.seal_${head.sealState}`)}</span>
      {signed !== null && <span className={`chip ${tone}`}>{signed}</span>}
      {head.round !== null && <span className="chip">{t('library.round', { round: head.round })}</span>}
      {versions > 1 && <span className="chip info">{t('library.version', { version, versions })}</span>}
      <span className="chip">{t(`library.source_${memo.source}`)}</span>
    </span>
  )
}

/** Findings that stand, by how much they weigh: figures and a bar. */
export function SeverityCounts({ memo }: { memo: LibraryMemo }) {
  const { t } = useWords()
  const { must, should, note } = memo.head.counts
  const sum = Math.max(1, must + should + note)
  const parts = [
    ['must', must],
    ['should', should],
    ['note', note],
  ] as const
  return (
    <div className="library-counts">
      <span className="library-bar" aria-hidden>
        {parts.map(
          ([name, count]) => count > 0 && <i key={name} className={name} style={{ width: `${(100 * count) / sum}%` }} />,
        )}
      </span>
      {parts.map(([name, count]) => (
        <span key={name} className="library-count">
          <i className={`library-dot ${name}`} aria-hidden />
          {t(`findings.${name}`)} <b className="number">{count}</b>
        </span>
      ))}
    </div>
  )
}
