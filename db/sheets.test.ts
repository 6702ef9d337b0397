import fs from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { PlanId } from '#core/model/ids.ts'
import type { SheetDraft } from './sheet-commands.ts'
import { openForTest, removeTempDirs, REVIEWER, tempDir, withReview } from './testing/fixtures.ts'

afterAll(removeTempDirs)

const sheetOf = (planId: PlanId, fileSha256 = 'a'.repeat(64)): SheetDraft => ({
  planId,
  name: '规划总图',
  fileSha256,
  kind: 'pdf',
  page: 2,
  width: 841.9,
  height: 595.3,
  method: 'affine',
  points: [0, 1, 2].map((k) => ({ x: 10 * k, y: k === 1 ? 5 : 1 / 3, xM: 100 * k, yM: 9 - k })),
  neatline: [[0, 0], [10, 0], [10, 10]], // prettier-ignore
  placedFrom: 'reviewer',
  reason: { zh: '三个控制点', en: 'three control points' },
})

describe('plan sheets', () => {
  it('are laid, laid anew and removed in steps that can be undone, and survive a restart', async () => {
    const dir = tempDir()
    const catalogue = openForTest(dir)
    const { plan } = withReview(catalogue)
    const { value: sheet } = catalogue.commands.addSheet(sheetOf(plan.id), REVIEWER)
    expect(catalogue.sheets.ofPlan(plan.id)).toEqual([sheet])
    catalogue.commands.placeSheet(sheet.id, { ...sheetOf(plan.id), method: 'projective', page: 3 }, REVIEWER)
    expect(catalogue.sheets.get(sheet.id)).toMatchObject({ method: 'projective', page: 3 })
    catalogue.commands.undo(REVIEWER)
    expect(catalogue.sheets.get(sheet.id)).toEqual(sheet)
    catalogue.commands.showSheet(sheet.id, { visible: false, above: true, opacity: 0.25 }, REVIEWER)
    catalogue.commands.removeSheet(sheet.id, REVIEWER)
    expect(catalogue.sheets.ofPlan(plan.id)).toEqual([])
    await catalogue.close()
    const again = openForTest(dir)
    expect(again.history().undo?.zh).toBe('移除图纸“规划总图”')
    again.commands.undo(REVIEWER)
    expect(again.sheets.ofPlan(plan.id)).toEqual([sheet])
    expect(again.sheets.displayOf(sheet.id)).toEqual({ visible: false, above: true, opacity: 0.25 })
    expect(again.audit.verify().intact).toBe(true)
    await again.close()
  })

  it('go and come back with their plan, in their order', async () => {
    const catalogue = openForTest(tempDir())
    const { plan } = withReview(catalogue)
    const laid = ['一', '二', '三'].map((name) => catalogue.commands.addSheet({ ...sheetOf(plan.id), name }, REVIEWER).value)
    catalogue.commands.removePlan(plan.id, REVIEWER)
    expect(catalogue.sheets.ofPlan(plan.id)).toEqual([])
    catalogue.commands.undo(REVIEWER)
    expect(catalogue.sheets.ofPlan(plan.id)).toEqual(laid)
    await catalogue.close()
  })

  it('keep the files that some step can bring back; the others are collected at the next start', async () => {
    const dir = tempDir()
    const catalogue = openForTest(dir)
    const { plan } = withReview(catalogue)
    const kept = catalogue.commands.addSheet(sheetOf(plan.id, 'b'.repeat(64)), REVIEWER).value
    catalogue.commands.removeSheet(kept.id, REVIEWER)
    const { sheetsDir } = catalogue.paths
    for (const name of [`${'b'.repeat(64)}.pdf`, `${'c'.repeat(64)}.tiff`, `${'c'.repeat(64)}.picture.png`, 'x.part'])
      fs.writeFileSync(path.join(sheetsDir, name), 'x')
    await catalogue.close()
    const again = openForTest(dir)
    expect(fs.readdirSync(sheetsDir)).toEqual([`${'b'.repeat(64)}.pdf`])
    await again.close()
  })
})
