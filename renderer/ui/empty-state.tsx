import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  icon: LucideIcon
  title: string
  children?: ReactNode
}

/** Nothing to show, said calmly, with what to do about it. */
export const EmptyState = ({ icon: Icon, title, children }: EmptyStateProps) => (
  <div className="empty">
    <Icon className="icon" strokeWidth={1.5} aria-hidden />
    <strong>{title}</strong>
    {children}
  </div>
)
