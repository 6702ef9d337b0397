import type { KeyboardEvent } from 'react'
import { treeStep } from './tree-keys.ts'

/** Fields of a layer's settings and open menus have a use of their own for arrows. */
const usesArrows = (target: Element) => target.closest('.tree-detail') !== null || target.closest('[role="menu"]') !== null

const partOf = (row: Element | undefined, part: string) =>
  row?.querySelector<HTMLElement>(`[data-part="${part}"] :is(button, input)`)

/** Opens or closes what a row folds, if it folds anything. */
function foldRow(row: Element, open: boolean): void {
  const button = partOf(row, 'fold')
  if (button && (button.getAttribute('aria-expanded') === 'true') !== open) button.click()
}

/** Keys of the tree: from row to row in the same column, folding, and moving what a row holds. */
export const treeKeys =
  (onMove: (row: string, by: 1 | -1) => void) =>
  (event: KeyboardEvent<HTMLElement>): void => {
    const { target } = event
    if (event.nativeEvent.isComposing || !(target instanceof Element) || usesArrows(target)) return
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')]
    const row = target.closest<HTMLElement>('[data-row]')
    const step = row && treeStep(event, rows.indexOf(row), rows.length)
    if (!step) return
    event.preventDefault()
    event.stopPropagation()
    if (step.do === 'move') return onMove(row.dataset['row'] ?? '', step.by)
    if (step.do === 'fold') return foldRow(row, step.open)
    const part = target.closest<HTMLElement>('[data-part]')?.dataset['part'] ?? 'switch'
    const next = rows[step.to]
    ;(partOf(next, part) ?? partOf(next, 'switch'))?.focus()
  }
