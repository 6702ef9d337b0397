import { Filter, FilterX, ListChecks, Plus } from 'lucide-react'
import { useState } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { readExpression } from '#core/attributes/expression.ts'
import type { AttributeLayer } from '#core/contract/attribute-procedures.ts'
import { AppError, describeError } from '#core/errors.ts'
import type { PlanId } from '#core/model/ids.ts'
import { useCommand } from '../api/use-api.tsx'
import { useWords } from '../i18n/use-words.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { TextField } from '../ui/fields.tsx'
import { useAttributes } from './attribute-store.ts'

const asField = (key: string) => (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(key) ? key : `"${key}"`)

/** What is wrong with a filter, in one line; null where it can be read. The backend reads it by the same rules. */
export function useProblem(layer: AttributeLayer) {
  const { lang } = useWords()
  return (text: string): string | null => {
    try {
      readExpression(text, layer.fields)
      return null
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const { cause, next } = describeError(error.toWire(), lang)
      return lang === 'zh' ? `${cause}${next}` : `${cause} ${next}`
    }
  }
}

/** One line in which a filter is written: it filters the table, or selects what meets it; a mistake is named with its place. */
export function FilterForm({ planId, layer }: { planId: PlanId; layer: AttributeLayer }) {
  const { t, say } = useWords()
  const where = useAttributes((state) => state.where)
  const { filter, select } = useAttributes.getState()
  const [text, setText] = useState(where)
  const [problem, setProblem] = useState<string | null>(null)
  const [shown, setShown] = useState(where)
  const problemOf = useProblem(layer)
  const selecting = useCommand('attributes.select')
  // Something else set the filter: a press on a value, another layer.
  if (shown !== where) {
    setShown(where)
    setText(where)
    setProblem(null)
  }
  const apply = (withText: (text: string) => void) => {
    const found = problemOf(text)
    setProblem(found)
    if (found === null) withText(text)
  }
  const write = (next: string) => {
    setText(next)
    if (problem !== null) setProblem(problemOf(next))
  }
  return (
    <form
      className="attribute-filter"
      onSubmit={(event) => {
        event.preventDefault()
        apply(filter)
      }}
    >
      <MenuTrigger>
        <IconButton size="small" label={t('attributes.insertField')}>
          <Plus className="icon" />
        </IconButton>
        <Popover className="popover" placement="top start">
          <Menu
            className="menu attribute-fields"
            onAction={(key) => write(`${text}${text === '' || text.endsWith(' ') ? '' : ' '}${asField(String(key))} `)}
          >
            {layer.fields.map(({ key, label }) => (
              <MenuItem key={key} id={key} className="menu-item" textValue={key}>
                {say(label)}
                {say(label) !== key && <code>{key}</code>}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <TextField
        label={t('attributes.filter')}
        hideLabel
        placeholder={t('attributes.filterHint')}
        value={text}
        onChange={write}
        error={problem}
      />
      <Button size="small" type="submit">
        <Filter className="icon" aria-hidden />
        {t('attributes.applyFilter')}
      </Button>
      <Button
        size="small"
        isDisabled={text.trim() === '' || selecting.busy}
        onPress={() =>
          apply(
            (expression) =>
              void selecting
                .run({ planId, layerId: layer.id, where: expression })
                .then((done) => done && select([done.output], 'replace')),
          )
        }
      >
        <ListChecks className="icon" aria-hidden />
        {t('attributes.selectByFilter')}
      </Button>
      {where !== '' && (
        <IconButton size="small" label={t('attributes.clearFilter')} onPress={() => filter('')}>
          <FilterX className="icon" />
        </IconButton>
      )}
      {selecting.error !== null && <ErrorNotice error={selecting.error} onDismiss={selecting.reset} />}
    </form>
  )
}
