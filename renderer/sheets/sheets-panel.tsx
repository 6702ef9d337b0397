import { Crosshair, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { FileToken, PlanId } from '#core/model/ids.ts'
import { LEAST_POINTS } from '#core/geo/sheet-fit.ts'
import type { SheetFile, SheetView } from '#core/model/sheet.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { useTakeDropped } from '../drop/dropped.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSheets } from '../map/use-sheets.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { Checkbox } from '../ui/fields.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { metres } from './metres.ts'
import { SheetDialog } from './sheet-dialog.tsx'
import './sheets.css'

const ACCEPT = '.pdf,.png,.jpg,.jpeg,.tif,.tiff,.pgw,.pngw,.jgw,.jpgw,.jpegw,.tfw,.tifw,.wld,.prj'
const SAVE_AFTER_MS = 200

function SheetRow({ sheet, onAdjust }: { sheet: SheetView; onAdjust: () => void }) {
  const { t, say } = useWords()
  const show = useCommand('sheets.show')
  const remove = useCommand('sheets.remove')
  const { run } = show
  const { id: sheetId, visible, above, opacity } = sheet
  const [percent, setPercent] = useState(Math.round(opacity * 100))
  useEffect(() => {
    if (percent === Math.round(opacity * 100)) return
    const timer = setTimeout(() => void run({ sheetId, visible, above, opacity: percent / 100 }), SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [percent, opacity, visible, above, sheetId, run])
  const checked = sheet.points.length > LEAST_POINTS[sheet.method]
  const error = show.error ?? remove.error
  return (
    <li className="sheet-item">
      <div className="sheet-line">
        <Checkbox
          isSelected={visible}
          onChange={(on) => void run({ sheetId, visible: on, above, opacity })}
          label={t('sheets.show', { name: sheet.name })}
        />
        <span className="layer-title" title={`${sheet.name}\n${say(sheet.reason)}`}>
          {sheet.name}
        </span>
        <IconButton size="small" label={t('sheets.adjust', { name: sheet.name })} onPress={onAdjust}>
          <Crosshair className="icon" />
        </IconButton>
        <IconButton size="small" label={t('sheets.remove', { name: sheet.name })} onPress={() => void remove.run({ sheetId })}>
          <Trash2 className="icon" />
        </IconButton>
      </div>
      <p className="quiet sheet-rms">
        {checked
          ? t('sheets.rms', { rms: metres(sheet.fit.rmsM), points: sheet.points.length })
          : t('sheets.unchecked', { points: sheet.points.length })}
      </p>
      {visible && (
        <>
          <div className="basemap-opacity">
            <input
              type="range"
              aria-label={t('sheets.opacity', { name: sheet.name })}
              min={0}
              max={100}
              step={5}
              value={percent}
              onChange={(event) => setPercent(Number(event.target.value))}
            />
            <span className="quiet number">{`${percent} %`}</span>
          </div>
          <div className="sheet-above">
            <Checkbox isSelected={above} onChange={(over) => void run({ sheetId, visible, above: over, opacity })}>
              {t('sheets.above')}
            </Checkbox>
          </div>
        </>
      )}
      {error !== null && <ErrorNotice error={error} />}
    </li>
  )
}

interface Open {
  file: SheetFile
  sheet: SheetView | null
}

/** Pictures and PDF pages under the plan: switched, faded, laid anew, removed; and the way to lay another. */
export function SheetsPanel({ planId, setup }: { planId: PlanId; setup: MapSetup }) {
  const { t } = useWords()
  const sheets = useRead('sheets.list', { planId })
  const { error: drawing } = useSheets(planId)
  const open = useCommand('sheets.open')
  const reopen = useCommand('sheets.reopen')
  const files = useChooseFiles()
  const [dialog, setDialog] = useState<Open | null>(null)
  const add = async () => {
    const token = await files.pick('files', ACCEPT)
    if (token !== null) await read(token)
  }
  const read = async (token: FileToken) => {
    const opened = await open.run({ files: token })
    if (opened) setDialog({ file: opened.output, sheet: null })
  }
  useTakeDropped('sheet', (token) => void read(token))
  const adjust = async (sheet: SheetView) => {
    const opened = await reopen.run({ sheetId: sheet.id })
    if (opened) setDialog({ file: opened.output, sheet })
  }
  const busy = files.busy || open.busy || reopen.busy
  const error = files.error ?? open.error ?? reopen.error ?? sheets.error ?? drawing
  return (
    <section className="basemap sheets" aria-label={t('sheets.title')}>
      <h3>{t('sheets.title')}</h3>
      {sheets.data?.length === 0 && <p className="quiet basemap-words">{t('sheets.none')}</p>}
      {sheets.data && sheets.data.length > 0 && (
        <ul className="sheet-list">
          {sheets.data.map((sheet) => (
            <SheetRow key={sheet.id} sheet={sheet} onAdjust={() => void adjust(sheet)} />
          ))}
        </ul>
      )}
      {files.progress && <JobProgress label={t('sheets.reading')} progress={files.progress} onCancel={files.cancel} />}
      <Button size="small" isDisabled={busy} onPress={() => void add()}>
        {busy ? t('sheets.reading') : t('sheets.add')}
      </Button>
      {error !== null && <ErrorNotice error={error} />}
      {dialog && (
        <SheetDialog planId={planId} setup={setup} file={dialog.file} sheet={dialog.sheet} onClose={() => setDialog(null)} />
      )}
    </section>
  )
}
