import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import { LEAST_POINTS, metresPerSheetUnit } from '#core/geo/sheet-fit.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { SheetFile, SheetView } from '#core/model/sheet.ts'
import { formatFixed } from '../format/format.ts'
import { useClient, useCommand, useRead } from '../api/use-api.tsx'
import { digits } from '../checklist/entry-draft.ts'
import { useWords } from '../i18n/use-words.ts'
import type { LaidSheet } from '../map/draw-sheet.ts'
import type { Pin } from '../map/pins.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TextField } from '../ui/fields.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { FileRegistration } from './file-registration.tsx'
import { metres } from './metres.ts'
import { PictureView } from './picture-view.tsx'
import { PointsEditor } from './points-editor.tsx'
import { sheetPicture, type SheetPicture } from './sheet-picture.ts'
import { useSheetDraft, type SheetDraft } from './use-sheet-draft.ts'

/** The map is a chunk of its own, which comes with the first map on the screen. */
const PlaceMap = lazy(async () => ({ default: (await import('./place-map.tsx')).PlaceMap }))

interface SheetDialogProps {
  planId: PlanId
  setup: MapSetup
  file: SheetFile
  /** The sheet that is laid anew; null for a new one. */
  sheet: SheetView | null
  onClose: () => void
}

/** The page's picture, once it is drawn, or why it cannot be. */
function usePicture(file: SheetFile, page: number) {
  const client = useClient()
  const [state, setState] = useState<{ page: number; picture: SheetPicture | null; error: unknown }>({
    page: 0,
    picture: null,
    error: null,
  })
  useEffect(() => {
    let wanted = true
    sheetPicture(client, { sha256: file.sha256, page, name: file.name }).then(
      (picture) => wanted && setState({ page, picture, error: null }),
      (error: unknown) => wanted && setState({ page, picture: null, error }),
    )
    return () => {
      wanted = false
    }
  }, [client, file, page])
  return state.page === page ? state : { picture: null, error: null }
}

/** Pins of the set points and of half of the next one, on the sheet and on the map. */
function usePins({ points, fit, draft }: SheetDraft): { onSheet: Pin[]; onGround: Pin[] } {
  return useMemo(() => {
    const toneOf = (index: number): Pin['tone'] => (draft.mode === 'points' && fit?.worst === index ? 'worst' : 'set')
    const next = String(points.length + 1)
    const waiting = (at: [number, number] | null): Pin[] => (at ? [{ at, label: next, tone: 'waiting' }] : [])
    return {
      onSheet: [...points.map(({ x, y }, index): Pin => ({ at: [x, y], label: String(index + 1), tone: toneOf(index) })), ...waiting(draft.onSheet)],
      onGround: [...points.map(({ xM, yM }, index): Pin => ({ at: [xM, yM], label: String(index + 1), tone: toneOf(index) })), ...waiting(draft.onGround)],
    }
  }, [points, fit, draft.mode, draft.onSheet, draft.onGround])
} // prettier-ignore

/** What the points come to, in one line: what is missing, what is wrong, or the rms. */
function FitLine({ work }: { work: SheetDraft }) {
  const { t } = useWords()
  const { fit, missing, points, page } = work
  if (work.error !== null) return <ErrorNotice error={work.error} />
  if (!fit) return <p className="fit-line">{missing > 0 && t('sheets.missing', { count: missing })}</p>
  const words = t('sheets.fit', { rms: metres(fit.rmsM), scale: formatFixed(metresPerSheetUnit(fit.mapping, page), 2) })
  return (
    <p className="fit-line">
      <strong>{words}</strong>
      {points.length === LEAST_POINTS[fit.method] && <span> {t('sheets.fitUnchecked')}</span>}
    </p>
  )
}

function PageChoice({ file, work }: { file: SheetFile; work: SheetDraft }) {
  const { t } = useWords()
  const [typed, setTyped] = useState(String(work.draft.page))
  if (file.pages.length < 2) return null
  return (
    <div className="page-choice">
      <TextField
        label={t('sheets.page', { pages: file.pages.length })}
        value={typed}
        inputMode="numeric"
        onChange={(text) => {
          const plain = digits(text)
          setTyped(plain)
          if (file.pages.some(({ page }) => String(page) === plain)) work.turnTo(Number(plain))
        }}
        error={file.pages.some(({ page }) => String(page) === typed) ? null : t('sheets.numberInvalid')}
      />
    </div>
  )
}

