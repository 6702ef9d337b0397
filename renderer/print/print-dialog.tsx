import { useState } from 'react'
import type { Output } from '#core/contract/procedures.ts'
import type { Signing } from '#core/contract/sign-procedures.ts'
import type { Frame } from '#core/geo/frame.ts'
import type { LayerId, PlanId, ReviewId } from '#core/model/ids.ts'
import { useRead } from '../api/use-api.tsx'
import { planName } from '../format/plan-name.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { SignDialog } from '../sign/sign-dialog.tsx'
import { askedSheet, previewSheet } from './asked-sheet.ts'
import { PrintForm } from './print-form.tsx'
import { usePrint } from './print-store.ts'
import { SheetPreview } from './sheet-preview.tsx'
import { useOnScreen } from './use-on-screen.ts'
import { usePrintMap } from './use-print.ts'
import { useSeen } from './use-seen.ts'
import './print.css'

interface PrintDialogProps {
  planId: PlanId
  frame: Frame
  /** What the screen shows. */
  layerIds: readonly LayerId[]
  /** The review whose findings have marks on the map; null where there are none. */
  reviewId: ReviewId | null
}

/** The map on paper, as it will be: choices on the left, the pages on the right. */
export function PrintDialog({ planId, frame, layerIds, reviewId }: PrintDialogProps) {
  const { t, lang } = useWords()
  const choice = usePrint((state) => state.choice)
  const open = usePrint((state) => state.open)
  const seen = useSeen(frame)
  const plan = useRead('plans.get', { planId })
  const onScreen = useOnScreen(planId, frame, reviewId)
  const of = { planId, seen, layerIds, onScreen, lang }
  const asked = askedSheet(choice, of)
  const sheet = useRead('map.sheet', previewSheet(choice, of))
  // The pages before stay until those that follow a choice are drawn.
  const [last, setLast] = useState<Output<'map.sheet'> | null>(null)
  if (sheet.data && sheet.data !== last) setLast(sheet.data)
  const printing = usePrintMap()
  const isSigned = choice.signed && choice.format === 'pdf'
  const [isSigning, setSigning] = useState(false)
  const start = async (sign?: Signing): Promise<boolean> => {
    if (asked === null || !plan.data) return false
    const isDone = await printing.start(asked, choice.format, `${planName(plan.data.plan, lang)} ${choice.paper}`, sign)
    if (isDone) open(false)
    return isDone
  }
  const error = printing.error ?? sheet.error
  if (isSigning)
    return (
      <SignDialog
        title={t('print.signTitle')}
        intro={t('print.signIntro')}
        act={{ ...printing, run: start }}
        isReady={asked !== null && plan.data !== undefined}
        onClose={() => setSigning(false)}
      />
    )
  return (
    <Dialog
      title={t('print.title')}
      size="wide"
      onClose={() => open(false)}
      dismissable={!printing.busy}
      foot={
        <>
          {printing.busy && <JobProgress label={t('print.printing')} progress={printing.progress} onCancel={printing.cancel} />}
          <Button onPress={() => open(false)} isDisabled={printing.busy}>
            {t('common.cancel')}
          </Button>
          <Button
            look="primary"
            onPress={() => (isSigned ? setSigning(true) : void start())}
            isDisabled={asked === null || printing.busy || !plan.data}
          >
            {t(isSigned ? 'print.signAndSave' : 'print.save', { format: choice.format.toUpperCase() })}
          </Button>
        </>
      }
    >
      <div className="print-desk">
        <PrintForm isScaleWrong={asked === null} onScreen={onScreen} />
        <div className="print-side">
          {error !== null && <ErrorNotice error={error} />}
          {last && error === null && <SheetPreview sheet={last} isOld={sheet.isFetching} />}
          {!last && error === null && <p className="quiet">{t('common.loading')}</p>}
        </div>
      </div>
    </Dialog>
  )
}
