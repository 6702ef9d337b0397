import { everyScreen, firstPlan, goTo } from './every-screen.ts'
import { expect, test } from './fixtures.ts'

test.use({ viewport: { width: 1280, height: 720 }, prepared: 'shelved' })

/**
 * Result tables and parts of a memo are named by the core, in the language that it is asked for: words of both languages stand beside each
 * other there (`core/tables`, `core/memo`), and no mark is put on them.
 */
const NAMED_BY_CORE = ['results', 'memo']

/** What a plan, its files and its checklist say in their own words; numbers, keys and codes: nothing that a screen translates. */
const OWN_WORDS = [
  /^[\W\d_]*$/,
  /^[A-Z]\d{2}\b/,
  /^(EPSG:|CGCS2000|WGS)/,
  /^(Ctrl|Alt|Shift|Enter|Esc|Escape|Home|F\d+|Space|Backspace|[A-Z])$/,
  /^[\d.,\s–%:]+\s*(ha|mu|m|m²|km|km²|s|×|pp|people|N)?$/,
  /English/,
  /^Qinglan territorial/,
  /^\d+ \w{3} \d{4}$/,
  // The control library's own word for closing.
  /^Dismiss$/,
  /\p{Script=Han}/u,
]

/** Texts without the marks of a translation, and texts that are cut without saying the rest anywhere. */
const lookAround = () => {
  const isShown = (element: Element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
  const bare: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = (node.textContent ?? '').trim()
    const owner = node.parentElement
    if (text === '' || owner === null || !isShown(owner)) continue
    if (owner.closest('svg, script, style, .memo-sheet, input, textarea') !== null) continue
    const isMarked = [owner, owner.parentElement].some((one) => one?.textContent?.includes('⟦') === true)
    if (!isMarked) bare.push(text)
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder]')) {
    const text = element.getAttribute('aria-label') ?? element.getAttribute('placeholder') ?? ''
    if (text !== '' && isShown(element) && !text.includes('⟦')) bare.push(text)
  }
  const cut = [...document.querySelectorAll<HTMLElement>('body *')]
    .filter((element) => {
      const isHiding = ['hidden', 'clip'].includes(getComputedStyle(element).overflowX)
      if (!isHiding || element.clientWidth < 8 || element.scrollWidth <= element.clientWidth + 1) return false
      const hasOwnText = [...element.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && one.textContent?.trim() !== '')
      return hasOwnText && isShown(element) && element.closest('[title], .map-canvas, .visually-hidden') === null
    })
    .map((element) => `${element.className}: ${element.textContent?.slice(0, 60)}`)
  /** Words of a control, a heading or a mark that reach beyond a box which hides what does not fit. */
  const isOutside = (element: Element) => {
    const words = document.createRange()
    words.selectNodeContents(element)
    const { left, right, top, bottom } = words.getBoundingClientRect()
    for (let box = element.parentElement; box !== null && box !== document.body; box = box.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(box)
      // what is scrolled to is not lost
      if ([overflowX, overflowY].some((one) => one === 'auto' || one === 'scroll')) return false
      const edge = box.getBoundingClientRect()
      if (['hidden', 'clip'].includes(overflowX) && (right > edge.right + 1 || left < edge.left - 1)) return true
      if (['hidden', 'clip'].includes(overflowY) && (bottom > edge.bottom + 1 || top < edge.top - 1)) return true
    }
    return false
  }
  for (const element of document.querySelectorAll('button *, [role="tab"] *, h1, h2, h3, h4, .chip, .badge, th, legend, label')) {
    const hasOwnText = [...element.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && one.textContent?.trim() !== '')
    if (!hasOwnText || !isShown(element) || element.closest('[title], .map-canvas, .visually-hidden, svg') !== null) continue
    if (isOutside(element)) cut.push(`${element.className} outside its box: ${element.textContent?.slice(0, 60)}`)
  }
  return { bare, cut }
}

test('no screen shows a text that nobody translated, or cuts one', async ({ page, host, review }) => {
  await page.goto('about:blank')
  await page.addInitScript(() => localStorage.setItem('greenprint.words', 'pseudo'))
  await page.goto(await host.restart())
  // The page that lost its host complained, rightly.
  review.complaints.length = 0
  await page.getByRole('button', { name: 'English', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('⟦')
  const wrong = new Set<string>()
  const look = async (name: string) => {
    const { bare, cut } = await page.evaluate(lookAround)
    if (!NAMED_BY_CORE.includes(name))
      for (const text of bare) if (!OWN_WORDS.some((own) => own.test(text))) wrong.add(`${name}, not translated: ${text}`)
    for (const text of cut) if (![...wrong].some((one) => one.endsWith(text))) wrong.add(`${name}, cut: ${text}`)
  }
  for (const screen of everyScreen(await firstPlan(page))) {
    await goTo(page, screen)
    await look(screen[0])
  }
  for (const index of [1, 2, 3, 0]) {
    await page.locator('.review-tabs').last().getByRole('tab').nth(index).click()
    await look(`tab ${index}`)
  }
  await page.locator('.item-row').first().click()
  await look('item')
  for (const keys of ['Alt+j', 'F1', 'Control+k']) {
    await page.keyboard.press(keys)
    await expect(page.getByRole('dialog')).toBeVisible()
    await look(`dialog ${keys}`)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  }
  await page.keyboard.press('Alt+m')
  await expect(page.locator('.map-words-card')).toContainText('⟦')
  await look('map in words')
  expect([...wrong]).toEqual([])
})
