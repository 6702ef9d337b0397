import { roleInfo } from '#core/model/roles.ts'
import type { PlanComparison } from '#core/plan-diff/compare-plans.ts'
import { CHANGE_KINDS, type LayerComparison } from '#core/plan-diff/result.ts'
import { formatCount } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import { useSettings } from '../settings/use-settings.ts'
import { Button } from '../ui/button.tsx'
import { formatSize, hasChanges } from './words.ts'

interface SummaryTableProps {
  comparison: PlanComparison
  chosen: LayerComparison | null
  onChoose: (layer: LayerComparison) => void
}

function LayerRow({ layer, isChosen, onChoose }: { layer: LayerComparison; isChosen: boolean; onChoose: () => void }) {
  const { t, lang, say } = useWords()
  const { areaUnit } = useSettings()
  const title = say(roleInfo(layer.role).title)
  const size = (value: number) => formatSize(value, layer.unit, areaUnit, lang)
  return (
    <tr className={isChosen ? 'compare-chosen' : ''}>
      <th scope="row">
        {hasChanges(layer) ? (
          <Button look="link" onPress={onChoose} aria-pressed={isChosen}>
            {title}
          </Button>
        ) : (
          <span className="quiet">{title}</span>
        )}
      </th>
      {CHANGE_KINDS.map((kind) => {
        const { count, sizeBefore, sizeAfter } = layer.totals[kind]
        return (
          <td key={kind} className="number" title={t(`compare.kind_${kind}`)}>
            {count === 0 ? (
              <span className="quiet">–</span>
            ) : (
              <>
                <span>{formatCount(count, lang)}</span>
                {layer.unit !== 'count' && <span className="quiet compare-size">{size(Math.max(sizeBefore, sizeAfter))}</span>}
              </>
            )}
          </td>
        )
      })}
      <td className="number">{size(layer.before.size)}</td>
      <td className="number">{size(layer.after.size)}</td>
    </tr>
  )
}

/** Every layer with how many features, and how much ground, each kind of change concerns. The kinds add up to the totals. */
export function SummaryTable({ comparison, chosen, onChoose }: SummaryTableProps) {
  const { t } = useWords()
  return (
    // Wide on a narrow panel: it scrolls by itself, so it can have the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="compare-table" tabIndex={0} role="region" aria-label={t('compare.summary')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('compare.layer')}</th>
            {CHANGE_KINDS.map((kind) => (
              <th key={kind} scope="col" className="number">
                {t(`compare.kind_${kind}`)}
              </th>
            ))}
            <th scope="col" className="number">
              {t('compare.sizeBefore')}
            </th>
            <th scope="col" className="number">
              {t('compare.sizeAfter')}
            </th>
          </tr>
        </thead>
        <tbody>
          {comparison.layers.map((layer) => (
            <LayerRow
              key={`${layer.role}-${layer.kind}`}
              layer={layer}
              isChosen={layer === chosen}
              onChoose={() => onChoose(layer)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}
