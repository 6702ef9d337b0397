import { Database } from 'lucide-react'
import { useState } from 'react'
import type { FormatInfo } from '#core/contract/procedures.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import { readableValue } from '#core/model/units.ts'
import { formatCount, formatDay } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'

/** Where a layer came from: its record, the plan it lies in, and what its kind of file is called. */
export interface LayerSource {
  layer: Layer
  plan: Plan
  formats: readonly FormatInfo[]
}

const fileName = (path: string) => path.split(/[\\/]/).at(-1) ?? path

/** The format of a file by its ending, as the import calls it; the ending itself where that knows none. */
export function formatOf(path: string, formats: readonly FormatInfo[]): FormatInfo | string {
  const file = fileName(path).toLowerCase()
  const ending = /\.[^.]+$/.exec(file)?.[0] ?? ''
  return formats.find(({ extensions }) => extensions.includes(ending)) ?? ending.slice(1).toUpperCase()
}

/** Whether the data came in another system than the plan's. */
export const isReprojected = ({ layer, plan }: LayerSource): boolean => layer.sourceCrs !== plan.crs

/** Where a layer came from in a few badges, and all of it on request. */
export function SourceCard({ source }: { source: LayerSource | null }) {
  const { t, lang, say } = useWords()
  const [isFull, setFull] = useState(false)
  if (source === null) return <p className="quiet">{t('layers.madeHere')}</p>
  const { layer, plan, formats } = source
  const format = formatOf(layer.sourcePath, formats)
  const formatWords = typeof format === 'string' ? format : say(format.label)
  const amounts = [
    formatCount(layer.features, lang),
    layer.areaM2 === null ? '' : readableValue(layer.areaM2, 'm2', lang),
    layer.lengthM === null ? '' : readableValue(layer.lengthM, 'm', lang),
  ]
  const facts: [title: string, words: string][] = [
    [t('layers.file'), layer.sourcePath],
    [t('layers.format'), formatWords],
    [t('layers.imported'), formatDay(plan.importedAt, lang)],
    [t('layers.crs'), layer.sourceCrs],
    [t('layers.crsWhy'), say(layer.crsReason)],
    [t('layers.encoding'), layer.encoding ?? ''],
    [t('layers.content'), amounts.filter(Boolean).join(' · ')],
    [t('layers.notes'), layer.notes.map(({ text }) => say(text)).join('\n')],
    [t('layers.hash'), layer.sourceSha256],
  ]
  return (
    <div className="tree-source">
      <div className="row row-wrap">
        <span className="chip tree-file">{fileName(layer.sourcePath)}</span>
        {formatWords !== '' && <span className="chip">{formatWords}</span>}
        <span className={isReprojected(source) ? 'chip warn' : 'chip'}>{layer.sourceCrs}</span>
        <span className="chip">{formatDay(plan.importedAt, lang)}</span>
      </div>
      {isReprojected(source) && <p className="tree-hint quiet">{t('layers.reprojected', { crs: layer.sourceCrs })}</p>}
      <Button look="link" size="small" aria-expanded={isFull} onPress={() => setFull(!isFull)}>
        <Database className="icon" aria-hidden />
        {t(isFull ? 'layers.sourceLess' : 'layers.sourceFull')}
      </Button>
      {isFull && (
        <dl className="tree-facts">
          {facts
            .filter(([, words]) => words !== '')
            .map(([title, words]) => (
              <div key={title}>
                <dt>{title}</dt>
                <dd>{words}</dd>
              </div>
            ))}
        </dl>
      )}
    </div>
  )
}
