import { Lightbulb, MapPin } from 'lucide-react'
import { useState } from 'react'
import { roleInfo } from '#core/model/roles.ts'
import { CHANGE_KINDS, type ChangeKind, type FeatureChange, type LayerComparison } from '#core/plan-diff/result.ts'
import { formatCount, wholePercent } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { Button } from '../ui/button.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { changeKey, className, formatSize } from './words.ts'

const PAGE = 30

type Filter = 'all' | ChangeKind

/** What happened to one feature, in a few words each: class, size, overlap, origin, other attributes. */
function useDetails(layer: LayerComparison) {
  const { t, lang, say } = useWords()
  const { areaUnit } = useSettings()
  const { fields } = roleInfo(layer.role)
  const size = (value: number | null) => (value === null ? '–' : formatSize(value, layer.unit, areaUnit, lang))
  const code = (value: string | null) => className(value, lang, t('compare.noClass'))
  return ({ kind, sizeBefore, sizeAfter, classBefore, classAfter, overlap, origin, fields: edits }: FeatureChange): string[] => {
    const parts: string[] = []
    if (kind === 'recoded') parts.push(t('compare.flow', { from: code(classBefore), to: code(classAfter) }))
    else if (classAfter ?? classBefore) parts.push(code(classAfter ?? classBefore))
    const both = sizeBefore !== null && sizeAfter !== null && size(sizeBefore) !== size(sizeAfter)
    if (layer.unit !== 'count') parts.push(both ? `${size(sizeBefore)} → ${size(sizeAfter)}` : size(sizeAfter ?? sizeBefore))
    if (overlap !== null && overlap < 1) parts.push(t('compare.overlap', { percent: wholePercent(overlap) }))
    if (origin) {
      const percent = wholePercent(origin.share)
      parts.push(
        origin.label === null ? t('compare.fromUnnamed', { percent }) : t('compare.from', { name: origin.label, percent }),
      )
    }
    for (const { field, before, after } of edits) {
      if (field === 'class') continue
      const title = fields[field]?.title
      const words = (value: string | number | null) => (value === null ? t('compare.nothing') : String(value))
      parts.push(t('compare.field', { field: title ? say(title) : field, before: words(before), after: words(after) }))
    }
    return parts
  }
}

interface ChangeListProps {
  layer: LayerComparison
  onShow: (changes: readonly FeatureChange[]) => void
}

/** From class to class, the largest first. */
function Flows({ layer }: { layer: LayerComparison }) {
  const { t, lang } = useWords()
  const { areaUnit } = useSettings()
  if (layer.flows.length === 0) return null
  const code = (value: string | null) => className(value, lang, t('compare.noClass'))
  return (
    <section className="compare-flows">
      <h4>{t('compare.flows')}</h4>
      <ul>
        {layer.flows.slice(0, 6).map(({ from, to, count, size }) => (
          <li key={`${from}-${to}`}>
            <span>{t('compare.flow', { from: code(from), to: code(to) })}</span>
            <span className="quiet number">{`${formatCount(count, lang)} · ${formatSize(size, layer.unit, areaUnit, lang)}`}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The changes of one layer, the largest of each kind first; each can be shown on the newer plan's map, or all at once. */
export function ChangeList({ layer, onShow }: ChangeListProps) {
  const { t, lang, say } = useWords()
  const [filter, setFilter] = useState<Filter>('all')
  const [listed, setListed] = useState(PAGE)
  const details = useDetails(layer)
  const kinds = CHANGE_KINDS.filter((kind) => kind !== 'unchanged' && layer.totals[kind].count > 0)
  const shown = layer.changes.filter(({ kind }) => filter === 'all' || kind === filter)
  const total = kinds
    .filter((kind) => filter === 'all' || kind === filter)
    .reduce((sum, kind) => sum + layer.totals[kind].count, 0)
  const name = (change: FeatureChange) => change.label ?? t('compare.unnamed')
  const segment = (id: Filter, label: string, count: number) => ({
    id,
    label: (
      <>
        {label} <span className="number quiet">{formatCount(count, lang)}</span>
      </>
    ),
  })
  const all = kinds.reduce((sum, kind) => sum + layer.totals[kind].count, 0)
  return (
    <section className="compare-list" aria-label={t('compare.list', { layer: say(roleInfo(layer.role).title) })}>
      <header className="row">
        <h3>{t('compare.list', { layer: say(roleInfo(layer.role).title) })}</h3>
        <span className="spacer" />
        <Button size="small" onPress={() => onShow(shown)}>
          <Lightbulb className="icon" aria-hidden />
          {t('compare.showAll', { count: shown.length })}
        </Button>
      </header>
      <Segmented
        label={t('compare.kinds')}
        value={filter}
        segments={[
          segment('all', t('compare.all'), all),
          ...kinds.map((kind) => segment(kind, t(`compare.kind_${kind}`), layer.totals[kind].count)),
        ]}
        onChange={(chosen) => {
          setFilter(chosen)
          setListed(PAGE)
        }}
      />
      {layer.notes.map(({ code, text }) => (
        <p key={code} className="quiet">
          {say(text)}
        </p>
      ))}
      {(filter === 'all' || filter === 'recoded') && <Flows layer={layer} />}
      {total > shown.length && (
        <p className="quiet">
          {t('compare.listed', { total: formatCount(total, lang), listed: formatCount(shown.length, lang) })}
        </p>
      )}
      <ul className="compare-changes">
        {shown.slice(0, listed).map((change) => (
          <li key={changeKey(change)} className="compare-change">
            <Button look="link" aria-label={t('compare.showOne', { name: name(change) })} onPress={() => onShow([change])}>
              <MapPin className="icon" aria-hidden />
              {name(change)}
            </Button>
            <span className={`chip compare-kind kind-${change.kind}`}>{t(`compare.kind_${change.kind}`)}</span>
            <span className="compare-details number">{details(change).join(' · ')}</span>
          </li>
        ))}
      </ul>
      {listed < shown.length && (
        <Button size="small" onPress={() => setListed(listed + PAGE)}>
          {t('compare.more', { count: Math.min(PAGE, shown.length - listed) })}
        </Button>
      )}
    </section>
  )
}
