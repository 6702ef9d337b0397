import { useMemo } from 'react'
import { featureSet } from '#core/attributes/feature-set.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { useRead } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { cellText } from './cell-text.ts'
import { useTableRead } from './use-table-read.ts'

/** Every attribute of one feature that has a value: those of the plan, those that are measured, and the source's own columns. */
export function FeatureAttributes({ planId, layerId, fid }: { planId: PlanId; layerId: LayerId; fid: number }) {
  const { t, lang, say } = useWords()
  const { areaUnit } = useSettings()
  const layers = useRead('attributes.layers', { planId })
  const layer = layers.data?.find(({ id }) => id === layerId)
  const only = useMemo(() => featureSet([fid]), [fid])
  const page = useTableRead('attributes.page', { planId, layerId, where: '', only, sort: [], offset: 0, limit: 1 })
  const error = layers.error ?? page.error
  if (error !== null) return <ErrorNotice error={error} />
  const row = page.data?.rows[0]
  if (!layer || !row) return null
  const words = { yes: t('attributes.yes'), no: t('attributes.no') }
  const known = layer.fields.flatMap((field, at) => {
    const value = row.values[at] ?? null
    return value === null ? [] : [{ field, text: cellText(value, field, areaUnit, lang, words) }]
  })
  return (
    <dl aria-label={t('map.allAttributes')}>
      {known.map(({ field, text }) => (
        <div key={field.key}>
          <dt>{say(field.label)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
