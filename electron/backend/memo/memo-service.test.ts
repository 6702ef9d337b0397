import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderChart } from '#core/charts/render-svg.ts'
import { AppError } from '#core/errors.ts'
import { composeMemo } from '#core/memo/compose.ts'
import {
  exampleChecklist,
  exampleColumns,
  exampleFinding,
  exampleIndicators,
  exampleInput,
  exampleRecord,
} from '#core/memo/fixture.ts'
import type { AttachmentId, ReviewId } from '#core/model/ids.ts'
import type { Attachment } from '#core/review/attachment.ts'
import { readStructure } from './pdf-structure.ts'
import { readingText } from './pdf-text.ts'
import { createMemoService } from './memo-service.ts'
import { examplePng } from './png-fixture.ts'
import { sha256 } from './verify.ts'

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

  it('composes a long review in a thread of its own to the very same document', async () => {
    const findings = Array.from({ length: 160 }, (_, at) => exampleFinding(at + 1, 'A03', 'must', `第${at + 1}处。`, '请补正。'))
    const long = createMemoService({
      engineVersion: '0.1.0',
      indicators: exampleIndicators,
      review: () => exampleRecord({ findings }),
      columns: () => exampleColumns(8),
      areaUnit: () => 'ha',
      findChecklist: () => exampleChecklist,
    })
    const here = composeMemo({ ...exampleInput(sha256, { findings, side: 8 }), areaUnit: 'ha' }, 'zh')
    expect((await long.compose(id, 'zh')).sections.find((one) => one.id === 'findings')).toEqual(
      here.sections.find((one) => one.id === 'findings'),
    )
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
    const text = readingText(await readStructure(readFileSync(pdf.path)))
    const words = ['青岚市规划局&分局', '关于补正《', 'Correctionsrequired', '编制单位答复', '重新报送要求', 'Howtoresubmit']
    for (const one of words) expect(text).toContain(one)
    expect(text.indexOf('重新报送要求')).toBeLessThan(text.indexOf('编制单位答复'))
    expect(readFileSync(html.path, 'utf8')).toContain('青岚市规划局 &amp; 分局')
    for (const file of [pdf, html]) expect(await service.verify(file.path)).toMatchObject({ match: true })
    await expect(service.compose(id, 'zh', { sections: ['poem'] })).rejects.toMatchObject({ code: 'memo.unknown-section' })
  })

  it('draws an atlas in a thread of its own, tells of each page, and stops when it is told to', async () => {
    const chosen = { sections: ['atlas', 'charts', 'seal'] }
    const told: number[] = []
    const made = await service.compose(id, 'zh', chosen, { report: ({ done, total }) => void told.push(done / total) })
    const { frame } = exampleRecord().plan
    const indicators = exampleIndicators
    const [result, layers] = [await service.result(id), exampleColumns(8)]
    const input = {
      result,
      checklist: exampleChecklist,
      layers,
      frame,
      indicators,
      areaUnit: 'mu' as const,
      drawChart: renderChart,
    }
    expect(made.sections.map(({ id: section }) => section)).toEqual(['atlas', 'charts', 'seal'])
    expect(made.sections[0]).toEqual(composeMemo(input, 'zh', chosen).sections[0])
    expect(told.length).toBeGreaterThan(0)
    expect(told).toEqual(told.toSorted((a, b) => a - b))
    const controller = new AbortController()
    const stopped = service.compose(id, 'zh', chosen, { signal: controller.signal })
    controller.abort()
    await expect(stopped).rejects.toMatchObject({ code: 'request.cancelled' })
    await expect(service.compose(id, 'zh', { sections: ['atlas', 'poem'] })).rejects.toMatchObject({
      code: 'memo.unknown-section',
    })
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
