import { Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { AppError } from '#core/errors.ts'
import { fromFrame, type Frame } from '#core/geo/frame.ts'
import type { PlanId } from '#core/model/ids.ts'
import { CRS_CODE } from '#core/model/manifest.ts'
import { useCommand } from '../api/use-api.tsx'
import { digits } from '../checklist/entry-draft.ts'
import { useWords } from '../i18n/use-words.ts'
import { readCrs } from '../import/crs-encoding.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TextField } from '../ui/fields.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { metres } from './metres.ts'
import type { SheetDraft } from './use-sheet-draft.ts'

const numberOf = (typed: string): number | null => {
  const plain = digits(typed).replaceAll(/[\s,，]/g, '')
  const value = Number(plain)
  return plain !== '' && Number.isFinite(value) ? value : null
}

/** A place typed instead of clicked, in any system. */
function TypedPlace({ planId, planCrs, onPlace }: { planId: PlanId; planCrs: string; onPlace: (at: [number, number]) => void }) {
  const { t } = useWords()
  const locate = useCommand('sheets.locate')
  const [crs, setCrs] = useState(planCrs)
  const [east, setEast] = useState('')
  const [north, setNorth] = useState('')
  const [x, y] = [numberOf(east), numberOf(north)]
  const ready = x !== null && y !== null && CRS_CODE.test(crs)
  const take = async () => {
    if (x === null || y === null) return
    const answer = await locate.run({ planId, crs, places: [[x, y]] })
    const [xM, yM] = answer?.output ?? []
    if (xM === undefined || yM === undefined) return
    onPlace([xM, yM])
    setEast('')
    setNorth('')
  }
  const invalid = (typed: string) => (typed !== '' && numberOf(typed) === null ? t('sheets.numberInvalid') : null)
  return (
    <form
      className="typed-place"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) void take()
      }}
    >
      <TextField
        label={t('sheets.crs')}
        value={crs}
        onChange={(typed) => setCrs(readCrs(typed))}
        error={CRS_CODE.test(crs) ? null : t('sheets.crsInvalid')}
      />
      <TextField label={t('sheets.east')} value={east} onChange={setEast} error={invalid(east)} />
      <TextField label={t('sheets.north')} value={north} onChange={setNorth} error={invalid(north)} />
      <Button type="submit" isDisabled={!ready || locate.busy}>
        {t('sheets.usePlace')}
      </Button>
      {locate.error instanceof AppError && <ErrorNotice error={locate.error} onDismiss={locate.reset} />}
    </form>
  )
}

/** The points in a table, each with how far it is off and a way to be rid of it. */
function PointsTable({ work, frame }: { work: SheetDraft; frame: Frame }) {
  const { t } = useWords()
  const toPlace = useMemo(() => fromFrame(frame), [frame])
  const decimals = frame.kind === 'planar' ? 2 : 6
  return (
    <table className="points-table">
      <thead>
        <tr>
          <th scope="col">{t('sheets.point')}</th>
          <th scope="col">{t('sheets.onSheet')}</th>
          <th scope="col">{t('sheets.onGround')}</th>
          <th scope="col" className="number">
            {t('sheets.residual')}
          </th>
          <th scope="col">
            <span className="visually-hidden">{t('sheets.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {work.points.map((point, index) => {
          const [lon, lat] = toPlace(point.xM, point.yM)
          const residual = work.fit?.residualsM[index]
          const worst = work.draft.mode === 'points' && work.fit?.worst === index
          return (
            // A point is its place in the list: the same two places may be given twice by mistake.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index} className={worst ? 'worst' : undefined}>
              <th scope="row">{index + 1}</th>
              <td className="number">{`${point.x.toFixed(1)}, ${point.y.toFixed(1)}`}</td>
              <td className="number">{`${lon.toFixed(decimals)}, ${lat.toFixed(decimals)}`}</td>
              <td className="number">
                {residual === undefined ? '–' : metres(residual)}
                {worst && <span className="worst-mark">{t('sheets.worst')}</span>}
              </td>
              <td>
                {work.draft.mode === 'points' && (
                  <IconButton
                    size="small"
                    label={t('sheets.removePoint', { number: index + 1 })}
                    onPress={() => work.removePoint(index)}
                  >
                    <Trash2 className="icon" />
                  </IconButton>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

interface PointsEditorProps {
  work: SheetDraft
  planId: PlanId
  planCrs: string
  frame: Frame
}

/** Setting control points: what to do next, coordinates by hand, the fit and what each point is off. */
export function PointsEditor({ work, planId, planCrs, frame }: PointsEditorProps) {
  const { t } = useWords()
  const { draft } = work
  const number = draft.points.length + 1
  const step =
    draft.onSheet === null && draft.onGround === null
      ? t(number === 1 ? 'sheets.stepBoth' : 'sheets.stepSheet', { number })
      : draft.onSheet === null
        ? t('sheets.stepSheet', { number })
        : t('sheets.stepPlace', { number })
  return (
    <section className={`points-editor ${draft.mode}`} aria-label={t('sheets.points')}>
      {draft.mode === 'points' && (
        <div className="points-left">
          <p className="points-step" aria-live="polite">
            {step}
          </p>
          <TypedPlace planId={planId} planCrs={planCrs} onPlace={(onGround) => work.change({ onGround })} />
          <Segmented
            label={t('sheets.method')}
            value={draft.method}
            segments={[
              { id: 'affine', label: t('sheets.affine') },
              { id: 'projective', label: t('sheets.projective') },
            ]}
            onChange={(method) => work.change({ method })}
          />
        </div>
      )}
      {work.points.length > 0 && <PointsTable work={work} frame={frame} />}
    </section>
  )
}
