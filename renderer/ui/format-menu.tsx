import { ChevronDown, type LucideIcon } from 'lucide-react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { Button } from './button.tsx'

interface FormatMenuProps<T extends string> {
  label: string
  formats: readonly { id: T; icon: LucideIcon; label: string }[]
  isDisabled: boolean
  onChoose: (format: T) => void
}

/** The formats that something leaves in, behind one button. */
export function FormatMenu<T extends string>({ label, formats, isDisabled, onChoose }: FormatMenuProps<T>) {
  return (
    <MenuTrigger>
      <Button size="small" isDisabled={isDisabled}>
        {label}
        <ChevronDown className="icon" aria-hidden />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu
          className="menu"
          onAction={(key) => {
            const chosen = formats.find(({ id }) => id === key)
            if (chosen) onChoose(chosen.id)
          }}
        >
          {formats.map(({ id, icon: Icon, label: words }) => (
            <MenuItem key={id} id={id} className="menu-item" textValue={words}>
              <Icon className="icon" aria-hidden />
              {words}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
