import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useWords } from '../i18n/use-words.ts'
import { IconButton } from './button.tsx'
import { useKeptFocus } from './kept-focus.ts'

interface DialogProps {
  title: string
  size?: 'small' | 'medium' | 'wide'
  onClose: () => void
  /** False while closing would lose work in progress. */
  dismissable?: boolean
  foot?: ReactNode
  /** The body is only read: it takes the focus itself, so that the arrow keys scroll it. */
  reading?: boolean
  children: ReactNode
}

/** A modal dialog with a title, a close button, a scrolling body and an optional row of actions. */
export function Dialog({ title, size = 'small', onClose, dismissable = true, reading = false, foot, children }: DialogProps) {
  const { t } = useWords()
  const kept = useKeptFocus(dismissable ? onClose : null)
  return (
    <ModalOverlay
      className="scrim"
      isOpen
      isDismissable={dismissable}
      isKeyboardDismissDisabled={!dismissable}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Modal className={`modal ${size}`}>
        <AriaDialog className="dialog" ref={kept}>
          <header className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton label={t('common.close')} onPress={onClose} isDisabled={!dismissable}>
              <X className="icon" />
            </IconButton>
          </header>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see `reading` */}
          <div className="dialog-body" tabIndex={reading ? 0 : undefined}>
            {children}
          </div>
          {foot && <footer className="dialog-foot">{foot}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
