import { OctagonAlert, Plus, TriangleAlert } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import type { Checklist } from '#core/checklist/schema.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button } from '../ui/button.tsx'
import { weightSums } from './draft.ts'

interface ItemNavProps {
  checklist: Checklist
  /** null: the checklist as a whole. */
  chosen: string | null
  /** Items that the check or a test case finds fault with. */
  faulty: ReadonlySet<string>
  onChoose: (item: string | null) => void
  /** Only while a draft is open. */
  onAdd?: (dimensionId: string) => void
  onSpread?: (dimensionId: string) => void
}

/** Every item with its weight under its dimension, whose sum is right or is not. */
export function ItemNav({ checklist, chosen, faulty, onChoose, onAdd, onSpread }: ItemNavProps) {
  const { t, say } = useWords()
  const sums = weightSums(checklist)
  return (
    <nav className="panel-scroll editor-nav" data-desk-panel tabIndex={-1} aria-label={t('checklists.items')}>
      <p className="editor-total">
        <span>{t('checklists.weightTotal')}</span>
        <span className={sums.total === 100 ? 'chip good number' : 'chip bad number'}>
          {t('checklists.sumOf', { sum: sums.total, of: 100 })}
        </span>
      </p>
      <AriaButton className="editor-row" data-chosen={chosen === null || undefined} onPress={() => onChoose(null)}>
        <span className="item-title">{t('checklists.whole')}</span>
      </AriaButton>
      {sums.dimensions.map(({ dimension, sum, isRight }) => (
        <section key={dimension.id} aria-label={say(dimension.title)}>
          <header className="editor-dimension">
            <h3>
              <span className="number">{dimension.id}</span> {say(dimension.title)}
            </h3>
            <span className={isRight ? 'number quiet' : 'chip bad number'}>
              {t('checklists.sumOf', { sum, of: dimension.weight })}
            </span>
          </header>
          <ul>
            {checklist.items
              .filter((item) => item.dimension === dimension.id)
              .map((item) => (
                <li key={item.id}>
                  <AriaButton
                    className="editor-row"
                    data-chosen={chosen === item.id || undefined}
                    onPress={() => onChoose(item.id)}
                  >
                    <span className="item-id number">{item.id}</span>
                    <span className="item-title">{say(item.title)}</span>
                    {item.gate && (
                      <span className="item-mark gate" title={t('checklist.gate')}>
                        <OctagonAlert className="icon" aria-hidden />
                        <span className="visually-hidden">{t('checklist.gate')}</span>
                      </span>
                    )}
                    {faulty.has(item.id) && (
                      <span className="item-mark editor-fault" title={t('checklists.hasFault')}>
                        <TriangleAlert className="icon" aria-hidden />
                        <span className="visually-hidden">{t('checklists.hasFault')}</span>
                      </span>
                    )}
                    <span className="number quiet">{item.weight}</span>
                  </AriaButton>
                </li>
              ))}
          </ul>
          {onAdd && (
            <div className="row editor-dimension-actions">
              <Button look="link" size="small" onPress={() => onAdd(dimension.id)}>
                <Plus className="icon" aria-hidden />
                {t('checklists.addItem')}
              </Button>
              {!isRight && onSpread && (
                <Button look="link" size="small" onPress={() => onSpread(dimension.id)}>
                  {t('checklists.spread')}
                </Button>
              )}
            </div>
          )}
        </section>
      ))}
    </nav>
  )
}
