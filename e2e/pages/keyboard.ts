import { expect, type Locator, type Page } from '@playwright/test'

/** More presses than this to get somewhere, and nobody would. */
const MOST_PRESSES = 100
/** Groups in which the arrow keys move, and the Tab key leaves. */
const GROUPS = '[role="toolbar"], [role="tablist"], [role="radiogroup"], [role="menu"], [role="listbox"], [role="grid"] tbody'

type Way = 'there' | 'F6' | 'Tab' | 'Shift+Tab' | 'ArrowRight' | 'ArrowLeft' | 'ArrowDown' | 'ArrowUp'

/** A person without a mouse: everything is reached with Tab, F6 and arrows, and pressed with Enter or Space. */
export class Keyboard {
  readonly page: Page
  /** How many keys it took so far. */
  presses = 0

  constructor(page: Page) {
    this.page = page
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.presses += 1
      await this.page.keyboard.press(key)
    }
  }

  /** Moves the focus to something, as a person would who looks where it is. Fails where the keys do not lead there, or one cannot see it. */
  async reach(target: Locator): Promise<void> {
    await expect(target).toBeVisible()
    for (let count = 0; count < MOST_PRESSES; count += 1) {
      const way = await this.#wayTo(target)
      if (way === 'there') return this.#expectSeen(target)
      await this.press(way)
    }
    const at = await this.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? 'nothing')
    throw new Error(`the keyboard does not get to ${String(target)}; it is at ${at}`)
  }

  async pressOn(target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await this.reach(target)
    await this.press(key)
  }

  /** Writes into a field, over what is there. */
  async write(target: Locator, text: string): Promise<void> {
    await this.reach(target)
    await this.press('Control+a')
    await this.page.keyboard.type(text)
    await expect(target).toHaveValue(text)
  }

  /** Chooses from a list that opens: the button, then the arrows, or the first letters. */
  async choose(button: Locator, option: Locator): Promise<void> {
    await this.pressOn(button)
    await this.pressOn(option)
  }

  async #wayTo(target: Locator): Promise<Way> {
    return target.evaluate((element, groups) => {
      const active = document.activeElement ?? document.body
      if (active === element || element.contains(active)) return 'there' as const
      // F6 goes from panel to panel, and from the last to the first, beside which the bar at the top is.
      const panels = [...document.querySelectorAll('[data-desk-panel]')]
      const [at, to] = [active, element].map((one) => panels.findIndex((panel) => panel.contains(one)))
      const first = panels[0]
      const isAbove = first !== undefined && (first.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0
      const isFree = document.querySelector('[role="dialog"], [role="menu"]') === null
      if (isFree && ((to !== undefined && to >= 0 && to !== at) || (isAbove && at !== undefined && at > 0))) return 'F6' as const
      const group = active.closest(groups)
      const isBehind = (active.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
      if (group?.contains(element) === true) {
        const isColumn = group.tagName === 'TBODY' || ['listbox', 'menu'].includes(group.getAttribute('role') ?? '')
        if (isColumn) return isBehind ? ('ArrowDown' as const) : ('ArrowUp' as const)
        return isBehind ? ('ArrowRight' as const) : ('ArrowLeft' as const)
      }
      // A dialog keeps the focus: beyond its end one comes out at its beginning.
      return isBehind || active === document.body ? ('Tab' as const) : ('Shift+Tab' as const)
    }, GROUPS)
  }

  /** What has the focus must show it: an outline on itself or on what stands for it. */
  async #expectSeen(target: Locator): Promise<void> {
    const isSeen = () =>
      target.evaluate((element) => {
        const active = document.activeElement
        if (active === null) return false
        const isRing = (style: CSSStyleDeclaration) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
        const shows = (one: Element | null): boolean => {
          if (one === null) return false
          const after = getComputedStyle(one, '::after')
          return isRing(getComputedStyle(one)) || (after.content !== 'none' && isRing(after))
        }
        const box = active.getBoundingClientRect()
        const isOnScreen = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth
        // An invisible input stands behind a drawn box; its label carries the ring.
        const label = active.closest('label')
        return (
          isOnScreen &&
          (shows(active) ||
            shows(element) ||
            shows(active.parentElement) ||
            [label, ...(label?.children ?? [])].some((one) => one !== undefined && shows(one)))
        )
      })
    await expect.poll(isSeen, { message: `the focus is not seen on ${String(target)}`, timeout: 3_000 }).toBe(true)
  }
}
