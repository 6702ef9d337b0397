import type { ReactNode } from 'react'
import { Button as AriaButton, Tooltip, TooltipTrigger, type ButtonProps as AriaButtonProps } from 'react-aria-components'

/** How loud a button is; one `primary` at most per view. */
export type ButtonLook = 'plain' | 'primary' | 'danger' | 'bare' | 'link'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children'> {
  look?: ButtonLook
  size?: 'small' | 'medium' | 'large'
  children: ReactNode
}

/** Every button with words on it. */
export const Button = ({ look = 'plain', size = 'medium', ...props }: ButtonProps) => (
  <AriaButton {...props} className={`button ${look} ${size}`} />
)

export interface IconButtonProps extends ButtonProps {
  /** Read aloud and shown as a tooltip: an icon alone is never enough. */
  label: string
}

/** A button that is only an icon; its name is its tooltip. */
export const IconButton = ({ look = 'bare', size = 'medium', label, ...props }: IconButtonProps) => (
  <TooltipTrigger delay={500}>
    <AriaButton {...props} aria-label={label} className={`button icon-only ${look} ${size}`} />
    <Tooltip className="tooltip" offset={6}>
      {label}
    </Tooltip>
  </TooltipTrigger>
)
