import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { freeName, namesAtFault } from '#core/map/named.ts'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/fields.tsx'

/** As many signs as a name may have. */
const MOST_SIGNS = 80

interface NewNameProps {
  title: string
  text: string
  /** What a first one is called, before a number. */
  usual: string
  list: readonly { name: string }[]
  onSave: (name: string) => void
  onClose: () => void
}

/** Asks for a name. One that is taken is said to be replaced, and a free one is told. */
export function NewNameDialog({ title, text, usual, list, onSave, onClose }: NewNameProps) {
  const { t } = useWords()
  const [name, setName] = useState(() => freeName(list, usual))
  const wished = name.trim()
  const isTaken = list.some((one) => one.name === wished)
  const save = () => {
    if (wished === '') return
    onSave(wished)
    onClose()
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" isDisabled={wished === ''} onPress={save}>
            {isTaken ? t('layers.replace', { name: wished }) : t('layers.save')}
          </Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <p className="quiet">{text}</p>
        <TextField label={t('layers.name')} value={name} onChange={(next) => setName(next.slice(0, MOST_SIGNS))} focusFirst />
        <p className="tree-taken" role="status">
          {isTaken && t('layers.taken', { free: freeName(list, wished) })}
        </p>
      </form>
    </Dialog>
  )
}

interface ManageNamesProps<T extends { name: string }> {
  title: string
  list: readonly T[]
  onSave: (list: T[]) => void
  onClose: () => void
}

/** Renames and removes; nothing happens before it is saved. */
export function ManageNamesDialog<T extends { name: string }>({ title, list, onSave, onClose }: ManageNamesProps<T>) {
  const { t } = useWords()
  const [rows, setRows] = useState(() => list.map((one) => ({ one, name: one.name })))
  const faults = namesAtFault(rows.map(({ name }) => name))
  const removed = list.length - rows.length
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <span className="quiet tree-removed" role="status">
            {removed > 0 && t('layers.removed', { count: removed })}
          </span>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            look="primary"
            isDisabled={faults.some((fault) => fault !== null)}
            onPress={() => {
              onSave(rows.map(({ one, name }) => ({ ...one, name: name.trim() })))
              onClose()
            }}
          >
            {t('layers.save')}
          </Button>
        </>
      }
    >
      <ul className="tree-names">
        {rows.map(({ one, name }, at) => {
          const fault = faults[at]
          return (
            <li key={one.name}>
              <TextField
                label={t('layers.nameOf', { at: at + 1 })}
                hideLabel
                value={name}
                onChange={(next) =>
                  setRows(rows.map((row) => (row.one === one ? { one, name: next.slice(0, MOST_SIGNS) } : row)))
                }
                error={fault === 'empty' ? t('layers.namesEmpty') : fault === 'taken' ? t('layers.namesTaken') : null}
              />
              <IconButton
                label={t('layers.remove', { name: one.name })}
                onPress={() => setRows(rows.filter((row) => row.one !== one))}
              >
                <Trash2 className="icon" />
              </IconButton>
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}
