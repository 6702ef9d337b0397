import { ProgressBar } from 'react-aria-components'
import { etaWords } from '#core/contract/eta.ts'
import type { Progress } from '#core/contract/procedures.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from './button.tsx'

interface JobProgressProps {
  /** What is being done, until the backend says something more exact. */
  label: string
  progress: Progress | null
  onCancel: () => void
}

/** How far a long call is, and the way to stop it: always both. */
export function JobProgress({ label, progress, onCancel }: JobProgressProps) {
  const { t, say } = useWords()
  const share = progress && progress.total > 0 ? Math.min(1, progress.done / progress.total) : null
  const words = progress ? say(progress.label) : label
  const left = progress?.etaSeconds === undefined ? null : say(etaWords(progress.etaSeconds))
  return (
    <div className="progress">
      <ProgressBar
        className="job-bar"
        aria-label={words}
        isIndeterminate={share === null}
        value={share === null ? 0 : share * 100}
      >
        {({ percentage }) => (
          <>
            <div className="progress-text">
              <span aria-live="polite">{words}</span>
              {left !== null && <span className="number">{left}</span>}
              {share !== null && <span className="number">{t('common.percent', { percent: Math.floor(percentage ?? 0) })}</span>}
            </div>
            <div className="bar">
              <div
                className={share === null ? 'bar-fill unknown' : 'bar-fill'}
                style={share === null ? {} : { width: `${share * 100}%` }}
              />
            </div>
          </>
        )}
      </ProgressBar>
      <Button size="small" onPress={onCancel}>
        {t('common.cancel')}
      </Button>
    </div>
  )
}
