import { Trash2, Waypoints, X } from 'lucide-react'
import { useState } from 'react'
import { ToggleButton } from 'react-aria-components'
import { roleInfo } from '#core/model/roles.ts'
import { useWords } from '../i18n/use-words.ts'
import { useUi } from '../state/ui-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { SelectField, TextField } from '../ui/fields.tsx'
import { ClassPicker } from './class-picker.tsx'
import type { EditSource } from './edit-sources.ts'
import { readIds, readValue } from './edit-values.ts'
import { useOptions, type ChosenFeature } from './option-store.ts'
import { MOST_CHOSEN, type EditActions } from './use-edit-actions.ts'

const LISTED = 6

/** Chooses features without the map: by their numbers, or those that are lit up. */
function ByNumber({ source: { role, layerId, title } }: { source: EditSource }) {
  const { t, say } = useWords()
  const [typed, setTyped] = useState('')
  const highlights = useUi((state) => state.highlights)
  const { choose, chosen } = useOptions.getState()
  const lit = highlights.filter((one) => one.role === role).flatMap(({ fids }) => [...fids])
  const add = (fids: readonly number[]) =>
    choose(fids.slice(0, MOST_CHOSEN - chosen.length).map((fid) => ({ layerId, fid, title: say(title) })))
  return (
    <>
      <form
        className="option-line"
        onSubmit={(event) => {
          event.preventDefault()
          add(readIds(typed))
          setTyped('')
        }}
      >
        <TextField label={t('options.byNumber')} value={typed} onChange={setTyped} placeholder="12, 45, 60" />
        <Button type="submit" isDisabled={readIds(typed).length === 0}>
          {t('options.choose')}
        </Button>
      </form>
      {lit.length > 0 && (
        <div>
          <Button size="small" onPress={() => add(lit)}>
            {t('options.chooseLit', { count: lit.length })}
          </Button>
        </div>
      )}
    </>
  )
}

/** What the option itself drew, to be changed again: each a button that chooses it. */
function Drawings({ actions: { drawings, chosenOf } }: { actions: EditActions }) {
  const { t } = useWords()
  const chosen = useOptions((state) => state.chosen)
  const { choose } = useOptions.getState()
  if (drawings.length === 0) return null
  return (
    <div className="row row-wrap option-drawings" role="group" aria-label={t('options.drawings')}>
      <span className="quiet">{t('options.drawings')}</span>
      {drawings.map((drawing) => {
        const one = chosenOf(drawing)
        return (
          <ToggleButton
            key={drawing.number}
            className="button small"
            isSelected={chosen.some(({ layerId, fid }) => layerId === null && fid === one.fid)}
            onChange={() => choose([one], { toggle: true })}
          >
            {one.title}
          </ToggleButton>
        )
      })}
    </div>
  )
}

/** The number by which the plan knows a feature; what was drawn has none. */
const idWords = ({ layerId, fid }: ChosenFeature): string => (layerId === null ? '' : `#${fid}`)

function Chosen() {
  const { t } = useWords()
  const chosen = useOptions((state) => state.chosen)
  const { drop, clear } = useOptions.getState()
  return (
    <>
      <div className="row" aria-live="polite">
        <strong>{t('options.chosen', { count: chosen.length })}</strong>
        <span className="spacer" />
        {chosen.length > 0 && (
          <Button look="link" size="small" onPress={clear}>
            {t('options.chooseNone')}
          </Button>
        )}
      </div>
      {chosen.length > 0 && (
        <ul className="option-chosen">
          {chosen.slice(-LISTED).map((feature) => (
            <li key={`${feature.layerId} ${feature.fid}`}>
              <span>
                {feature.title} <span className="quiet number">{idWords(feature)}</span>
              </span>
              <IconButton
                size="small"
                label={t('options.drop', { feature: `${feature.title} ${idWords(feature)}`.trim() })}
                onPress={() => drop(feature)}
              >
                <X className="icon" />
              </IconButton>
            </li>
          ))}
          {chosen.length > LISTED && <li className="quiet">{t('options.moreChosen', { count: chosen.length - LISTED })}</li>}
        </ul>
      )}
    </>
  )
}

/** Sets one attribute of what is chosen. */
function SetAttribute({ source, actions }: { source: EditSource; actions: EditActions }) {
  const { t, say } = useWords()
  const fields = Object.entries(roleInfo(source.role).fields).filter(([name]) => name !== 'class')
  const [wanted, setName] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  const count = useOptions((state) => state.chosen.length)
  const [name, field] = fields.find(([id]) => id === wanted) ?? fields[0] ?? []
  if (name === undefined || field === undefined) return null
  const read = readValue(field, typed)
  return (
    <form
      className="option-attribute"
      onSubmit={(event) => {
        event.preventDefault()
        if (read) void actions.setAttribute(name, field, read.value)
      }}
    >
      <SelectField
        label={t('options.attribute')}
        value={name}
        choices={fields.map(([id, { title }]) => ({ id, label: unitTitle(id, say(title)) }))}
        onChange={setName}
        placeholder=""
      />
      <TextField
        label={t('options.value')}
        value={typed}
        onChange={setTyped}
        error={read === null ? t(field.type === 'number' ? 'options.notNumber' : 'options.notYesNo') : null}
        placeholder={field.type === 'boolean' ? t('options.yesNo') : ''}
      />
      <Button type="submit" isDisabled={read === null || count === 0 || actions.busy}>
        {t('options.set')}
      </Button>
    </form>
  )
}

/** The green ratio is told in percent, as detailed plans write it. */
const unitTitle = (id: string, title: string) => (id === 'greenRatio' ? `${title} (%)` : title)

/** Selecting and painting: what is chosen, and what can be done with it in one step. */
export function SelectionTool({ actions }: { actions: EditActions }) {
  const { t, say } = useWords()
  const count = useOptions((state) => state.chosen.length)
  const code = useOptions((state) => state.code)
  const tool = useOptions((state) => state.tool)
  const selectFrom = useOptions((state) => state.selectFrom)
  const { sources, source, busy } = actions
  if (source === null) return <p className="quiet">{t('options.noLayer')}</p>
  const hasClass = 'class' in roleInfo(source.role).fields
  return (
    <>
      <p className="quiet">{t(tool === 'paint' ? 'options.paintHint' : 'options.selectHint')}</p>
      <SelectField
        label={t('options.layer')}
        value={source.id}
        choices={sources.map(({ id, layerId, title }) => ({
          id,
          label: layerId === null ? `${say(title)} · ${t('options.change_drawn')}` : say(title),
        }))}
        onChange={selectFrom}
        placeholder=""
      />
      {source.layerId !== null && <ByNumber source={source} />}
      <Drawings actions={actions} />
      <Chosen />
      {hasClass && (
        <div className="option-line">
          <ClassPicker />
          <Button look="primary" isDisabled={count === 0 || code === null || busy} onPress={() => void actions.recode()}>
            {t('options.recode')}
          </Button>
        </div>
      )}
      <SetAttribute source={source} actions={actions} />
      <div className="row row-wrap">
        <Button size="small" isDisabled={count !== 1 || busy} onPress={() => void actions.startReshape()}>
          <Waypoints className="icon" aria-hidden />
          {t('options.reshape')}
        </Button>
        <Button size="small" look="danger" isDisabled={count === 0 || busy} onPress={() => void actions.remove()}>
          <Trash2 className="icon" aria-hidden />
          {t('options.deleteChosen')}
        </Button>
      </div>
    </>
  )
}
