import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import readXlsxFile from 'read-excel-file/node'
import { expect, test } from './fixtures.ts'

test.use({ prepared: 'measured' })

test('the transition matrix is read, drawn, opened on the map, and taken away as CSV and workbook', async ({ page, review }) => {
  test.setTimeout(240_000)
  await review.openSample()
  await review.analyse()

  await test.step('the item leads to its tables', async () => {
    await review.openItem('S02')
    await page.getByRole('button', { name: /^查看结果表与图/ }).click()
    await expect(page.getByRole('heading', { name: '表与图', level: 1 })).toBeVisible()
    await expect(page.getByRole('grid', { name: /^用地转移矩阵/ })).toBeVisible()
  })

  const grid = page.getByRole('grid', { name: /^用地转移矩阵（一级类）/ })
  const cellOf = async (row: RegExp, column: RegExp) => {
    const heads = await grid.getByRole('columnheader').allInnerTexts()
    const at = heads.findIndex((head) => column.test(head))
    // The first head is that of the rows' titles.
    return grid
      .getByRole('row', { name: row })
      .getByRole('gridcell')
      .nth(at - 1)
  }

  await test.step('the flows are drawn and said in words', async () => {
    const chart = page.getByRole('img', { name: /改变用途的土地共 .* 公顷/ })
    await expect(chart.locator('svg path').first()).toBeVisible()
    expect(await chart.locator('svg path').count()).toBeGreaterThan(10)
    await page.getByRole('radio', { name: '堆积图' }).click()
    await expect(page.getByRole('img', { name: /最大的部分/ }).locator('svg')).toBeVisible()
    await page.getByRole('radio', { name: '流向图' }).click()
  })

  await test.step('a figure opens its parcels on the map', async () => {
    const cell = await cellOf(/^01 耕地/, /^03 林地/)
    await cell.click()
    await expect(page.getByRole('heading', { name: '01 耕地 → 03 林地' })).toBeVisible()
    await expect(page.locator('.figure-features .evidence-row').first()).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText(/已高亮 \d+ 个图斑/)).toBeVisible()
    await review.mapDrawn()
  })

  await test.step('the keyboard does the same', async () => {
    const cell = await cellOf(/^01 耕地/, /^03 林地/)
    await cell.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: /^02 园地 → / })).toBeVisible()
    await page.getByRole('button', { name: '收起图斑列表' }).click()
  })

  const exportAs = async (format: string) => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出', exact: true }).click()
    await page.getByRole('menuitem', { name: format }).click()
    const file = await (await download).path()
    await expect(page.getByText(/^已导出/).last()).toBeVisible()
    return file
  }
  const shown = (await (await cellOf(/^01 耕地/, /^03 林地/)).innerText()).replaceAll(',', '')

  await test.step('CSV and workbook hold the same unrounded figure', async () => {
    const csv: string[][] = parse(readFileSync(await exportAs('CSV（文本表格）')), { bom: true })
    const at = csv[0]?.findIndex((head) => head.startsWith('03 林地')) ?? -1
    const figure = Number(csv.find(([key]) => key === '01')?.[at])
    expect(figure.toFixed(2)).toBe(shown)
    const [sheet, about] = await readXlsxFile(readFileSync(await exportAs('Excel 工作簿（XLSX）')))
    expect(sheet?.data.find(([key]) => key === '01')?.[at]).toBeCloseTo(figure, 9)
    expect(about?.data.flat()).toContain('方法')
  })

  await test.step('units colour the map in classes, with limits and counts', async () => {
    await page.getByRole('button', { name: /^各区县开发强度/ }).click()
    const legend = page.getByRole('region', { name: '图例' })
    await expect(legend.getByRole('listitem').first()).toBeVisible()
    await review.mapDrawn()
    await page.getByRole('radio', { name: '平方千米' }).click()
    await expect(page.getByRole('columnheader', { name: /km²/ }).first()).toBeVisible()
    const header = page.getByRole('columnheader', { name: /^开发强度/ })
    await header.getByRole('button').click()
    await expect(header).toHaveAttribute('aria-sort', 'descending')
    await review.expectAccessible('results')
  })
})
