import { Check, ChevronDown } from 'lucide-react'
import { Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { Button } from '../ui/button.tsx'
import { useTree, type PanelMenu } from './tree-store.ts'

interface NamedMenuProps {
  menu: PanelMenu
  title: string
  label: string
  names: readonly string[]
  /** Names that are in force now. */
  current: ReadonlySet<string>
  none: string
  add: string
  manage: string
  onChoose: (name: string) => void
  onAdd: () => void
  onManage: () => void
}

const NAME = 'name '

/** What was saved under names, behind one button: choosing, adding, and managing them. */
export function NamedMenu({ menu, title, label, names, current, none, add, manage, ...on }: NamedMenuProps) {
  const isOpen = useTree((state) => state.menu === menu)
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={(open) => useTree.setState({ menu: open ? menu : null })}>
      <Button size="small">
        {title}
        <ChevronDown className="icon" aria-hidden />
      </Button>
      <Popover className="popover" placement="bottom start">
        <Menu
          className="menu tree-menu"
          // Opened by a key of the window, too, where no trigger says what takes the focus.
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- a menu that opens has the focus
          autoFocus="first"
          aria-label={label}
          disabledKeys={['none']}
          onAction={(key) => {
            const id = String(key)
            if (id === 'add') on.onAdd()
            else if (id === 'manage') on.onManage()
            else on.onChoose(id.slice(NAME.length))
          }}
        >
          {names.length === 0 && (
            <MenuItem id="none" className="menu-item quiet">
              {none}
            </MenuItem>
          )}
          {names.map((name) => (
            <MenuItem key={name} id={NAME + name} className="menu-item" textValue={name}>
              <span className="tree-check">{current.has(name) && <Check className="icon" aria-hidden />}</span>
              <span className="tree-menu-name">{name}</span>
            </MenuItem>
          ))}
          <Separator className="tree-line" />
          <MenuItem id="add" className="menu-item">
            {add}
          </MenuItem>
          {names.length > 0 && (
            <MenuItem id="manage" className="menu-item">
              {manage}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
