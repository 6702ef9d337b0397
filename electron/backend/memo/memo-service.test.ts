import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { exampleChecklist, exampleColumns, exampleIndicators, exampleRecord } from '#core/memo/fixture.ts'
import type { AttachmentId, ReviewId } from '#core/model/ids.ts'
import type { Attachment } from '#core/review/attachment.ts'
import { readStructure } from './pdf-structure.ts'
import { readingText } from './pdf-text.ts'
import { createMemoService } from './memo-service.ts'
import { examplePng } from './png-fixture.ts'

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

  it('prints the kind, style, sections and languages that were chosen, in PDF and HTML, and both still verify', async () => {
    const chosen = {
      kind: 'correction' as const,
      style: 'gbt9704' as const,
      sections: ['resubmission', 'corrections', 'seal'],
      office: '青岚市规划局 & 分局',
      watermark: '草案',
    }
    const preview = await service.compose(id, 'both', chosen)
    expect(preview.sections.map((section) => section.id)).toEqual(chosen.sections)
    const pdf = await service.exportPdf(id, 'both', path.join(folder, 'c.pdf'), undefined, false, chosen)
    const html = await service.exportHtml(id, 'both', path.join(folder, 'c.html'), chosen)
    const { root } = await readStructure(readFileSync(pdf.path))
    const text = await readingText(readFileSync(pdf.path), root)
    const words = ['青岚市规划局&分局', '关于补正《', 'Correctionsrequired', '编制单位答复', '重新报送要求', 'Howtoresubmit']
    for (const one of words) expect(text).toContain(one)
    expect(text.indexOf('重新报送要求')).toBeLessThan(text.indexOf('编制单位答复'))
    expect(readFileSync(html.path, 'utf8')).toContain('青岚市规划局 &amp; 分局')
    for (const file of [pdf, html]) expect(await service.verify(file.path)).toMatchObject({ match: true })
    await expect(service.compose(id, 'zh', { sections: ['poem'] })).rejects.toMatchObject({ code: 'memo.unknown-section' })
  })

  it("shows areas in the office's unit", async () => {
    expect(JSON.stringify(await service.compose(id, 'zh'))).toContain('162,000.0 亩')
  })

  it('passes on that a review is not there', async () => {
    await expect(service.compose('nobody' as ReviewId, 'zh')).rejects.toMatchObject({ code: 'catalogue.not-found' })
  })

  it('prints pictures of the map, lists every attachment by its hash, and lets no broken one stop a memo', async () => {
    const files = { good: examplePng(40, 30), broken: examplePng(40, 30).subarray(0, 60) }
    const attachment = (name: keyof typeof files | 'text', more: Partial<Attachment>): Attachment => ({
      id: name as AttachmentId,
      reviewId: id,
      item: 'A03',
      findingId: null,
      sha256: { good: 'a', broken: 'b', text: 'c' }[name].repeat(64),
      name: `${name}.png`,
      sizeBytes: 1234,
      kind: 'snapshot',
      caption: `${name}：东部服务盲区`,
      by: '林青',
      at: '2026-03-02T08:30:00.000Z',
      ...more,
    })
    const attachments = [
      attachment('good', {}),
      attachment('broken', {}),
      attachment('text', { kind: 'file', caption: '会议纪要' }),
    ]
    const printing = createMemoService({
      engineVersion: '0.1.0',
      indicators: exampleIndicators,
      review: () => ({ ...exampleRecord(), attachments }),
      columns: () => exampleColumns(8),
      areaUnit: () => 'ha',
      attachmentBytes: ({ name }) => (name === 'good.png' ? files.good : files.broken),
      findChecklist: () => exampleChecklist,
    })
    const section = (await printing.compose(id, 'zh')).sections.find((one) => one.id === 'attachments')
    expect(section?.blocks.map(({ kind }) => kind)).toEqual(['heading', 'table', 'picture'])
    expect(JSON.stringify(section)).toContain('text.png')
    const pdf = await printing.exportPdf(id, 'zh', path.join(folder, 'pictures.pdf'))
    expect(readFileSync(pdf.path).toString('latin1')).toMatch(/\/Subtype \/Image/)
    const html = await printing.exportHtml(id, 'en', path.join(folder, 'pictures.html'))
    const words = readFileSync(html.path, 'utf8')
    expect(words).toContain(`src="data:image/png;base64,${Buffer.from(files.good).toString('base64')}"`)
    expect(words).toContain('Picture 1. A03')
    expect(words.match(/<img /g)).toHaveLength(1)
  })
})
