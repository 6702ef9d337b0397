import { useEffect, useState } from 'react'
import { choiceOf } from '#core/intake/answers.ts'
import type { LayerDraft } from '#core/intake/draft.ts'
import { applyFix } from '#core/intake/fixes.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { InspectedLayer, IntakeFix, LayerPlace } from '#core/model/inspection.ts'
import { useClient } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { OverviewMap, type OverviewLayer } from './overview-map.tsx'
import { readAgain, type Reading } from './use-readings.ts'

/** Rows of values shown at most: enough to see whether words are words. */
const MOST_ROWS = 6

function Values({ before, after }: { before: InspectedLayer; after: InspectedLayer }) {
  const { t } = useWords()
  const rows = before.sourceFields.flatMap((field, index) => {
    const next = after.sourceFields[index]
    const [was, is] = [field.samples.slice(0, 3).join(' · '), next?.samples.slice(0, 3).join(' · ') ?? '']
    return was === is && field.name === next?.name ? [] : [{ name: next?.name ?? field.name, was, is }]
  })
  if (rows.length === 0) return <p className="guess">{t('importing.previewSame')}</p>
  return (
    <table className="table preview-values">
      <thead>
        <tr>
          <th>{t('importing.previewField')}</th>
          <th>{t('importing.previewBefore')}</th>
          <th>{t('importing.previewAfter')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, MOST_ROWS).map(({ name, was, is }) => (
          <tr key={name}>
            <td>{name}</td>
            <td>{was}</td>
            <td>{is}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const known = ({ classes }: InspectedLayer) => classes.filter(({ code }) => code !== null).length
const patches = ({ classes }: InspectedLayer) => classes.reduce((sum, { count }) => sum + count, 0)

interface FixPreviewProps {
  files: FileToken
  layer: LayerDraft
  fix: IntakeFix
  others: readonly OverviewLayer[]
  beside: LayerPlace[]
}

/** What a fix would change, read from the file itself before anything is taken over. */
export function FixPreview({ files, layer, fix, others, beside }: FixPreviewProps) {
  const { t } = useWords()
  const client = useClient()
  const [reading, setReading] = useState<Reading | null>(null)
  const after = applyFix(layer, fix)
  const signature = JSON.stringify(choiceOf(after))
  useEffect(() => {
    const controller = new AbortController()
    const keep = (found: Reading) => {
      if (!controller.signal.aborted) setReading(found)
    }
    if (after.role !== 'leave-out') {
      readAgain(
        (input) => client.call('import.inspect', input, { signal: controller.signal }),
        files,
        choiceOf(after),
        layer.found.kind,
        beside,
      ).then(keep, (error: unknown) => keep({ error }))
    }
    return () => controller.abort()
    // oxlint-disable-next-line react/exhaustive-deps -- `signature` says whether the choice to be tried has changed
  }, [client, files, signature])
  if (after.role === 'leave-out') return <p className="guess">{t('importing.previewLeftOut')}</p>
  if (reading === null)
    return (
      <p className="guess" aria-live="polite">
        {t('importing.previewWorking')}
      </p>
    )
  if ('error' in reading) return <ErrorNotice error={reading.error} />
  const { found } = layer
  const moved = JSON.stringify(found.shape?.extent) !== JSON.stringify(reading.layer.shape?.extent)
  const name = found.layer ?? found.path
  const map: OverviewLayer[] = [
    ...others,
    { key: 'before', name: t('importing.previewBefore'), shape: found.shape ?? null, look: 'before' },
    { key: 'after', name: t('importing.previewAfter'), shape: reading.layer.shape ?? null, look: 'active' },
  ]
  const classes = found.classes.length > 0 || reading.layer.classes.length > 0
  return (
    <div className="fix-preview">
      {moved && (
        <div>
          <OverviewMap layers={map} label={t('importing.previewMap', { name })} />
          <p className="overview-key">
            <span className="key before">{t('importing.previewBefore')}</span>
            <span className="key active">{t('importing.previewAfter')}</span>
          </p>
        </div>
      )}
      <div className="stack">
        <Values before={found} after={reading.layer} />
        {classes && (
          <p className="guess number">
            {t('importing.previewClasses', {
              before: `${known(found)}/${found.classes.length}`,
              after: `${known(reading.layer)}/${reading.layer.classes.length}`,
            })}
            {patches(found) !== patches(reading.layer) &&
              ` · ${t('importing.previewPatches', { before: patches(found), after: patches(reading.layer) })}`}
          </p>
        )}
      </div>
    </div>
  )
}
