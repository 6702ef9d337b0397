import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Download, type Locator, type Page } from '@playwright/test'

const WCAG_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** The screen as a planner speaks of it. Words are those of the zh-CN interface, in which a page opens in these tests. */
export class ReviewPage {
  readonly page: Page
  /** What the console said; `expectComplaint` takes the expected ones out. */
  readonly complaints: string[]

  constructor(page: Page, complaints: string[]) {
    this.page = page
    this.complaints = complaints
  }

  /** Opens the sample city: from the list of plans where the journey found it there, else it is made. */
  async openSample(): Promise<void> {
    const plan = this.page.locator('.plan-link').first()
    await expect(plan.or(this.page.locator('.first-run')).first()).toBeVisible()
    if (await plan.isVisible()) await plan.click()
    else await this.page.getByRole('button', { name: '打开示例城市' }).click()
    await this.mapDrawn()
    await expect(this.page.getByRole('toolbar', { name: '评审工具栏' })).toBeVisible()
  }

  /** Opens the sample city again after its host was started anew at another address. */
  async reopenSample(url: string): Promise<void> {
    await this.page.goto('about:blank')
    await this.page.goto(url)
    // The page that lost its host complained, rightly.
    this.complaints.length = 0
    await this.page
      .getByRole('link', { name: /青岚市/ })
      .or(this.page.getByRole('button', { name: /青岚市国土/ }))
      .first()
      .click()
    await this.mapDrawn()
  }

  /** Waits for the map of a plan that was just opened; from its overview, which comes first, it goes on to the map. */
  async mapDrawn(): Promise<void> {
    const map = this.page.locator('.map-canvas[data-drawn="yes"]')
    const onwards = this.page.getByRole('button', { name: '进入评审' })
    await expect(map.or(onwards).first()).toBeVisible({ timeout: 60_000 })
    if (await onwards.isVisible()) await onwards.click()
    await expect(map).toBeVisible({ timeout: 60_000 })
  }

  async analyse(): Promise<void> {
    await this.page.getByRole('button', { name: /^(运行分析|重新分析)$/ }).click()
    const done = this.page.getByText('分析完成')
    // On a busy machine the run is announced before it starts.
    const begin = this.page.getByRole('button', { name: '开始分析' })
    await expect(done.or(begin)).toBeVisible({ timeout: 60_000 })
    if (await begin.isVisible()) await begin.click()
    await expect(done).toBeVisible({ timeout: 60_000 })
  }

  /** An action of the top bar: a button, or behind “More” where the window is too narrow for all. */
  async openFromBar(name: string): Promise<void> {
    const bar = this.page.getByRole('toolbar', { name: /^(评审工具栏|Review toolbar)$/ })
    const [action, more] = [bar.getByRole('button', { name, exact: true }), bar.getByRole('button', { name: /^(更多|More)$/ })]
    await expect(action.or(more).first()).toBeVisible()
    if (await action.isVisible()) return action.click()
    await more.click()
    await this.page.getByRole('menuitem', { name, exact: true }).click()
  }

  /** The row of an item in the checklist. */
  item(id: string): Locator {
    return this.page.locator('.item-row').filter({ has: this.page.locator('.item-id', { hasText: id }) })
  }

  async openItem(id: string): Promise<void> {
    const back = this.page.getByRole('button', { name: '返回清单' })
    // A review that is just opened shows neither the list nor the item for a moment.
    await expect(back.or(this.page.locator('.item-row').first()).first()).toBeVisible()
    if (await back.isVisible()) await back.click()
    await this.item(id).click()
    await expect(this.page.getByRole('heading', { name: new RegExp(`^${id}\\b`) })).toBeVisible()
  }

  async setLevel(level: 0 | 1 | 2 | 3 | 4, reason: string): Promise<void> {
    await this.page.locator('.level-radio').nth(level).click()
    await this.page.getByLabel('理由').fill(reason)
    await this.page.getByRole('button', { name: '保存评定' }).click()
  }

  async openMemo(): Promise<void> {
    await this.page.getByRole('button', { name: '意见书', exact: true }).click()
    await expect(this.page.locator('.memo-sheet').first()).toBeVisible({ timeout: 60_000 })
  }

  async exportMemo(): Promise<Download> {
    const download = this.page.waitForEvent('download', { timeout: 100_000 })
    await this.page.getByRole('button', { name: '导出 PDF' }).click()
    return download
  }

  async chooseFiles(...files: string[]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser')
    await this.page.getByRole('button', { name: '选择文件', exact: true }).click()
    await (await chooser).setFiles(files.map((file) => path.resolve(file)))
  }

  /** No violation of WCAG 2.2 A and AA on what is shown now; of some rules only, where the others were asked before. */
  async expectAccessible(what: string, rules?: string[]): Promise<void> {
    // One page without frames of other origins: axe needs no page of its own to gather what it found, which takes longer than the rules.
    // Half a megabyte of rules stays in a page that was read once, and is not read again.
    const isThere = await this.page.evaluate(() => 'axe' in window)
    // Colours on their way from one theme to the other are nobody's contrast.
    await this.page.waitForFunction(() =>
      document.getAnimations().every(({ playState, effect }) => {
        const { endTime } = effect?.getComputedTiming() ?? {}
        return playState !== 'running' || Number(endTime) === Infinity
      }),
    )
    const { violations } = await new AxeBuilder({ page: this.page, ...(isThere ? { axeSource: 'undefined' } : {}) })
      .setLegacyMode()
      .options({
        resultTypes: ['violations'],
        runOnly: rules === undefined ? { type: 'tag', values: WCAG_TAGS } : { type: 'rule', values: rules },
      })
      .analyze()
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
    expect(found, `accessibility of ${what}`).toEqual([])
  }
}
