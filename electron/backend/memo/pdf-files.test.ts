import { expect, it } from 'vitest'
import { composeMemo } from '#core/memo/compose.ts'
import { exampleInput } from '#core/memo/fixture.ts'
import { sealedJson } from '#core/memo/seal.ts'
import { embeddedFiles, type EmbeddedFile } from './pdf-files.ts'
import { openPdf } from './pdf-reader.ts'
import { printPdf } from './print-pdf.ts'
import { sha256 } from './verify.ts'

const input = exampleInput(sha256)
const document = composeMemo(input, 'zh')
const reviewJson = sealedJson(input.result, sha256)
const file = (name: string, bytes: Uint8Array, relationship: EmbeddedFile['relationship'] = 'Data'): EmbeddedFile => ({
  name,
  mime: 'application/geopackage+sqlite3',
  bytes,
  relationship,
  description: '冲突图斑',
})

it('files travel inside the PDF byte for byte, each with what it is to the pages', async () => {
  const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 7919) & 0xff)
  const attachments = [file('evidence.gpkg', bytes), file('答复表 (第1轮).csv', Buffer.from('编号,答复\n'), 'Supplement')]
  const printed = await printPdf(document, { reviewJson, producer: 'Greenprint 0.1.0', attachments })
  const pdf = await openPdf(printed)
  try {
    expect(await pdf.attachment('evidence.gpkg')).toEqual(bytes)
    expect(Buffer.from((await pdf.attachment('答复表 (第1轮).csv')) ?? []).toString()).toBe('编号,答复\n')
    expect(Buffer.from((await pdf.attachment('review.json')) ?? []).toString()).toBe(reviewJson)
  } finally {
    await pdf.close()
  }
  const text = Buffer.from(printed).toString('latin1')
  for (const relationship of ['Source', 'Data', 'Supplement']) expect(text).toContain(`/AFRelationship /${relationship}`)
})

it('a second file of one name is refused, never dropped', () => {
  const twice = [file('a.gpkg', new Uint8Array(1)), file('a.gpkg', new Uint8Array(2))]
  expect(() => embeddedFiles(document, reviewJson, twice)).toThrow(/a\.gpkg/)
  expect(() => embeddedFiles(document, reviewJson, [file('review.json', new Uint8Array(1))])).toThrow(/review\.json/)
  expect(() => embeddedFiles(document, reviewJson, [file('', new Uint8Array(1))])).toThrow(RangeError)
})
