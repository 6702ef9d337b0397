import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Button,
  Checkbox as AriaCheckbox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
  TextArea,
  TextField as AriaTextField,
} from 'react-aria-components'

interface TextFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  /** Shown instead of the hint, and read aloud; null when the value is fine. */
  error?: string | null
  hint?: string
  placeholder?: string
  rows?: number
  required?: boolean
  hideLabel?: boolean
  disabled?: boolean
  inputMode?: 'numeric' | 'text'
  /** Takes the focus when its dialog opens: the dialog exists to write here. */
  focusFirst?: boolean
}

/** One line, or several with `rows`. */
export function TextField({
  label,
  value,
  onChange,
  error = null,
  hint,
  rows,
  placeholder,
  hideLabel,
  inputMode,
  ...rest
}: TextFieldProps) {
  return (
    <AriaTextField
      className="field"
      value={value}
      onChange={onChange}
      isInvalid={error !== null}
      isRequired={rest.required ?? false}
      isDisabled={rest.disabled ?? false}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- only as `focusFirst` in a dialog, which moves the focus anyway
      autoFocus={rest.focusFirst ?? false}
      validationBehavior="aria"
    >
      <Label className={hideLabel ? 'visually-hidden' : 'field-label'}>{label}</Label>
      {rows ? (
        <TextArea className="text-input" rows={rows} placeholder={placeholder} />
      ) : (
        <Input className="text-input" placeholder={placeholder} inputMode={inputMode} />
      )}
      {hint && error === null && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </AriaTextField>
  )
}

export interface Choice<T extends string> {
  id: T
  label: string
}

interface SelectFieldProps<T extends string> {
  label: string
  value: T | null
  choices: readonly Choice<T>[]
  onChange: (value: T) => void
  placeholder: string
  hideLabel?: boolean
  invalid?: boolean
  disabled?: boolean
}

/** One choice out of a list. */
export function SelectField<T extends string>({
  label,
  value,
  choices,
  onChange,
  placeholder,
  hideLabel,
  invalid,
  disabled,
}: SelectFieldProps<T>) {
  return (
    <Select
      className="field"
      value={value}
      onChange={(key) => {
        const choice = choices.find(({ id }) => id === key)
        if (choice) onChange(choice.id)
      }}
      placeholder={placeholder}
      isInvalid={invalid ?? false}
      isDisabled={disabled ?? false}
    >
      <Label className={hideLabel ? 'visually-hidden' : 'field-label'}>{label}</Label>
      <Button className="select-button">
        <SelectValue />
        <ChevronDown className="icon" aria-hidden />
      </Button>
      <Popover className="popover" offset={4}>
        <ListBox className="list-box" items={choices}>
          {(choice) => (
            <ListBoxItem className="list-box-item" id={choice.id} textValue={choice.label}>
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  )
}

interface CheckboxProps {
  isSelected: boolean
  isDisabled?: boolean
  onChange: (selected: boolean) => void
  label?: string
  children?: ReactNode
}

/** A tick box; `label` names it when there are no words beside it. */
export const Checkbox = ({ label, children, ...props }: CheckboxProps) => (
  <AriaCheckbox {...props} className="checkbox" aria-label={label}>
    <span className="box" aria-hidden>
      <Check className="icon" strokeWidth={3.5} />
    </span>
    {children}
  </AriaCheckbox>
)
