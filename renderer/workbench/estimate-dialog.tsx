import type { RunEstimate } from '#core/contract/analysis-procedures.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

interface EstimateDialogProps {
  estimate: RunEstimate
  onStart: () => void
  onClose: () => void
}

const MINUTE = 60

/** Says what a long run would take before it starts, and asks to insist where the machine has too little memory free. */
export function EstimateDialog({ estimate, onStart, onClose }: EstimateDialogProps) {
  const { t } = useWords()
  const { seconds, memoryMb, machineMemoryMb: machine, freeMemoryMb: free, fits } = estimate
  const time =
    seconds < 2 * MINUTE
      ? t('workbench.seconds', { count: Math.ceil(seconds) })
      : t('workbench.minutes', { count: Math.ceil(seconds / MINUTE) })
  return (
    <Dialog
      title={t('workbench.estimateTitle')}
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" onPress={onStart}>
            {t(fits === 'no' ? 'workbench.estimateAnyway' : 'workbench.estimateStart')}
          </Button>
        </>
      }
    >
      <p>{t('workbench.estimateText', { time, memory: memoryMb })}</p>
      {fits === 'tight' && <p>{t('workbench.estimateTight', { machine, free })}</p>}
      {fits === 'no' && <p role="alert">{t('workbench.estimateShort', { machine, free })}</p>}
    </Dialog>
  )
}
