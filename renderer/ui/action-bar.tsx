import { Ellipsis, type LucideIcon } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover, Toolbar } from 'react-aria-components'
import { useWords } from '../i18n/use-words.ts'
import { Button, type ButtonLook } from './button.tsx'
import { useFitting } from './fitting.ts'

export interface BarAction {
  id: string
  icon: LucideIcon
  label: string
  onPress: () => void
  look?: ButtonLook
  isDisabled?: boolean
  /** Which goes behind “More” first where the room is short: the highest. Without a rank it always stands in the bar. */
  rank?: number
}

interface ActionBarProps {
  label: string
  actions: readonly BarAction[]
  /** What always stands before and after the actions, icons mostly. */
  before?: ReactNode
  after?: ReactNode
}

/** Actions with words in one line. Those without room wait behind one button, reached and chosen by keys like all others. */
export function ActionBar({ label, actions, before, after }: ActionBarProps) {
  const { t } = useWords()
  const bar = useRef<HTMLDivElement>(null)
  const fit = useFitting(bar)
  const ranks = actions.flatMap(({ rank }) => rank ?? []).toSorted((a, b) => a - b)
  const waits = ({ rank }: BarAction) => rank !== undefined && ranks.indexOf(rank) >= fit
  const waiting = actions.filter(waits)
  return (
    <Toolbar ref={bar} className="action-bar" aria-label={label}>
      {before}
      {actions.map((action) => (
        <span
          key={action.id}
          {...(action.rank === undefined ? {} : { 'data-rank': action.rank })}
          className={waits(action) ? 'bar-place unseen' : 'bar-place'}
        >
          <Button look={action.look ?? 'plain'} onPress={action.onPress} isDisabled={action.isDisabled ?? false}>
            <action.icon className="icon" aria-hidden />
            {action.label}
          </Button>
        </span>
      ))}
      <span data-more className={waiting.length === 0 ? 'bar-place unseen' : 'bar-place'}>
        <MenuTrigger>
          <Button>
            <Ellipsis className="icon" aria-hidden />
            {t('common.more')}
          </Button>
          <Popover className="popover" placement="bottom end">
            <Menu className="menu" onAction={(id) => waiting.find((action) => action.id === id)?.onPress()}>
              {waiting.map(({ id, icon: Icon, label: words, isDisabled }) => (
                <MenuItem key={id} id={id} className="menu-item" textValue={words} isDisabled={isDisabled ?? false}>
                  <Icon className="icon" aria-hidden />
                  {words}
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      </span>
      {after}
    </Toolbar>
  )
}
