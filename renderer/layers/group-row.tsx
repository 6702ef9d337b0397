import { Check, ChevronDown, ChevronRight, Ellipsis, GripVertical, Minus } from 'lucide-react'
import type { HTMLAttributes } from 'react'
import { Checkbox, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import type { LayerGroup } from '#core/map/layer-groups.ts'
import { useWords } from '../i18n/use-words.ts'
import { IconButton } from '../ui/button.tsx'

interface GroupRowProps {
  group: LayerGroup
  isClosed: boolean
  /** How many of its layers are shown, of how many. */
  shown: number
  count: number
  canMove: readonly [up: boolean, down: boolean]
  onFold: () => void
  onSwitch: (visible: boolean) => void
  onMove: (by: 1 | -1) => void
  handle: HTMLAttributes<HTMLElement>
}

/** The line of a group: folds it, switches all of it, and has the rest behind one button. */
export function GroupRow({ group, isClosed, shown, count, canMove, onFold, onSwitch, onMove, handle }: GroupRowProps) {
  const { t, say } = useWords()
  const title = say(group.title)
  const isSome = shown > 0 && shown < count
  const Chevron = isClosed ? ChevronRight : ChevronDown
  const acts = {
    up: () => onMove(-1),
    down: () => onMove(1),
    show: () => onSwitch(true),
    hide: () => onSwitch(false),
  }
  const disabled = [canMove[0] ? '' : 'up', canMove[1] ? '' : 'down', shown === count ? 'show' : '', shown === 0 ? 'hide' : '']
  return (
    <div className="tree-row tree-group-row" data-row={`group ${group.id}`}>
      <span className="tree-grip" title={t('layers.drag', { name: title })} {...handle}>
        <GripVertical className="icon" aria-hidden />
      </span>
      <span className="tree-fold" data-part="fold">
        <IconButton
          size="small"
          label={t(isClosed ? 'layers.openGroup' : 'layers.closeGroup', { group: title })}
          aria-expanded={!isClosed}
          onPress={onFold}
        >
          <Chevron className="icon" />
        </IconButton>
      </span>
      <span data-part="switch">
        <Checkbox
          className="checkbox"
          isSelected={shown === count}
          isIndeterminate={isSome}
          onChange={onSwitch}
          aria-label={t('layers.showGroup', { group: title })}
        >
          <span className="box" aria-hidden>
            {isSome ? <Minus className="icon" strokeWidth={3.5} /> : <Check className="icon" strokeWidth={3.5} />}
          </span>
        </Checkbox>
      </span>
      <h3 className="tree-title" title={title}>
        {title}
      </h3>
      <span className="quiet number tree-count">{`${shown}/${count}`}</span>
      <span data-part="more">
        <MenuTrigger>
          <IconButton size="small" label={t('layers.groupMenu', { group: title })}>
            <Ellipsis className="icon" />
          </IconButton>
          <Popover className="popover" placement="bottom end">
            <Menu
              className="menu"
              disabledKeys={disabled.filter(Boolean)}
              onAction={(key) => acts[String(key) as keyof typeof acts]()}
            >
              <MenuItem id="up" className="menu-item">
                {t('layers.up')}
              </MenuItem>
              <MenuItem id="down" className="menu-item">
                {t('layers.down')}
              </MenuItem>
              <MenuItem id="show" className="menu-item">
                {t('layers.showAll')}
              </MenuItem>
              <MenuItem id="hide" className="menu-item">
                {t('layers.hideAll')}
              </MenuItem>
            </Menu>
          </Popover>
        </MenuTrigger>
      </span>
    </div>
  )
}
