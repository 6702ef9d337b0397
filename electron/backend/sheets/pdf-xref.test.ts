import { PDFDocument } from 'pdf-lib'
import { expect, it } from 'vitest'
import { hasPlausibleXrefs } from './pdf-xref.ts'

it('a cross-reference stream may not claim more than its file can hold', async () => {
  const pdf = await PDFDocument.create()
  pdf.addPage([100, 100])
  const text = Buffer.from(await pdf.save({ useObjectStreams: true })).toString('latin1')
  const changed = (pattern: RegExp, words: string): boolean => {
    expect(text).toMatch(pattern)
    return hasPlausibleXrefs(Buffer.from(text.replace(pattern, words), 'latin1'))
  }
  expect(hasPlausibleXrefs(Buffer.from(text, 'latin1'))).toBe(true)
  expect(changed(/\/W \[[^\]]*\]/, '/W [ 2147483648 2 2 ]')).toBe(false)
  expect(changed(/\/Index \[[^\]]*\]/, '/Index [ 0 2147483648 ]')).toBe(false)
  expect(changed(/\/Index \[[^\]]*\]/, '')).toBe(true)
  expect(changed(/\/Size \d+([^]*)\/Index \[[^\]]*\]/, '/Size 2147483648$1')).toBe(false)
})
