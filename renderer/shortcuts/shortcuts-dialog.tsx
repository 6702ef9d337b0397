import { useWords } from '../i18n/use-words.ts'
import { Dialog } from '../ui/dialog.tsx'

const GROUPS = [
  {
    title: 'shortcuts.general',
    rows: [
      ['shortcuts.undo', [['Ctrl', 'Z']]],
      [
        'shortcuts.redo',
        [
          ['Ctrl', 'Y'],
          ['Ctrl', 'Shift', 'Z'],
        ],
      ],
      ['shortcuts.save', [['Ctrl', 'S']]],
      ['shortcuts.help', [['F1'], ['?']]],
      ['shortcuts.escape', [['Esc']]],
    ],
  },
  {
    title: 'shortcuts.review',
    rows: [
      ['shortcuts.memo', [['Ctrl', 'P']]],
      ['shortcuts.results', [['Alt', 'T']]],
      ['shortcuts.cells', [['←'], ['→'], ['↑'], ['↓']]],
      ['shortcuts.openFigure', [['Enter']]],
      ['shortcuts.comment', [['C']]],
      ['shortcuts.nextItem', [['Alt', '↓']]],
      ['shortcuts.previousItem', [['Alt', '↑']]],
      ['shortcuts.panels', [['F6']]],
      ['shortcuts.resizePanel', [['←'], ['→']]],
    ],
  },
  {
    title: 'shortcuts.drawing',
    rows: [
      ['shortcuts.hair', [['←'], ['→'], ['↑'], ['↓']]],
      ['shortcuts.hairFine', [['Shift', '→']]],
      ['shortcuts.setPlace', [['Enter'], ['Space']]],
      ['shortcuts.endMark', [['Enter']]],
      ['shortcuts.lastPlace', [['Backspace']]],
      ['shortcuts.snap', [['S']]],
      ['shortcuts.nextPlace', [['N']]],
      ['shortcuts.cancelMark', [['Esc']]],
    ],
  },
] as const

/** Every key the window knows, in one sheet. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  return (
    <Dialog title={t('shortcuts.title')} onClose={onClose} reading>
      {GROUPS.map(({ title, rows }) => (
        <section key={title} className="shortcut-group">
          <h3>{t(title)}</h3>
          <dl>
            {rows.map(([words, ways]) => (
              <div key={words} className="shortcut-row">
                <dt>{t(words)}</dt>
                {ways.map((keys) => (
                  <dd key={keys.join('+')}>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dd>
                ))}
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  )
}
