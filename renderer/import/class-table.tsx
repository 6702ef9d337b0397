import { ChevronDown } from 'lucide-react'
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { isLandClass, LAND_CLASSES } from '#core/reference/land-class-list.ts'
import { formatCount } from '../format/format.ts'
import { useWords } from '../i18n/use-words.ts'
import type { LayerDraft } from '#core/intake/draft.ts'

const isLandUse = (role: LayerDraft['role']) => role === 'landuse_base' || role === 'landuse_plan'

/** Finds a class by code or name; nothing chosen means that the value stays unknown, on purpose. */
function ClassBox({ source, code, onChange }: { source: string; code: string; onChange: (code: string) => void }) {
  const { t, say } = useWords()
  const classes = LAND_CLASSES.map((landClass) => ({ id: landClass.code, label: `${landClass.code} ${say(landClass)}` }))
  return (
    <ComboBox
      className="field"
      value={code === '' ? null : code}
      onChange={(key) => onChange(typeof key === 'string' && isLandClass(key) ? key : '')}
      defaultItems={classes}
      menuTrigger="focus"
    >
      <Label className="visually-hidden">{`${t('importing.classCode')}: ${source}`}</Label>
      <div className="combo">
        <Input className="text-input" placeholder={`${t('importing.classPlaceholder')} · ${t('importing.classIgnore')}`} />
        <Button className="combo-button">
          <ChevronDown className="icon" aria-hidden />
        </Button>
      </div>
      <Popover className="popover" offset={4}>
        <ListBox className="list-box">
          {(choice: (typeof classes)[number]) => (
            <ListBoxItem className="list-box-item" id={choice.id} textValue={choice.label}>
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}

function UnknownClasses({ layer, onChange }: { layer: LayerDraft; onChange: (layer: LayerDraft) => void }) {
  const { t, lang } = useWords()
  const unknown = layer.found.classes.filter(({ code }) => code === null)
  return (
    <table className="table class-table">
      <thead>
        <tr>
          <th>{t('importing.classSource')}</th>
          <th className="right">{t('importing.classCount')}</th>
          <th>{t('importing.classCode')}</th>
        </tr>
      </thead>
      <tbody>
        {unknown.map(({ source, count }) => (
          <tr key={source}>
            <td>{source}</td>
            <td className="right number">{formatCount(count, lang)}</td>
            <td>
              <ClassBox
                source={source}
                code={layer.classes[source] ?? ''}
                onChange={(code) => onChange({ ...layer, classes: { ...layer.classes, [source]: code } })}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** How many chips of known classes are shown; the rest is a number. */
const MOST_CHIPS = 24

/** Land classes as the file writes them; those that no crosswalk knows get a code here, or stay unknown on purpose. */
export function ClassTable({ layer, onChange }: { layer: LayerDraft; onChange: (layer: LayerDraft) => void }) {
  const { t, lang } = useWords()
  const { classes } = layer.found
  if (!isLandUse(layer.role) || classes.length === 0) return null
  const known = classes.filter(({ code }) => code !== null)
  const unknown = classes.length - known.length
  return (
    <section className="stack">
      <h4 className="row row-wrap">
        {t('importing.classes')} <span className="chip good">{t('importing.classesKnown', { count: known.length })}</span>
        {unknown > 0 && <span className="chip warn">{t('importing.classesUnknown', { count: unknown })}</span>}
      </h4>
      {unknown > 0 && <UnknownClasses layer={layer} onChange={onChange} />}
      <ul className="row row-wrap known-classes">
        {known.slice(0, MOST_CHIPS).map(({ source, code, count }) => (
          <li key={source} className="chip number">
            {source === code ? source : `${source} → ${code}`} <span className="quiet">{formatCount(count, lang)}</span>
          </li>
        ))}
        {known.length > MOST_CHIPS && <li className="quiet number">+{known.length - MOST_CHIPS}</li>}
      </ul>
    </section>
  )
}
