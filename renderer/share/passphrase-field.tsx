import { Input, Label, Text, TextField } from 'react-aria-components'

interface PassphraseFieldProps {
  label: string
  hint?: string
  value: string
  onChange: (value: string) => void
}

/** Words that nobody beside the reader should read from the screen; never kept and never suggested again. */
export const PassphraseField = ({ label, hint, value, onChange }: PassphraseFieldProps) => (
  <TextField className="field" type="password" autoComplete="off" value={value} onChange={onChange}>
    <Label className="field-label">{label}</Label>
    <Input className="text-input" />
    {hint && (
      <Text slot="description" className="field-hint">
        {hint}
      </Text>
    )}
  </TextField>
)
