import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { exampleChecklist, exampleColumns, exampleIndicators, exampleRecord } from '#core/memo/fixture.ts'
import type { ReviewId } from '#core/model/ids.ts'
import { createMemoService } from './memo-service.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'greenprint-memo-service-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const id = 'review-1' as ReviewId
const service = createMemoService({
  engineVersion: '0.1.0',
  indicators: exampleIndicators,
  review: (reviewId) => {
    if (reviewId !== id) throw new AppError('catalogue.not-found', { what: reviewId })
    return exampleRecord()
  },
  columns: () => exampleColumns(8),
  areaUnit: () => 'mu',
  findChecklist: () => exampleChecklist,
})

describe('memo service', () => {
  it('gives one review the same seal in every output, and each output verifies', async () => {
    const { seal } = await service.result(id)
    expect((await service.compose(id, 'zh')).seal).toBe(seal)
    const files = [
      await service.exportPdf(id, 'zh', path.join(folder, 'a.pdf')),
      await service.exportHtml(id, 'en', path.join(folder, 'a.html')),
      await service.exportJson(id, path.join(folder, 'a.json')),
    ]
    for (const file of files) {
      expect(readFileSync(file.path).length).toBe(file.sizeBytes)
      expect(await service.verify(file.path)).toMatchObject({ match: true, sealStored: seal, differences: [] })
    }
  })

  it("shows areas in the office's unit", async () => {
    expect(JSON.stringify(await service.compose(id, 'zh'))).toContain('162,000.0 亩')
  })

  it('passes on that a review is not there', async () => {
    await expect(service.compose('nobody' as ReviewId, 'zh')).rejects.toMatchObject({ code: 'catalogue.not-found' })
  })
})
