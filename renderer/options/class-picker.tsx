import { ChevronDown } from 'lucide-react'
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { isLandClass, LAND_CLASSES } from '#core/reference/land-class-list.ts'
import { useWords } from '../i18n/use-words.ts'
import { useOptions } from './option-store.ts'

/** Finds a class of the 2023 classification by code or by a part of its name. */
export function ClassPicker() {
  const { t, say } = useWords()
  const code = useOptions((state) => state.code)
  const setCode = useOptions((state) => state.setCode)
  const classes = LAND_CLASSES.map((entry) => ({ id: entry.code, label: `${entry.code} ${say(entry)}`, colour: entry.colour }))
  return (
    <ComboBox
      className="field"
      value={code}
      onChange={(key) => setCode(typeof key === 'string' && isLandClass(key) ? key : null)}
      defaultItems={classes}
      menuTrigger="focus"
    >
      <Label className="field-label">{t('options.class')}</Label>
      <div className="combo">
        <Input className="text-input" placeholder={t('options.classHint')} />
        <Button className="combo-button">
          <ChevronDown className="icon" aria-hidden />
        </Button>
      </div>
      <Popover className="popover" offset={4}>
        <ListBox className="list-box">
          {(choice: (typeof classes)[number]) => (
            <ListBoxItem className="list-box-item" id={choice.id} textValue={choice.label}>
              <svg className="class-chip" viewBox="0 0 12 12" aria-hidden>
                <rect width="12" height="12" rx="2" fill={choice.colour} />
              </svg>
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
