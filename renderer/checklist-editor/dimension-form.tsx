import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Checklist } from '#core/checklist/schema.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { addDimension, balance, freeLetter, moveDimension, removeDimension } from './dimensions.ts'
import { weightSums } from './draft.ts'
import { BilingualField, NumberField, type FaultAt } from './inputs.tsx'

interface DimensionFormProps {
  checklist: Checklist
  faultAt: FaultAt
  onChange: (checklist: Checklist) => void
}

interface RowProps extends DimensionFormProps {
  at: number
  onRemove: () => void
}

function DimensionRow({ checklist, at, faultAt, onChange, onRemove }: RowProps) {
  const { t, say } = useWords()
  const { dimensions } = checklist
  const dimension = dimensions[at]
  if (dimension === undefined) return null
  const { id, title, weight } = dimension
  const put = (change: Partial<typeof dimension>) =>
    onChange({ ...checklist, dimensions: dimensions.with(at, { ...dimension, ...change }) })
  const named = { dimension: `${id} ${say(title)}` }
  // A button that is switched off would lose the focus in the middle of moving something to the end.
  const move = (by: -1 | 1) => onChange(moveDimension(checklist, id, by))
  return (
    <li className="editor-dimension-row" data-dimension={id}>
      <BilingualField
        label={t('checklists.dimensionTitle', { id })}
        value={title}
        onChange={(next) => put({ title: next })}
        path={`dimensions[${at}].title`}
        faultAt={faultAt}
      />
      <NumberField
        label={t('checklists.weight')}
        value={weight}
        onChange={(next) => next !== null && put({ weight: next })}
        error={faultAt(`dimensions[${at}].weight`)}
      />
      <div className="row">
        <IconButton size="small" label={t('checklists.dimensionUp', named)} aria-disabled={at === 0} onPress={() => move(-1)}>
          <ArrowUp className="icon" />
        </IconButton>
        <IconButton
          size="small"
          label={t('checklists.dimensionDown', named)}
          aria-disabled={at === dimensions.length - 1}
          onPress={() => move(1)}
        >
          <ArrowDown className="icon" />
        </IconButton>
        <IconButton
          size="small"
          label={t('checklists.dimensionRemove', named)}
          isDisabled={dimensions.length === 1}
          onPress={onRemove}
        >
          <Trash2 className="icon" />
        </IconButton>
      </div>
    </li>
  )
}

/** The dimensions of a checklist: named, weighed, put in order, added and taken away. */
export function DimensionForm({ checklist, faultAt, onChange }: DimensionFormProps) {
  const { t, say } = useWords()
  const [leaving, setLeaving] = useState<string | null>(null)
  const [added, setAdded] = useState<string | null>(null)
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (added !== null) list.current?.querySelector<HTMLInputElement>(`[data-dimension="${added}"] input`)?.focus()
  }, [added])
  const add = () => {
    const made = addDimension(checklist)
    if (made === null) return
    onChange(made.checklist)
    setAdded(made.id)
  }
  const gone = checklist.dimensions.find(({ id }) => id === leaving)
  const items = checklist.items.filter(({ dimension }) => dimension === leaving).length
  return (
    <section className="detail-part" aria-label={t('checklists.dimensions')}>
      <h4>{t('checklists.dimensions')}</h4>
      <ul ref={list}>
        {checklist.dimensions.map(({ id }, at) => (
          <DimensionRow
            key={id}
            checklist={checklist}
            at={at}
            faultAt={faultAt}
            onChange={onChange}
            onRemove={() => setLeaving(id)}
          />
        ))}
      </ul>
      <div className="row row-wrap">
        <Button size="small" onPress={add} isDisabled={freeLetter(checklist) === null}>
          <Plus className="icon" aria-hidden />
          {t('checklists.dimensionAdd')}
        </Button>
        {weightSums(checklist).total !== 100 && (
          <Button size="small" onPress={() => onChange(balance(checklist))}>
            {t('checklists.balance')}
          </Button>
        )}
      </div>
      {gone && (
        <Dialog
          title={t('checklists.dimensionRemove', { dimension: `${gone.id} ${say(gone.title)}` })}
          onClose={() => setLeaving(null)}
          foot={
            <>
              <Button onPress={() => setLeaving(null)}>{t('common.cancel')}</Button>
              <Button
                look="danger"
                onPress={() => {
                  setLeaving(null)
                  onChange(removeDimension(checklist, gone.id))
                }}
              >
                {t('checklists.dimensionRemoveYes')}
              </Button>
            </>
          }
        >
          <p>{t('checklists.dimensionRemoveText', { count: items })}</p>
        </Dialog>
      )}
    </section>
  )
}
