import { Trash2 } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import type { BasemapInfo } from '#core/contract/basemap.ts'
import { useCommand, useRead } from '../api/use-api.tsx'
import { useChooseFiles } from '../api/use-choose-files.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import './basemap.css'

const ACCEPT = '.mbtiles,.pmtiles,.tif,.tiff,.tfw,.tifw,.wld,.prj'
const SAVE_AFTER_MS = 200

function Opacity({ basemap }: { basemap: BasemapInfo }) {
  const { t } = useWords()
  const fade = useCommand('basemap.fade')
  const { run } = fade
  const [percent, setPercent] = useState(Math.round(basemap.opacity * 100))
  const label = useId()
  useEffect(() => {
    if (percent === Math.round(basemap.opacity * 100)) return
    const timer = setTimeout(() => void run({ opacity: percent / 100 }), SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [percent, basemap.opacity, run])
  return (
    <div className="basemap-opacity">
      <label htmlFor={label}>{t('basemap.opacity')}</label>
      <input
        id={label}
        type="range"
        min={0}
        max={100}
        step={5}
        value={percent}
        onChange={(event) => setPercent(Number(event.target.value))}
      />
      <span className="quiet number">{`${percent} %`}</span>
      {fade.error !== null && <ErrorNotice error={fade.error} />}
    </div>
  )
}

/** The picture under the plan: a file of tiles from this computer, how strongly it shows, and the way to be rid of it. */
export function BasemapPanel({ isOnEarth }: { isOnEarth: boolean }) {
  const { t } = useWords()
  const basemap = useRead('basemap.get', {})
  const choose = useCommand('basemap.choose')
  const remove = useCommand('basemap.remove')
  const files = useChooseFiles()
  const add = async () => {
    const token = await files.pick('files', ACCEPT)
    if (token !== null) await choose.run({ files: token })
  }
  const busy = files.busy || choose.busy
  const error = files.error ?? choose.error ?? remove.error ?? basemap.error
  return (
    <section className="basemap" aria-label={t('basemap.title')}>
      <h3>{t('basemap.title')}</h3>
      {basemap.data && (
        <>
          <div className="basemap-row">
            <span className="layer-title" title={basemap.data.name}>
              {basemap.data.name}
            </span>
            <IconButton size="small" label={t('basemap.remove', { name: basemap.data.name })} onPress={() => void remove.run({})}>
              <Trash2 className="icon" />
            </IconButton>
          </div>
          <Opacity key={basemap.data.id} basemap={basemap.data} />
          {basemap.data.attribution !== null && <p className="quiet basemap-words">{basemap.data.attribution}</p>}
        </>
      )}
      {!isOnEarth && <p className="quiet basemap-words">{t('basemap.noPlace')}</p>}
      {files.progress && <JobProgress label={t('basemap.reading')} progress={files.progress} onCancel={files.cancel} />}
      <Button size="small" isDisabled={busy} onPress={() => void add()}>
        {busy ? t('basemap.reading') : t(basemap.data ? 'basemap.replace' : 'basemap.add')}
      </Button>
      {error !== null && <ErrorNotice error={error} />}
    </section>
  )
}
