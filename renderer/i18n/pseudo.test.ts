import { afterEach, expect, it, vi } from 'vitest'
import { en } from './en/index.ts'
import { pseudoText, shownTable, shownText } from './pseudo.ts'

const PLACE = /\{\{\w+\}\}/g
const texts = Object.values(en).flatMap((words) => Object.values(words))

it('marks every text, makes it at least two fifths longer, and leaves places for values', () => {
  expect(pseudoText('Save')).toBe('⟦Šávé ~~~⟧')
  expect(texts.length).toBeGreaterThan(900)
  for (const text of texts) {
    const marked = pseudoText(text)
    expect(marked).toMatch(/^⟦.*⟧$/s)
    expect(marked.length).toBeGreaterThanOrEqual(text.replaceAll(PLACE, '').length * 1.4)
    expect(marked.match(PLACE)).toEqual(text.match(PLACE))
  }
})

afterEach(() => vi.unstubAllGlobals())

it('is shown only where a journey wishes it', () => {
  expect([shownTable(en) === en, shownText('Save')]).toEqual([true, 'Save'])
  vi.stubGlobal('localStorage', { getItem: () => 'pseudo' })
  expect(shownTable(en).common.save).toBe('⟦Šávé ~~~⟧')
  expect(shownText('Save')).toBe('⟦Šávé ~~~⟧')
})
