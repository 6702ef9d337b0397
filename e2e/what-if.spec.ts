import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from './fixtures.ts'

test.use({ prepared: 'measured' })

/** Set to a folder to keep pictures of the panel. */
const shots = process.env['GREENPRINT_SHOTS']

test('what if: a search result lifts an item in option A, undo takes it back, a restart keeps it, the memo recommends it', async ({
  page,
  review,
  host,
}) => {
  test.setTimeout(200_000)
  await review.openSample()
  await review.analyse()
  const delta = (item: string) => page.locator(`.option-deltas [data-item="${item}"]`)
  const steps = page.getByRole('region', { name: '改动步骤' })

  await test.step('what would lift it is tried with one button, in a new option', async () => {
    await review.openItem('B01')
    await page.getByRole('button', { name: '搜索最小改动' }).click()
    await page.getByRole('button', { name: '试一试' }).click({ timeout: 90_000 })
    await expect(delta('B01')).toContainText('变好', { timeout: 90_000 })
    await expect(steps).toContainText('B01 由')
    await expect(page.getByText('提交方案保持不变')).toBeVisible()
  })

  await test.step('Ctrl+Z takes the step back, Ctrl+Y makes it again', async () => {
    await page.getByRole('application', { name: /方案地图/ }).focus()
    await page.keyboard.press('Control+z')
    await expect(delta('B01')).toBeHidden()
    await expect(steps).toContainText('还没有改动')
    await page.keyboard.press('Control+y')
    await expect(delta('B01')).toContainText('变好')
  })

  await test.step('parcels are chosen by number and re-coded, a park is drawn from typed coordinates', async () => {
    await page.getByRole('radio', { name: '选择', exact: true }).click()
    await page.getByLabel('按编号选择').fill('1, 2, 3')
    await page.keyboard.press('Enter')
    await expect(page.getByText('已选 3 处')).toBeVisible()
    const land = page.getByRole('combobox', { name: '改为用地用海分类' })
    await land.click()
    await land.fill('1401')
    await page.getByRole('option', { name: /^1401/ }).click()
    await page.getByRole('button', { name: '改类', exact: true }).click()
    await expect(steps).toContainText('规划用地用海 3 处改为 1401 公园绿地')
    await page.getByRole('radio', { name: '绘制', exact: true }).click()
    const map = page.getByRole('application', { name: /方案地图/ })
    await map.focus()
    for (const key of ['Space', 'ArrowRight', 'Space', 'ArrowDown', 'Space']) {
      await page.keyboard.press(key)
      await page.waitForTimeout(400)
    }
    await expect(page.getByText('已有 3 点')).toBeVisible()
    await page.keyboard.press('Backspace')
    await expect(page.getByText('已有 2 点')).toBeVisible()
    await page.keyboard.press('Space')
    await expect(page.getByText('已有 3 点')).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(steps).toContainText('绘制公园与绿地')
    await review.expectAccessible('the what-if panel')
  })

  await test.step('what was drawn is chosen, reshaped by keys, given a name and removed again; the steps name what is undone', async () => {
    const map = page.getByRole('application', { name: /方案地图/ })
    await page.getByRole('radio', { name: '选择', exact: true }).click()
    await page.getByRole('button', { name: /图层$/ }).click()
    await page.getByRole('option', { name: '公园与绿地', exact: true }).click()
    const drawing = page.getByRole('group', { name: '本方案新绘' }).getByRole('button')
    await drawing.click()
    await page.getByRole('button', { name: '调整边界' }).click()
    await map.focus()
    for (const key of ['n', 'ArrowUp', 'Insert', 'Shift+ArrowLeft']) await page.keyboard.press(key)
    await expect(page.getByText('节点（共 4 个）')).toBeVisible()
    await review.expectAccessible('reshaping')
    // The last point was set under the cross in the middle: dragged from there, it is offered a corner of a parcel.
    const box = await map.boundingBox()
    if (box === null) throw new Error('the map has no place on the screen')
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 24, y + 14, { steps: 6 })
    await expect(map).toHaveAttribute('data-snap', 'yes')
    await page.mouse.up()
    await map.focus()
    await page.keyboard.press('Enter')
    await expect(steps).toContainText('调整公园与绿地新绘 1 号的边界')
    await drawing.click()
    await page.getByLabel('新值').fill('东园')
    await page.locator('.option-attribute').getByRole('button', { name: '设置', exact: true }).click()
    await expect(drawing).toHaveText('“东园”')
    await drawing.click()
    await page.getByRole('button', { name: '删除所选' }).click()
    await expect(drawing).toHaveCount(0)
    await steps.getByRole('button', { name: /^撤销：.*删除公园与绿地/ }).click()
    await expect(drawing).toHaveText('“东园”')
    await expect(steps.getByRole('button', { name: /^重做：.*删除公园与绿地/ })).toBeVisible()
  })

  await test.step('parcels are painted by keys', async () => {
    const map = page.getByRole('application', { name: /方案地图/ })
    await page.getByRole('radio', { name: '涂选', exact: true }).click()
    await page.getByRole('button', { name: /图层$/ }).click()
    await page.getByRole('option', { name: '规划用地用海', exact: true }).click()
    await map.focus()
    for (let at = 0; at < 4; at++) await page.keyboard.press('Shift+ArrowLeft')
    await expect(page.getByText(/已选 [2-9] 处/)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByText('已选 0 处')).toBeVisible()
  })

  await test.step('a copy is compared with it and recommended', async () => {
    await page.getByRole('button', { name: '复制方案 A' }).click()
    await expect(page.getByRole('button', { name: '复制方案 B' })).toBeVisible()
    await page.getByRole('button', { name: '并列比较' }).click()
    const table = page.getByRole('table', { name: '比选方案并列比较' })
    await expect(table.getByRole('columnheader')).toHaveText([/审查要点/, /提交方案/, /方案 A/, /方案 B/], { timeout: 60_000 })
    await expect(table.getByText('待测').first()).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: '一并测算' }).click()
    await expect(table.getByText('待测')).toHaveCount(0, { timeout: 90_000 })
    await review.expectAccessible('the comparison of options')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '推荐', exact: true }).click()
    await page.getByLabel('推荐理由').fill('退出控制线内的建设用地。')
    await page.getByRole('dialog').getByRole('button', { name: '推荐', exact: true }).click()
    await expect(page.getByRole('button', { name: '已推荐', exact: true })).toBeVisible({ timeout: 90_000 })
  })

  if (shots !== undefined) {
    mkdirSync(shots, { recursive: true })
    const picture = async (name: string) => {
      await page.waitForTimeout(800)
      await page.screenshot({ path: path.join(shots, `what-if-${name}.png`) })
    }
    const theme = page.getByRole('button', { name: /^(外观|Appearance)/ })
    await picture('zh-light')
    await theme.click()
    await theme.click()
    await picture('zh-dark')
    await page.getByRole('button', { name: 'English' }).click()
    await picture('en-dark')
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    await picture('en-dark-compare')
    await page.keyboard.press('Escape')
    await theme.click()
    await picture('en-light')
    await page.getByRole('button', { name: '中文' }).click()
  }

  await test.step('after a restart the option is as it was, and the memo names it a what-if', async () => {
    await review.reopenSample(await host.restart())
    await page.getByRole('tab', { name: '比选' }).click()
    await expect(steps).toContainText('规划用地用海 3 处改为 1401 公园绿地', { timeout: 90_000 })
    await expect(delta('N07')).toContainText('→', { timeout: 90_000 })
    await review.openMemo()
    await expect(page.getByText('不是提交方案', { exact: false }).first()).toBeVisible()
    await expect(page.getByText('退出控制线内的建设用地。')).toBeVisible()
  })
})
