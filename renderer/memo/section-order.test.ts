import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rememberedChoice, withoutBlanks } from './memo-choice-store.ts'
import { listedSections, moved, toggled } from './section-order.ts'

describe('sections of a memo', () => {
  it('are listed as chosen, the rest below; unknown ones are left out', () => {
    expect(listedSections(['a', 'b', 'c'], ['c', 'x', 'a'])).toEqual([
      { id: 'c', isChosen: true },
      { id: 'a', isChosen: true },
      { id: 'b', isChosen: false },
    ])
  })

  it('come, go and move by one place, and one always stays', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
    expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
    expect(toggled(['a'], 'a')).toEqual(['a'])
    expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b'], 'b', 1)).toEqual(['a', 'b'])
  })

  it('are never lost or doubled by moving', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 1 }),
        fc.nat(),
        fc.constantFrom(-1 as const, 1 as const),
        (ids, at, by) => {
          expect(moved(ids, ids[at % ids.length] ?? '', by).toSorted()).toEqual(ids.toSorted())
        },
      ),
    )
  })
})

describe('what is remembered', () => {
  it('is what was chosen, and nothing of what another version wrote', () => {
    const kept = JSON.stringify({ options: { kind: 'expert', office: '规划局' }, lang: 'both' })
    expect(rememberedChoice(kept)).toEqual({ options: { kind: 'expert', office: '规划局' }, lang: 'both' })
    for (const broken of [null, '', '{', 'null', '{"options":{"kind":"poem"},"lang":"fr"}'])
      expect(rememberedChoice(broken)).toEqual({ options: {}, lang: null })
    expect(withoutBlanks({ office: '', number: '3', signing: false })).toEqual({ number: '3', signing: false })
  })
})
