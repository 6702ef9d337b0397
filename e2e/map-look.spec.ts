import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './fixtures.ts'

test('colours, graticule, system and scale of the map are chosen and kept; nothing is asked of the network', async ({
  page,
  review,
  host,
}) => {
  const foreign: string[] = []
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') foreign.push(request.url())
  })
  await review.openSample()
  await review.mapDrawn()
  const bar = page.getByRole('region', { name: '图面显示' })
  await bar.getByText('坐标网', { exact: true }).click()
  await bar.getByRole('button', { name: /用地配色/ }).click()
  await page.getByRole('option', { name: '色觉障碍友好' }).click()
  await bar.getByRole('button', { name: /坐标系/ }).click()
  await page.getByRole('option', { name: /度分秒/ }).click()
  await expect(page.locator('.statusbar')).toContainText(/\d+°\d\d′[\d.]+″E/)
  const scale = page.getByLabel('比例尺', { exact: true })
  await scale.fill('1:2.5万')
  await scale.press('Enter')
  await expect(scale).toHaveValue('1:25000')
  const axe = await new AxeBuilder({ page }).include('.look-bar').include('.statusbar').analyze()
  expect(axe.violations).toEqual([])
  await expect(page.getByText('已全部保存')).toBeVisible()

  await review.reopenSample(await host.restart())
  await expect(bar.getByRole('button', { name: /色觉障碍友好/ })).toBeVisible()
  await expect(bar.getByRole('checkbox', { name: '坐标网' })).toBeChecked()
  expect(foreign).toEqual([])
})
