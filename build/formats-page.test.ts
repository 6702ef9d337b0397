import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { formatsPage, undescribedFormats } from './formats-page.ts'

it('docs/formats.md describes every reader and is what npm run docs writes', () => {
  expect(undescribedFormats(), 'electron/backend/formats/format-notes.json').toEqual([])
  expect(readFileSync(path.resolve(import.meta.dirname, '../docs/formats.md'), 'utf8')).toBe(formatsPage())
})