/** Lays a sheet: the sheet on the left, the plan on the right, and below what joins them. */
export function SheetDialog({ planId, setup, file, sheet, onClose }: SheetDialogProps) {
  const { t, say } = useWords()
  const plan = useRead('plans.get', { planId }).data?.plan
  const work = useSheetDraft(planId, file, sheet)
  const place = useCommand('sheets.place')
  const { draft, page, fit } = work
  const { picture, error } = usePicture(file, draft.page)
  const pins = usePins(work)
  const neatline = draft.mode === 'file' ? (work.registration?.neatline ?? null) : null
  const laid = useMemo(
    (): LaidSheet | null =>
      fit && picture ? { key: 'preview', picture, width: page.width, height: page.height, mapping: fit.mapping, neatline, opacity: 0.6, above: true } : null,
    [fit, picture, page, neatline],
  ) // prettier-ignore
  const lay = async () => {
    const name = sheet?.name ?? (file.pages.length > 1 ? `${file.name} · ${draft.page}` : file.name)
    const by =
      draft.mode === 'file'
        ? { kind: 'file' as const, registration: draft.registration, crs: draft.crs }
        : { kind: 'points' as const, method: draft.method, points: draft.points }
    const done = await place.run({ planId, sheetId: sheet?.id ?? null, sha256: file.sha256, page: draft.page, name, by })
    if (done) onClose()
  }
  const foot = (
    <>
      <div className="sheet-foot" aria-live="polite">
        <FitLine work={work} />
      </div>
      <Button onPress={onClose}>{t('common.cancel')}</Button>
      <Button look="primary" isDisabled={fit === null || work.asksCrs || place.busy} onPress={() => void lay()}>
        {t(sheet ? 'sheets.layAnew' : 'sheets.lay')}
      </Button>
    </>
  )
  return (
    <Dialog title={`${t('sheets.place')} · ${file.name}`} size="wide" onClose={onClose} foot={foot}>
      <div className="sheet-dialog">
        {(page.registrations.length > 0 || file.pages.length > 1) && (
          <div className="sheet-head">
            <PageChoice key={sheet?.id ?? 'new'} file={file} work={work} />
            {page.registrations.length > 0 && (
              <Segmented
                label={t('sheets.how')}
                value={draft.mode}
                segments={[
                  { id: 'file', label: t('sheets.byFile') },
                  { id: 'points', label: t('sheets.byPoints') },
                ]}
                onChange={(mode) => work.change({ mode })}
              />
            )}
          </div>
        )}
        {page.registrations.length === 0 && <p className="quiet">{t('sheets.notFound')}</p>}
        {page.problems.map((problem) => (
          <p key={problem.zh} className="quiet">
            {say(problem)}
          </p>
        ))}
        {draft.mode === 'file' && <FileRegistration work={work} />}
        <div className="sheet-pair">
          {picture ? (
            <PictureView
              picture={picture}
              size={page}
              pins={pins.onSheet}
              onPick={(onSheet) => draft.mode === 'points' && work.change({ onSheet })}
            />
          ) : (
            <div className="sheet-picture">
              {error === null ? <p className="empty">{t('common.loading')}</p> : <ErrorNotice error={error} />}
            </div>
          )}
          <Suspense fallback={<p className="empty">{t('common.loading')}</p>}>
            <PlaceMap
              planId={planId}
              setup={setup}
              laid={laid}
              follow={draft.mode === 'file'}
              pins={pins.onGround}
              onPick={(onGround) => draft.mode === 'points' && work.change({ onGround })}
            />
          </Suspense>
        </div>
        <PointsEditor work={work} planId={planId} planCrs={plan?.crs ?? ''} key={plan?.crs ?? ''} frame={setup.frame} />
        {place.error !== null && <ErrorNotice error={place.error} onDismiss={place.reset} />}
      </div>
    </Dialog>
  )
}
