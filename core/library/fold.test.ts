import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText, foldWithPlaces } from './fold.ts'
import { indexPhrase, likePattern, parseQuery } from './query.ts'
import { marksOf, snippetOf } from './snippet.ts'

describe('text as it is searched', () => {
  it('folds half and full width, case, compatibility forms and white space', () => {
    expect(foldText('ＧＢ／Ｔ　３９９７２')).toBe('gb/t 39972')
    expect(foldText('12 ㎡，\n绿  楔')).toBe(foldText('12 M2, 绿 楔'))
  })
  it('knows for every unit where it came from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { folded, from } = foldWithPlaces(text)
        expect(from).toHaveLength(folded.length + 1)
        expect(from.every((place, at) => place >= (from[at - 1] ?? 0) && place <= text.length)).toBe(true)
      }),
    )
  })
})

describe('a query', () => {
  it('is words, and phrases in the quotation marks of either script', () => {
    expect(parseQuery('绿楔　"green belt" “净宽 不足”').terms).toEqual(['绿楔', 'green belt', '净宽 不足'])
    expect(parseQuery('  ""  “” ').terms).toEqual([])
  })
  it('has no operators: any signs stand for themselves', () => {
    expect(parseQuery('NEAR( a* OR -b ^c: "').terms).toEqual(['near(', 'a*', 'or', '-b', '^c:'])
    expect(indexPhrase('a"b*')).toBe('"a""b*"')
    expect(likePattern('50%_\\')).toBe('%50\\%\\_\\\\%')
  })
})

describe('a snippet', () => {
  it('shows what was found, and marks it in the words of the text', () => {
    const { text, marks } = snippetOf('规划绿楔宽度为 ６０ 米。', ['60', '绿楔'])
    expect(marks.map(([from, to]) => text.slice(from, to))).toEqual(['绿楔', '６０'])
  })
  it('cuts a long text around the first mark', () => {
    const { text, marks } = snippetOf(`${'前'.repeat(300)}净宽不足${'后'.repeat(300)}`, ['净宽'])
    expect(text.startsWith('…') && text.endsWith('…')).toBe(true)
    expect(marks.map(([from, to]) => text.slice(from, to))).toEqual(['净宽'])
  })
  it('marks only text that folds to a term, whatever the text', () => {
    const word = fc.string({ unit: fc.constantFrom('绿', 'Ａ', 'a', 'ﬁ', '㎡', ' ', '𠮷', 'x'), maxLength: 30 })
    fc.assert(
      fc.property(word, fc.constantFrom('a', 'fi', 'm2', '绿', '𠮷', 'i'), (text, term) => {
        const marks = marksOf(text, [term])
        for (const [from, to] of marks) expect(foldText(text.slice(from, to))).toContain(term)
        expect(marks.length > 0).toBe(foldText(text).includes(term))
      }),
    )
  })
})
