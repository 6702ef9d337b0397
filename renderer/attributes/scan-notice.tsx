import { RotateCcw } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import type { Scan } from './use-table-read.ts'

/** A bar that comes and goes within a second only flickers. */
const PATIENCE_MS = 1000

/** A table that is being read: how far, with the way to stop it once it takes long; and the way to begin again. */
export function ScanNotice({ scan }: { scan: Scan }) {
  const { t } = useWords()
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [scan.isStopped])
  if (scan.isStopped)
    return (
      <div className="attribute-scan" role="status">
        <p>{t('attributes.stopped')}</p>
        <Button size="small" onPress={scan.again}>
          <RotateCcw className="icon" aria-hidden />
          {t('attributes.readAgain')}
        </Button>
      </div>
    )
  return (
    <div className="attribute-scan">
      {isLong ? (
        <JobProgress label={t('attributes.reading')} progress={scan.progress} onCancel={scan.stop} />
      ) : (
        <p className="quiet">{t('common.loading')}</p>
      )}
    </div>
  )
}
