import { useEffect, useRef, type RefObject } from 'react'

/** The dialog that was opened last lies above the others. */
const isTopmost = (dialog: HTMLElement) => [...document.querySelectorAll('[role="dialog"]')].at(-1) === dialog

/**
 * A button that was pressed and is gone with the content around it leaves the focus on the page behind, where a dialog hears no key: not
 * Escape, not Tab. The focus comes back to the dialog, and an Escape that was quicker closes it all the same.
 */
export function useKeptFocus(onEscape: (() => void) | null): RefObject<HTMLElement | null> {
  const ref = useRef<HTMLElement | null>(null)
  useEffect(() => {
    const dialog = ref.current
    if (dialog === null) return undefined
    const isLost = () => (document.activeElement ?? document.body) === document.body && isTopmost(dialog)
    let frame = 0
    const bringBack = () => {
      frame = 0
      if (isLost()) dialog.focus()
    }
    // Two frames: whatever gives the focus to something better (a field, the button that opened a dialog above) has done so by then.
    const observer = new MutationObserver(() => {
      if (frame === 0) frame = requestAnimationFrame(() => (frame = requestAnimationFrame(bringBack)))
    })
    observer.observe(dialog, { childList: true, subtree: true })
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
    }
  }, [])
  useEffect(() => {
    if (onEscape === null) return undefined
    const press = ({ key, target }: KeyboardEvent) => {
      if (key === 'Escape' && target === document.body && ref.current !== null && isTopmost(ref.current)) onEscape()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [onEscape])
  return ref
}
