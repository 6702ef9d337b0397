import { RotateCcw } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { useChangeSettings, useSettings } from '../settings/use-settings.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { capsOf, combinationOf, keyFault, keysOf, withKey, type ChangedKeys, type KeyFault, type KeyName } from './keys.ts'
import './shortcuts.css'

/** Fixed keys are those that lists, dialogs and grids have on every system. */
type Row = { name: KeyName } | { words: 'escape' | 'cells' | 'openFigure' | 'resizePanel' | 'treeMove' | 'hair' | 'hairFine' | 'endMark' | 'cancelMark'; keys: readonly string[] } // prettier-ignore

const ARROWS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const
const GROUPS: readonly { title: 'general' | 'review' | 'look' | 'drawing'; rows: readonly Row[] }[] = [
  {
    title: 'general',
    rows: [
      { name: 'undo' },
      { name: 'redo' },
      { name: 'save' },
      { name: 'help' },
      { name: 'activity' },
      { words: 'escape', keys: ['Escape'] },
    ],
  },
  {
    title: 'review',
    rows: [
      { name: 'comment' },
      { name: 'nextItem' },
      { name: 'previousItem' },
      { name: 'memo' },
      { name: 'results' },
      { name: 'panels' },
      { words: 'cells', keys: ARROWS },
      { words: 'openFigure', keys: ['Enter'] },
      { words: 'resizePanel', keys: ['ArrowLeft', 'ArrowRight'] },
    ],
  },
  {
    title: 'look',
    rows: [
      { name: 'search' },
      { name: 'table' },
      { name: 'measureDistance' },
      { name: 'measureArea' },
      { name: 'deselect' },
      { name: 'describeMap' },
      { name: 'bookmarks' },
      { name: 'mapWindow' },
      { words: 'treeMove', keys: ['Alt+ArrowUp', 'Alt+ArrowDown'] },
    ],
  },
  {
    title: 'drawing',
    rows: [
      { name: 'setPlace' },
      { name: 'lastPlace' },
      { name: 'snap' },
      { name: 'nextPlace' },
      { words: 'hair', keys: ARROWS },
      { words: 'hairFine', keys: ['Shift+ArrowRight'] },
      { words: 'endMark', keys: ['Enter'] },
      { words: 'cancelMark', keys: ['Escape'] },
    ],
  },
]

const Caps = ({ combination }: { combination: string }) => (
  <span className="shortcut-caps">
    {capsOf(combination).map((cap) => (
      <kbd key={cap}>{cap}</kbd>
    ))}
  </span>
)

interface KeyRowProps {
  name: KeyName
  changed: ChangedKeys
  onChange: (changed: Record<string, string>) => void
}

/** Something that a person may give another key: the keys are a button, and the next combination pressed on it is theirs. */
function KeyRow({ name, changed, onChange }: KeyRowProps) {
  const { t } = useWords()
  const [listening, setListening] = useState(false)
  const [fault, setFault] = useState<(KeyFault & { combination: string }) | null>(null)
  const keys = keysOf(name, changed)
  const saying = {
    taken: () => t('shortcuts.fault_taken'),
    single: () => t('shortcuts.fault_single'),
    used: (by: KeyName) => t('shortcuts.fault_used', { what: t(`shortcuts.${by}`) }),
  }
  const press = (event: KeyboardEvent) => {
    if (!listening || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return setListening(false)
    const combination = combinationOf(event)
    if (combination === null) return
    const found = keyFault(name, combination, changed)
    setFault(found && { ...found, combination })
    if (found) return
    setListening(false)
    onChange(withKey(changed, name, combination))
  }
  const leave = () => {
    setListening(false)
    setFault(null)
  }
  const spoken = keys.map((key) => capsOf(key).join(' ')).join(t('shortcuts.or'))
  return (
    <div className="shortcut-row">
      <dt>{t(`shortcuts.${name}`)}</dt>
      <dd>
        {changed[name] !== undefined && (
          <IconButton
            size="small"
            label={t('shortcuts.resetOne', { what: t(`shortcuts.${name}`) })}
            onPress={() => onChange(withKey(changed, name, null))}
          >
            <RotateCcw className="icon" />
          </IconButton>
        )}
        <button
          type="button"
          className="shortcut-keys"
          aria-pressed={listening}
          onClick={() => setListening(true)}
          onKeyDown={press}
          onBlur={leave}
        >
          <span className="visually-hidden">
            {t(listening ? 'shortcuts.listeningFor' : 'shortcuts.change', { what: t(`shortcuts.${name}`), keys: spoken })}
          </span>
          <span className="shortcut-shown" aria-hidden>
            {listening ? t('shortcuts.listening') : keys.map((key) => <Caps key={key} combination={key} />)}
          </span>
        </button>
      </dd>
      {fault && (
        <dd className="shortcut-fault">
          <p className="field-error" role="alert">
            <Caps combination={fault.combination} /> {fault.kind === 'used' ? saying.used(fault.by) : saying[fault.kind]()}
          </p>
        </dd>
      )}
    </div>
  )
}

/** Every key the window knows, in one sheet; each can be given another one. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const changed = useSettings().keys ?? {}
  const { change, error, reset } = useChangeSettings()
  const put = (keys: Record<string, string>) => void change({ keys })
  return (
    <Dialog
      title={t('shortcuts.title')}
      onClose={onClose}
      reading
      foot={
        <Button onPress={() => put({})} isDisabled={Object.keys(changed).length === 0}>
          <RotateCcw className="icon" aria-hidden />
          {t('shortcuts.resetAll')}
        </Button>
      }
    >
      {error !== null && <ErrorNotice error={error} onDismiss={reset} />}
      <p className="quiet shortcut-intro">{t('shortcuts.intro')}</p>
      {GROUPS.map(({ title, rows }) => (
        <section key={title} className="shortcut-group" aria-label={t(`shortcuts.${title}`)}>
          <h3>{t(`shortcuts.${title}`)}</h3>
          <dl>
            {rows.map((row) =>
              'name' in row ? (
                <KeyRow key={row.name} name={row.name} changed={changed} onChange={put} />
              ) : (
                <div key={row.words} className="shortcut-row">
                  <dt>{t(`shortcuts.${row.words}`)}</dt>
                  <dd className="shortcut-fixed">
                    {row.keys.map((key) => (
                      <Caps key={key} combination={key} />
                    ))}
                  </dd>
                </div>
              ),
            )}
          </dl>
        </section>
      ))}
    </Dialog>
  )
}
