import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { newKeyFile } from '#backend/fixture-key-file.ts'
import { greenprint } from './command-line.ts'
import { expect, test } from './fixtures.ts'

test.use({ prepared: 'city' })

const PASSPHRASE = 'qinglan-密语-41'

/** Keeps the drawing that is shown as a picture: the page itself may not ask for it. */
const NOTE_SHEETS = `(() => {
  const make = URL.createObjectURL.bind(URL)
  window.lastSheet = ''
  URL.createObjectURL = (blob) => {
    blob.text().then((text) => (window.lastSheet = text))
    return make(blob)
  }
})()`

let dir: string
test.beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'greenprint-e2e-print-'))
})
test.afterAll(() => rmSync(dir, { recursive: true, force: true }))

test('the map is printed with what lies over it, and signed with a key file', async ({ page, review }) => {
  test.setTimeout(300_000)
  await review.openSample()

  await test.step('an overlay is drawn over the plan', async () => {
    await page.getByRole('tab', { name: '专题图' }).click()
    await page.getByRole('button', { name: '查看“廊道与绿楔断点”' }).click()
    await page.getByRole('button', { name: '绘制', exact: true }).click()
    const gaps = page.getByRole('listbox', { name: '断点（W 绿楔，C 其他廊道）' }).getByRole('option')
    await expect(gaps.first()).toBeVisible({ timeout: 90_000 })
    await review.mapDrawn()
  })

  const dialog = page.getByRole('dialog', { name: '打印地图' })
  await test.step('the sheet has it as long as its box is ticked', async () => {
    await page.evaluate(NOTE_SHEETS)
    await page.getByRole('button', { name: '打印地图' }).click()
    const box = dialog.getByRole('checkbox', { name: '绘入分析叠加图（1 幅）' })
    await expect(box).toBeChecked()
    const sheet = () => page.evaluate<string>('window.lastSheet')
    await expect.poll(sheet).toContain('廊道与绿楔断点')
    await review.expectAccessible('the print dialog with an overlay')
    await dialog.getByText('绘入分析叠加图（1 幅）').click()
    await expect.poll(sheet).not.toContain('廊道与绿楔断点')
  })

  const keyFile = path.join(dir, 'key.p12')
  writeFileSync(keyFile, newKeyFile(PASSPHRASE).p12)
  const signed = path.join(dir, 'map.pdf')
  await test.step('signing shows whose key it is, and what is saved holds', async () => {
    await dialog.getByText('用密钥文件签名').click()
    await dialog.getByRole('button', { name: '签名并保存 PDF…' }).click()
    const signing = page.getByRole('dialog', { name: '签名后保存地图' })
    const chooser = page.waitForEvent('filechooser')
    await signing.getByRole('button', { name: '选择密钥文件' }).click()
    await (await chooser).setFiles(keyFile)
    await expect(signing.getByText('已选择密钥文件')).toBeVisible()
    await signing.getByLabel('密钥文件的口令').fill('wrong')
    await signing.getByRole('button', { name: '签名并保存' }).click()
    await expect(signing.getByRole('alert')).toContainText('口令')
    await signing.getByLabel('密钥文件的口令').fill(PASSPHRASE)
    await signing.getByRole('button', { name: '查看证书' }).click()
    await expect(signing.getByText('证书指纹')).toBeVisible()
    await review.expectAccessible('a key before it signs')
    const saved = page.waitForEvent('download')
    await signing.getByRole('button', { name: '签名并保存' }).click()
    await (await saved).saveAs(signed)
    await expect(signing).toBeHidden()
  })
  const { signatures } = JSON.parse(greenprint('verify', signed)) as { signatures: { signatures: { state: string }[] } }
  expect(signatures.signatures.map(({ state }) => state)).toEqual(['valid'])
  expect(readFileSync(signed, 'latin1')).not.toContain(PASSPHRASE)
})
