import { expect, it } from 'vitest'
import type { MemoSectionContent } from '#core/memo/document.ts'
import { contentsBefore } from './render-pdf.ts'

const part = (id: string): MemoSectionContent => ({ id, blocks: [{ kind: 'heading', level: 1, text: id, id }] })
const unheaded = (id: string): MemoSectionContent => ({ id, blocks: [{ kind: 'paragraph', runs: [{ text: id }] }] })

it('contents stand before the first part, but behind an answer that comes first', () => {
  expect(contentsBefore([part('scores'), part('seal')])).toBe(0)
  expect(contentsBefore([part('conclusion'), part('scores')])).toBe(1)
  expect(contentsBefore([unheaded('cover'), part('conclusion'), part('scores')])).toBe(2)
  expect(contentsBefore([unheaded('cover'), part('scores'), part('conclusion')])).toBe(1)
  expect(contentsBefore([unheaded('cover')])).toBe(-1)
})
